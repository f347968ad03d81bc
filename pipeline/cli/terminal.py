"""Words on a terminal: broken by what they take up there, never inside a path or a word."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache

import click

_WIDE = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’—…"
_MARKS = "，。；：、？！”’）》〉】…—"  # none of them begins a line
_OPENING = "“‘（《〈【"  # none of them ends one
_PATH = rf"[^\s{_MARKS}{_OPENING}]*[/\\][^\s{_MARKS}{_OPENING}]*"


def display_width(text: str) -> int:
    """How many columns of a terminal the text takes up."""
    import unicodedata

    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )


def wrapped(text: str, columns: int, hanging: str = "") -> str:
    """``text`` in lines of at most ``columns``; what is carried over stands behind the line's own indent and ``hanging``.

    A path, a word or a number is never broken, nor does a mark begin a line: where one is longer, so is the line.
    """
    return "\n".join(line for each in text.split("\n") for line in _lines(each, columns, hanging))


def _lines(text: str, columns: int, hanging: str) -> Iterator[str]:
    indent = text[: len(text) - len(text.lstrip(" "))]
    line, blank = indent, ""
    for piece in _pieces().findall(text[len(indent) :]):
        if piece.isspace():
            blank = piece
            continue
        if line.strip() and display_width(line + blank + piece) > columns:
            yield line
            line, blank = indent + hanging, ""
        line, blank = line + blank + piece, ""
    yield line


@cache
def _pieces() -> re.Pattern[str]:
    """What a line may be broken between; read where there is a terminal: it takes a tenth of a start."""
    return re.compile(rf"\s+|[{_OPENING}]*(?:{_PATH}|[^\s{_WIDE}]+|[{_WIDE}])(?:\s*[{_MARKS}\])])*")


def clipped(text: str, columns: int) -> str:
    """As much of the beginning of ``text`` as takes up no more than ``columns``."""
    taken = 0
    for number, each in enumerate(text):
        taken += display_width(each)
        if taken > columns:
            return text[:number]
    return text


def echo(text: str, *, err: bool = False) -> None:
    """Print to standard output or error; on a terminal no line is longer than it is wide."""
    stream = sys.stderr if err else sys.stdout
    if stream.isatty():
        text = wrapped(text, shutil.get_terminal_size().columns - 1, "    ")
    click.echo(text, err=err)
