"""Kernels that are ready before they are asked for: forked from a warm process where possible, ordinary where not.

This is the only way in; docs/kernels.md tells what is behind it and how to mend it. Nothing here is needed for a right
report: ``--cold`` does without the warm process.
"""

from __future__ import annotations

from collections.abc import Iterable

from .fork_client import can_fork, current, folder, kernel_environment, lost, start, stop
from .forked_calls import Calls, calls
from .preload import modules_for

__all__ = ["Calls", "calls", "can_fork", "current", "folder", "kernel_environment", "lost", "manager", "start", "stop"]


def manager(code: Iterable[str], *, cold: bool) -> type:
    """The class of ``jupyter_client``'s kernel manager for a notebook with this code. Heavy to import."""
    from .managers import OrdinaryKernels, WarmKernels

    return OrdinaryKernels if cold else type("WarmKernels", (WarmKernels,), {"modules": modules_for(code)})
