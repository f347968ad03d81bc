"""Run a report's section notebooks: what is fresh from the cache, the others side by side."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..workspace import SectionNotebook, Workspace
from .ran import Event, Listener, Ran
from .results import executed_notebook
from .source import check_parameters, read_source, write_notebook
from .stale import FRESH, Cache, Look


def run_sections(
    notebooks: Sequence[SectionNotebook],
    *,
    parameters: Mapping[str, Any],
    workspace: Workspace,
    into: Path,
    jobs: int | None = None,
    cold: bool = False,
    cache: bool = True,
    on_progress: Listener | None = None,
) -> list[Ran]:
    """Execute section notebooks with papermill, each in a kernel of its own, and write them into ``into``.

    Kernels work in the workspace's ``notebooks/`` folder, as under JupyterLab. A notebook that fails does not stop the
    others and is written as far as it came. The same notebooks, data and parameters give the same bytes. A section for
    which nothing changed that it depended on is not executed (:mod:`pipeline.execute.stale`).

    Args:
        parameters: values for each notebook's parameters cell.
        jobs: how many at a time; as many as there are processors and one more, five at most, when None.
        cold: start ordinary kernels even where warm ones could be had.
        cache: use and keep results in the workspace's ``.halfyear-cache/``.
        on_progress: called with every :class:`Event`, one call at a time, from the threads that do the work.

    Returns:
        One :class:`Ran` for each notebook, in their order.

    Raises:
        UnknownParameter: a notebook does not declare one of the parameters; nothing has run.
        WorkspaceError: a file is not a notebook; nothing has run.
    """
    sources = _sources(notebooks, parameters)
    into.mkdir(parents=True, exist_ok=True)
    stored = Cache(workspace.root, parameters) if cache else None
    run = _Run(workspace, dict(parameters), into, stored, _one_at_a_time(on_progress))
    return run(notebooks, sources, jobs or min(5, 1 + (os.cpu_count() or 1)), cold)


def reasons(
    notebooks: Sequence[SectionNotebook], *, parameters: Mapping[str, Any], workspace: Workspace
) -> dict[str, str]:
    """For each section by name what :attr:`Ran.why` would say now; cheap, and starts nothing.

    Raises:
        UnknownParameter, WorkspaceError: as :func:`run_sections`.
    """
    cache = Cache(workspace.root, parameters)
    sources = _sources(notebooks, parameters)
    return {section.name: cache.look(section, source).why for section, source in zip(notebooks, sources, strict=True)}


def _sources(notebooks: Sequence[SectionNotebook], parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    sources = [read_source(section.path) for section in notebooks]
    for section, source in zip(notebooks, sources, strict=True):
        check_parameters(source, section.path.name, parameters)
    return sources


def _one_at_a_time(report: Listener | None) -> Listener:
    lock = threading.Lock()

    def tell(event: Event) -> None:
        with lock:
            if report is not None:
                report(event)

    return tell


class _Run:
    """One call of :func:`run_sections`."""

    def __init__(
        self, workspace: Workspace, parameters: dict[str, Any], into: Path, cache: Cache | None, tell: Listener
    ) -> None:
        self.root, self.parameters, self.into = workspace.root, parameters, into
        self.cache, self.tell = cache, tell

    def __call__(
        self, notebooks: Sequence[SectionNotebook], sources: Sequence[dict[str, Any]], jobs: int, cold: bool
    ) -> list[Ran]:
        """Use what is fresh, execute the others."""
        ran: dict[SectionNotebook, Ran] = {}
        stale: list[tuple[SectionNotebook, dict[str, Any], str]] = []
        for section, source in zip(notebooks, sources, strict=True):
            look = self._look(section, source)
            if look.results is None:
                stale.append((section, source, look.why))
            else:
                ran[section] = self._fresh(section, executed_notebook(source, look.results))
        if stale:
            ran.update((one.section, one) for one in self._execute(stale, jobs, cold))
        return [ran[section] for section in notebooks]

    def _look(self, section: SectionNotebook, source: dict[str, Any]) -> Look:
        if self.cache is None:
            return Look(None, "run, because stored results were not to be used")
        look = self.cache.look(section, source)
        for warning in look.warnings:
            self.tell(Event(section, "warning", text=warning))
        return look

    def _fresh(self, section: SectionNotebook, notebook: dict[str, Any]) -> Ran:
        path = self.into / section.path.name
        write_notebook(path, notebook)
        self.tell(Event(section, "fresh", text=FRESH))
        return Ran(section, path, 0.0, None, FRESH)

    def _execute(
        self, stale: Sequence[tuple[SectionNotebook, dict[str, Any], str]], jobs: int, cold: bool
    ) -> list[Ran]:
        from .execution import Execution, Task

        execution = Execution(self.root, self.parameters, self.into, cold=cold, cache=self.cache, tell=self.tell)
        return execution.run([Task(*each) for each in stale], jobs)
