"""Run a report's section notebooks: what is fresh from the cache, the others side by side."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..notebook_file import write_notebook
from ..workspace import SectionNotebook, Workspace
from .outcome import Event, Listener, Ran
from .results import executed_notebook
from .source_notebook import check_parameters, code_of, read_source
from .staleness import Cache, Look, Task

CELL_TIMEOUT = 600  # seconds


def run_sections(
    notebooks: Sequence[SectionNotebook],
    *,
    parameters: Mapping[str, Any],
    workspace: Workspace,
    into: Path,
    jobs: int | None = None,
    cold: bool = False,
    cache: bool = True,
    cell_timeout: int = CELL_TIMEOUT,
    on_progress: Listener | None = None,
) -> list[Ran]:
    """Execute section notebooks with papermill, each in a kernel of its own, and write them into ``into``.

    Kernels work in the workspace's ``notebooks/`` folder, as under JupyterLab. A notebook that fails does not stop the
    others and is written as far as it came. The same notebooks, data and parameters give the same bytes. A section for
    which nothing changed that it depended on is not executed (:mod:`pipeline.execute.staleness`).

    Args:
        parameters: values for each notebook's parameters cell.
        jobs: how many at a time; as many as there are processors and one more, five at most, when None.
        cold: start ordinary kernels even where warm ones could be had.
        cache: use and keep results in the workspace's ``.halfyear-cache/``.
        cell_timeout: seconds after which a cell is interrupted and its section failed.
        on_progress: called with every :class:`Event`, one call at a time, from the threads that do the work.

    Returns:
        One :class:`Ran` for each notebook, in their order.

    Raises:
        UnknownParameter: a notebook does not declare one of the parameters; nothing has run.
        WorkspaceError: a file is not a notebook; nothing has run.
    """
    told = _one_at_a_time(on_progress)
    stored = Cache(workspace, parameters) if cache else None
    tasks = _tasks(notebooks, parameters, stored)
    stale = [task for task in tasks if task.look.results is None]
    if stale and not cold:
        _warm_up(stale)
    into.mkdir(parents=True, exist_ok=True)
    for task in tasks:
        for warning in task.look.warnings:
            told(Event(task.section, "warning", text=warning))
    ran = [_fresh(task, into, told) for task in tasks if task.look.results is not None]
    if stale:
        from .sections import Execution

        execution = Execution(
            workspace.root, dict(parameters), into, cold=cold, cell_timeout=cell_timeout, cache=stored, tell=told
        )
        ran += execution.run(stale, jobs or min(5, 1 + (os.cpu_count() or 1)))
    return sorted(ran, key=lambda one: notebooks.index(one.section))


def prepare(
    notebooks: Sequence[SectionNotebook],
    *,
    parameters: Mapping[str, Any],
    workspace: Workspace,
    cold: bool = False,
    cache: bool = True,
    now: Mapping[str, Any] | None = None,
) -> dict[str, Look]:
    """Say what :func:`run_sections` will do, and where something must run have kernels made ready in the background.

    Call it before other work (checking the ledgers, importing the renderers): that and the loading overlap.

    Args:
        now: the circumstances (:func:`~.staleness.circumstances`), where they have just been looked at.

    Returns:
        As :func:`look`.

    Raises:
        UnknownParameter, WorkspaceError: as :func:`run_sections`.
    """
    tasks = _tasks(notebooks, parameters, Cache(workspace, parameters, now) if cache else None)
    stale = [task for task in tasks if task.look.results is None]
    if stale and not cold:
        _warm_up(stale)
    return {task.section.name: task.look for task in tasks}


def look(
    notebooks: Sequence[SectionNotebook], *, parameters: Mapping[str, Any], workspace: Workspace
) -> dict[str, Look]:
    """What the cache says of each section now, by the section's name.

    Raises:
        UnknownParameter, WorkspaceError: as :func:`run_sections`.
    """
    tasks = _tasks(notebooks, parameters, Cache(workspace, parameters))
    return {task.section.name: task.look for task in tasks}


def load() -> None:
    """Load what executes, which takes a while; :func:`run_sections` does where it has something to run."""
    with contextlib.suppress(Exception):  # told where it is used
        from . import one_section  # noqa: F401


def _tasks(notebooks: Sequence[SectionNotebook], parameters: Mapping[str, Any], stored: Cache | None) -> list[Task]:
    """Every notebook read and its parameters checked, then what the cache says of each."""
    sources = [read_source(section.path) for section in notebooks]
    for section, source in zip(notebooks, sources, strict=True):
        check_parameters(source, section.path.name, parameters)
    unwanted = Look(None, "run, because stored results were not to be used")
    return [
        Task(section, source, stored.look(section, source) if stored else unwanted)
        for section, source in zip(notebooks, sources, strict=True)
    ]


def _warm_up(stale: Sequence[Task]) -> None:
    from . import kernels

    kernels.start(code for task in stale for code in code_of(task.source))


def _fresh(task: Task, into: Path, tell: Listener) -> Ran:
    path, results = into / task.section.path.name, task.look.results
    assert results is not None, "fresh by what was stored"
    write_notebook(path, executed_notebook(task.source, results))
    tell(Event(task.section, "fresh", text=task.look.why))
    return Ran(task.section, path, 0.0, None, task.look.why)


def _one_at_a_time(report: Listener | None) -> Listener:
    lock = threading.Lock()

    def tell(event: Event) -> None:
        with lock:
            if report is not None:
                report(event)

    return tell
