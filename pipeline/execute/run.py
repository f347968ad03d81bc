"""Run a report's section notebooks side by side."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..errors import SectionError
from ..workspace import SectionNotebook, Workspace
from . import warm
from .source import check_parameters, read_source, write_notebook


@dataclass(frozen=True)
class Event:
    """Something to tell whoever waits.

    ``started`` and ``cell`` while a section runs (``cell`` of ``cells`` in the notebook, from 1), then ``done`` or
    ``failed``.
    """

    section: SectionNotebook
    kind: Literal["started", "cell", "done", "failed"]
    cell: int = 0
    cells: int = 0
    text: str = ""


@dataclass(frozen=True)
class Ran:
    """What became of a section.

    Attributes:
        path: the executed notebook, also where it failed. seconds: wall time. error: why it failed, or None.
    """

    section: SectionNotebook
    path: Path
    seconds: float
    error: SectionError | None


def run_sections(
    notebooks: Sequence[SectionNotebook],
    *,
    parameters: Mapping[str, Any],
    workspace: Workspace,
    into: Path,
    jobs: int | None = None,
    cold: bool = False,
    cache: bool = True,
    on_progress: Callable[[Event], None] | None = None,
) -> list[Ran]:
    """Execute section notebooks with papermill, each in a kernel of its own, and write them into ``into``.

    Kernels work in the workspace's ``notebooks/`` folder, as under JupyterLab. A notebook that fails does not stop the
    others and is written as far as it came. The same notebooks, data and parameters give the same bytes.

    Args:
        parameters: values for each notebook's parameters cell.
        jobs: how many at a time; as many as there are processors and one more, five at most, when None.
        cold: start ordinary kernels even where warm ones could be had.
        on_progress: called with every :class:`Event`, one call at a time, from the threads that do the work.

    Returns:
        One :class:`Ran` for each notebook, in their order.

    Raises:
        UnknownParameter: a notebook does not declare one of the parameters; nothing has run.
        WorkspaceError: a file is not a notebook; nothing has run.
    """
    sources = [read_source(section.path) for section in notebooks]
    for section, source in zip(notebooks, sources, strict=True):
        check_parameters(source, section.path.name, parameters)
    into.mkdir(parents=True, exist_ok=True)
    run = _Run(dict(parameters), workspace, into, cold, _one_at_a_time(on_progress))
    return run.side_by_side(notebooks, sources, jobs or min(5, 1 + (os.cpu_count() or 1)))


def _one_at_a_time(report: Callable[[Event], None] | None) -> Callable[[Event], None]:
    lock = threading.Lock()

    def tell(event: Event) -> None:
        with lock:
            if report is not None:
                report(event)

    return tell


class _Run:
    """One call of :func:`run_sections`."""

    def __init__(
        self, parameters: dict[str, Any], workspace: Workspace, into: Path, cold: bool, tell: Callable[[Event], None]
    ) -> None:
        if not cold:
            warm.start()  # loads while papermill is imported
        from .attempt import Attempt

        self.into, self.tell = into, tell
        env = warm.kernel_environment(workspace.root)
        self.attempt = Attempt(parameters, workspace.root, into, env, cold, self._cell_begun)
        self.cells: dict[SectionNotebook, int] = {}

    def side_by_side(
        self, notebooks: Sequence[SectionNotebook], sources: Sequence[dict[str, Any]], jobs: int
    ) -> list[Ran]:
        """Run all; an interrupt ends the kernels and with them the threads that wait for them."""
        with ThreadPoolExecutor(jobs, thread_name_prefix="section") as pool:
            futures = [pool.submit(self._one, *each) for each in zip(notebooks, sources, strict=True)]
            try:
                return [future.result() for future in futures]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                while wait(futures, timeout=0.1).not_done:
                    self.attempt.kernels.end()  # again: one may have been starting
                raise

    def _one(self, section: SectionNotebook, source: dict[str, Any]) -> Ran:
        began = time.monotonic()
        self.cells[section] = len(source["cells"])
        self.tell(Event(section, "started", cells=self.cells[section]))
        notebook, error = self._execute(section, source)
        path = self.into / section.path.name
        write_notebook(path, notebook)
        self.tell(Event(section, "failed" if error else "done", cells=self.cells[section], text=str(error or "")))
        return Ran(section, path, time.monotonic() - began, error)

    def _execute(self, section: SectionNotebook, source: dict[str, Any]) -> tuple[Any, SectionError | None]:
        """Run the section; once more where its kernel went with a warm process that somebody killed."""
        before = warm.lost()
        notebook, error = self.attempt(section, source, {})
        if error is not None and warm.lost() > before:
            return self.attempt(section, source, {})
        return notebook, error

    def _cell_begun(self, section: SectionNotebook, cell: int) -> None:
        self.tell(Event(section, "cell", cell=cell, cells=self.cells[section]))
