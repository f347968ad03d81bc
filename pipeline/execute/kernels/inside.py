"""What a kernel that runs a section has besides: an IPython extension, named on the kernel's command line.

Warm and ordinary kernels have it alike, JupyterLab's do not. It bounds what a cell says (:mod:`.cell_output`), tells what it does not show, has the
kernel and all it started end with whoever started it, and records what the section reads where a record is asked for.
"""

from __future__ import annotations

import atexit
import logging
import os
import signal
import threading
import time
from typing import Any

from ipykernel.kernelapp import IPKernelApp

from ...charts.faces import offer as offer_face
from ...document import not_shown
from ..reads_recorder import RECORD, Recorder
from .cell_output import bound

_PATIENCE = 2  # seconds
_LOOK = 0.5  # seconds


def load_ipython_extension(shell: Any) -> None:
    """IPython's entry point."""
    atexit.register(_let_shutdown_finish)  # runs before what ipykernel registered: last in, first out
    IPKernelApp.instance().log.setLevel(logging.WARNING)  # it would word each message it gets, for nobody
    bound(shell)
    offer_face()
    not_shown.offer(shell)
    if hasattr(os, "getpgrp") and os.getpgrp() == os.getpid():
        IPKernelApp.instance().poller = None  # it would end the kernel alone, not what its cells have started
        threading.Thread(target=_end_with, args=(_starter(),), name="end-with-run", daemon=True).start()
    if record := os.environ.pop(RECORD, None):
        Recorder(record, os.environ["HALFYEAR_WORKSPACE"]).begin(shell)


def _starter() -> int:
    """Who started this kernel: said by Jupyter, for it may be gone by now and its child be another's."""
    return int(os.environ.get("JPY_PARENT_PID") or os.getppid())


def _end_with(parent: int) -> None:
    """Kill this kernel and what its cells started when the process that started it is gone."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os.killpg(0, signal.SIGKILL)


def _let_shutdown_finish() -> None:
    """Wait for the thread that answers the shutdown request.

    ipykernel stops the thread that publishes output first; one kernel in a dozen then waits ten seconds for a flush
    that nobody does, and is ended by a signal.
    """
    thread = IPKernelApp.instance().control_thread if IPKernelApp.initialized() else None
    if thread is not None and thread.is_alive():
        thread.join(_PATIENCE)
