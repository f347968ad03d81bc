"""The sections that must run, side by side. Imported only when there are any."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..errors import SectionError
from ..notebook_file import write_notebook
from ..workspace import SectionNotebook
from . import kernels
from .outcome import Event, Listener, Ran
from .reads_recorder import RECORD
from .results import executed_notebook, results_of
from .staleness import Cache, Task


class Execution:
    """Kernels of a workspace for one set of parameters; use it once."""

    def __init__(
        self,
        root: Path,
        parameters: Mapping[str, Any],
        into: Path,
        *,
        cold: bool,
        cell_timeout: int,
        cache: Cache | None,
        tell: Listener,
    ) -> None:
        from .one_section import Attempt

        self.into, self.cache, self.tell = into, cache, tell
        self.attempt = Attempt(
            parameters, root, into, kernels.kernel_environment(root), cold, cell_timeout, self._cell_begun
        )

    def run(self, tasks: Sequence[Task], jobs: int) -> list[Ran]:
        """Execute all; an interrupt ends the kernels and with them the threads that wait for them."""
        with ThreadPoolExecutor(jobs, thread_name_prefix="section") as pool:
            futures = [pool.submit(self._one, task) for task in tasks]
            try:
                return [future.result() for future in futures]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                while not all(future.done() for future in futures):  # wait() would wait for what was cancelled as well
                    self.attempt.kernels.end()  # again: one may have been starting
                    time.sleep(0.02)
                raise

    def _cell_begun(self, section: SectionNotebook, cell: int, cells: int) -> None:
        self.tell(Event(section, "cell", cell=cell, cells=cells))

    def _one(self, task: Task) -> Ran:
        began = time.monotonic()
        self.tell(Event(task.section, "started", cells=len(task.source["cells"]), text=task.look.why))
        notebook, error = self._twice_at_most(task)
        path = self.into / task.section.path.name
        write_notebook(path, notebook)
        self.tell(
            Event(task.section, "failed" if error else "done", cells=len(task.source["cells"]), text=str(error or ""))
        )
        return Ran(task.section, path, time.monotonic() - began, error, task.look.why)

    def _twice_at_most(self, task: Task) -> tuple[Any, SectionError | None]:
        """Execute; once more where the kernel went with a warm process that somebody killed."""
        before = kernels.lost()
        notebook, error = self._recorded(task)
        return self._recorded(task) if error and kernels.lost() > before else (notebook, error)

    def _recorded(self, task: Task) -> tuple[Any, SectionError | None]:
        """Execute, and keep the results of a success with what the kernel recorded."""
        descriptor, name = tempfile.mkstemp(dir=kernels.folder(), prefix="record-")
        os.close(descriptor)
        record = Path(name)
        try:
            notebook, error = self.attempt(task.section, task.source, {RECORD: name})
            if error is not None:
                return notebook, error
            results = results_of(notebook)
            if self.cache is not None:
                self.cache.keep(task.section, task.source, results, record.read_text(encoding="utf-8"))
            return executed_notebook(task.source, results), None
        finally:
            record.unlink(missing_ok=True)
