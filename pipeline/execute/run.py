"""Run a report's section notebooks side by side."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..errors import SectionError
from ..workspace import ENVIRONMENT, SectionNotebook, Workspace
from .failure import section_error
from .source import check_parameters, read_source


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
    on_progress: Callable[[Event], None] | None = None,
) -> list[Ran]:
    """Execute section notebooks with papermill, each in a kernel of its own, and write them into ``into``.

    Kernels work in the workspace's ``notebooks/`` folder, as under JupyterLab. A notebook that fails does not stop the
    others and is written as far as it came. The same notebooks, data and parameters give the same bytes.

    Args:
        parameters: values for each notebook's parameters cell.
        jobs: how many at a time; as many as there are processors, five at most, when None.
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
    run = _Run(dict(parameters), workspace, into, _one_at_a_time(on_progress))
    return run.side_by_side(notebooks, sources, jobs or min(5, os.cpu_count() or 1))


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
        self, parameters: dict[str, Any], workspace: Workspace, into: Path, tell: Callable[[Event], None]
    ) -> None:
        from .engine import Kernels

        self.parameters, self.workspace, self.into, self.tell = parameters, workspace, into, tell
        self.kernels = Kernels()
        self.env = {**os.environ, ENVIRONMENT: str(workspace.root)}

    def side_by_side(
        self, notebooks: Sequence[SectionNotebook], sources: Sequence[dict[str, Any]], jobs: int
    ) -> list[Ran]:
        pool = ThreadPoolExecutor(jobs, thread_name_prefix="section")
        try:
            return list(pool.map(self.one, notebooks, sources))
        except BaseException:
            self.kernels.end()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def one(self, section: SectionNotebook, source: dict[str, Any]) -> Ran:
        began = time.monotonic()
        self.tell(Event(section, "started", cells=len(source["cells"])))
        error = self._execute(section, source)
        path = self.into / section.path.name
        self.tell(Event(section, "failed" if error else "done", text=str(error or "")))
        return Ran(section, path, time.monotonic() - began, error)

    def _execute(self, section: SectionNotebook, source: dict[str, Any]) -> SectionError | None:
        import nbformat

        from .clean import clean
        from .engine import execute

        kept: list[Any] = [nbformat.from_dict(source)]
        running: list[int] = []
        raised = None
        with tempfile.TemporaryFile() as stderr:
            try:
                execute(
                    kept[0],
                    self.parameters,
                    folder=str(self.workspace.root / "notebooks"),
                    kernels=self.kernels,
                    start={"env": self.env, "stderr": stderr},
                    keep=kept.append,
                    on_cell_execute=lambda cell, cell_index: self._begun(section, source, running, cell_index),
                )
            except Exception as error:  # whatever happens in one notebook is that section's error, not the run's
                raised = error
            stderr.seek(0)
            said = stderr.read().decode(errors="replace")
        path = self.into / section.path.name
        begun = running[-1] if running else None
        error = section_error(section, source, kept[-1].cells, running=begun, raised=raised, saved=path, said=said)
        path.write_text(
            nbformat.writes(clean(kept[-1], parameters=self.parameters, root=self.workspace.root)), encoding="utf-8"
        )
        return error

    def _begun(self, section: SectionNotebook, source: dict[str, Any], running: list[int], index: int) -> None:
        running.append(index)
        self.tell(Event(section, "cell", cell=index + 1, cells=len(source["cells"]) + 1))
