"""How a command ends when it is told to: at once, with nothing left behind, however often it is told."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import Any

_PATIENCE = 2.5  # seconds for the work to unwind before the process is ended where it stands
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK") if hasattr(signal, name)
)
_told: list[int] = []
_words = ["stopped"]  # their code in the catalogue


def end_when_told() -> None:
    """Have the signals that ask a process to end raise ``KeyboardInterrupt`` in the main thread, once.

    Whatever comes after the first is of no account: what is being tidied up is tidied up. A signal that was ignored
    already (``nohup``, a shell's background job) stays so.
    """
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def say_when_stopped(code: str) -> None:
    """Have the end that a command is told to come to said in other words from here on."""
    _words[:] = [code]


def words_of_the_end() -> str:
    """The code of what is said where the command is told to end."""
    return _words[0]


def exit_code() -> int:
    """What a command answers that was told to end: 128 and the signal's number, as shells do."""
    return 128 + (_told[0] if _told else signal.SIGINT)


def _end(number: int, _: Any) -> None:
    if _told:
        return
    _told.append(number)
    watch = threading.Timer(_PATIENCE, _end_here)
    watch.daemon = True
    watch.start()
    raise KeyboardInterrupt


def _end_here() -> None:
    """End without unwinding: something does not let go. The words are those of an end that it would have come to."""
    with contextlib.suppress(Exception):
        from ..findings import language
        from .console import stopped

        stopped(language(), words_of_the_end())
    with contextlib.suppress(Exception):
        if kernels := sys.modules.get("pipeline.execute.kernels"):
            kernels.stop()
        from ..leftovers import remove_own

        remove_own()
    os._exit(exit_code())
