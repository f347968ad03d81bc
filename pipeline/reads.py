"""What a section asks the package for, told to whoever keeps a record of it; nobody does but in a report's own kernels."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_here = threading.local()
_listeners: list[Callable[[tuple[str, ...]], None]] = []


def listen(listener: Callable[[tuple[str, ...]], None]) -> None:
    """Have ``listener`` called with each note from now on."""
    _listeners.append(listener)


@contextmanager
def known() -> Iterator[None]:
    """Files opened within are our own affair: what counts of them for a section is said with :func:`note`."""
    before, _here.known = is_known(), True
    try:
        yield
    finally:
        _here.known = before


def is_known() -> bool:
    """Whether this thread is within :func:`known`."""
    return getattr(_here, "known", False)


def note(*what: str) -> None:
    """Say what was asked for and, last, in which state it was: a kind of ``execute.file_state``."""
    for listener in _listeners:
        listener(what)
