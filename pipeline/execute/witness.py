"""An IPython extension in every kernel that runs a section.

Loaded by the kernel's command line, so that warm and ordinary kernels have it alike and JupyterLab's do not.
"""

from __future__ import annotations

import atexit
from typing import Any

NAME = __name__
_PATIENCE = 2  # seconds


def load_ipython_extension(shell: Any) -> None:
    """IPython's entry point."""
    atexit.register(_let_shutdown_finish)  # runs before what ipykernel registered: last in, first out


def _let_shutdown_finish() -> None:
    """Wait for the thread that answers the shutdown request.

    ipykernel stops the thread that publishes output first; one kernel in a dozen then waits ten seconds for a flush
    that nobody does, and is ended by a signal.
    """
    from ipykernel.kernelapp import IPKernelApp

    thread = IPKernelApp.instance().control_thread if IPKernelApp.initialized() else None
    if thread is not None and thread.is_alive():
        thread.join(_PATIENCE)
