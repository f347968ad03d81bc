"""What the command writes to: a terminal, a file or a pipe of any encoding."""

from __future__ import annotations

import io
import sys


def speak_any_character(*, as_json: bool) -> None:
    """Let nothing the command says fail for its encoding: a character that it lacks is written out (``\\u4dae``).

    JSON is UTF-8 wherever it goes: programs read it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if as_json and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="strict")
