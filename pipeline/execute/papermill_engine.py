"""papermill's engine, told where the workspace is and who listens. Heavy: imported only when something is executed."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from queue import Empty
from typing import Any

from ..startup import loaded_late, skip_formats

skip_formats()
with loaded_late("requests"):  # by which papermill would fetch notebooks from the network
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.execute import raise_for_execution_errors, remove_error_markers
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

ENGINE = "halfyear"
_PATIENCE = 5  # seconds for a cell that is interrupted to come to its end
logging.getLogger("papermill").addHandler(logging.NullHandler())  # a dead kernel is told by the error, not on stderr


class Kernels:
    """The kernels alive now, so that an interrupted run can end them."""

    def __init__(self) -> None:
        self._clients: set[PapermillNotebookClient] = set()
        self._lock = threading.Lock()
        self._ended = False

    def add(self, client: PapermillNotebookClient) -> None:
        """Know of a client whose kernel is to end with the others; none starts once they were ended."""
        with self._lock:
            if self._ended:
                raise KeyboardInterrupt
            self._clients.add(client)

    def discard(self, client: PapermillNotebookClient) -> None:
        """Forget a client whose notebook is done."""
        with self._lock:
            self._clients.discard(client)

    def end(self) -> None:
        """Kill every kernel and let none start."""
        with self._lock:
            self._ended = True
            for client in self._clients:
                _kill(getattr(client.km, "provisioner", None))


def _kill(provisioner: Any) -> None:
    """Kill a kernel and what it started, if it has begun and not ended."""
    process = getattr(provisioner, "process", None)
    if process is None or process.poll() is not None:
        return
    try:
        os.killpg(provisioner.pgid, signal.SIGKILL)
    except (AttributeError, TypeError, OSError):  # no groups on this platform, or it has ended this moment
        process.kill()


class _Client(PapermillNotebookClient):  # type: ignore[misc]  # papermill says no types
    """papermill's client, which ends a cell that runs too long and says so."""

    timed_out = False

    async def _async_handle_timeout(self, timeout: int, cell: Any = None) -> dict[str, Any]:
        """Interrupt the cell, so that its traceback shows where it was; kill the kernel where it does not let go."""
        self.timed_out = True
        await self.km.interrupt_kernel()
        try:
            await self.kc.shell_channel.get_msg(timeout=_PATIENCE)
        except Empty:
            _kill(self.km.provisioner)
            raise CellTimedOut(timeout) from None
        return {"content": {"status": "error", "ename": "", "evalue": "", "traceback": []}}


class CellTimedOut(Exception):
    """A cell ran for longer than it may; ``args`` are how many seconds that is."""


class Engine(NBClientEngine):  # type: ignore[misc]  # papermill says no types
    """papermill's own engine with a say in how the kernel starts (``start``)
    and with the notebook in reach when the run fails."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        kernels: Kernels,
        start: dict[str, Any],
        keep: Callable[[Any], object],
        cell_timeout: int,
        **kwargs: Any,
    ) -> None:
        """Execute as papermill asks; ``keep`` gets the notebook at once, ``start`` goes to its kernel."""
        keep(nb_man.nb)
        kwargs = {key: kwargs[key] for key in ("resources", "on_cell_execute", "kernel_manager_class") if key in kwargs}
        client = _Client(
            nb_man,
            kernel_name=kernel_name,
            log=logging.getLogger("papermill"),
            record_timing=False,
            startup_timeout=120,
            iopub_timeout=60,
            timeout=cell_timeout,
            **kwargs,
        )
        kernels.add(client)
        try:
            client.execute(**start)
        finally:
            kernels.discard(client)
        if client.timed_out:
            raise CellTimedOut(cell_timeout)


papermill_engines.register(ENGINE, Engine)


def execute(
    notebook: Any, parameters: dict[str, Any], *, folder: str, kernel_name: str, language: str, **options: Any
) -> None:
    """Run a notebook node with papermill in ``folder``; ``options`` go to :class:`Engine`.

    What ``papermill.execute_notebook`` does, but for the text of the executed notebook, which is wanted only in its file:
    to make and check it takes a seventh of what a notebook costs this process. The folder goes by the notebook's resources:
    papermill's ``cwd`` would change this whole process's directory.
    """
    named = {"kernel_name": kernel_name, "engine_name": ENGINE}
    node = load_notebook_node(notebook)
    node = parameterize_notebook(node, parameters, language=language, **named)
    node = remove_error_markers(node)
    options["resources"] = {"metadata": {"path": folder}}
    node = papermill_engines.execute_notebook_with_engine(nb=node, progress_bar=False, **named, **options)
    raise_for_execution_errors(node, None)
