"""Which cells this process has put into words, and when: what a chapter's closing block need not say again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from .sources import Cell, Sources

_counter = count(1)
_LAST: dict[str, int] = {}  # sources as printed → when they last were
_paused = False


def note(sources: str) -> str:
    """Keep in mind that these sources were printed just now; they are given back."""
    if not _paused:
        _LAST[sources] = next(_counter)
    return sources


def now() -> int:
    """This moment, for :func:`cells_since`."""
    return next(_counter)


def cells_since(moment: int, table: str) -> set[Cell]:
    """The cells of a table that were printed after that moment."""
    written = [sources for sources, when in _LAST.items() if when > moment and f"{table}#" in sources]
    return {cell for sources in written for cell in Sources.parse(sources).cells() if cell.table == table}


@contextmanager
def unnoticed() -> Iterator[None]:
    """What is printed within does not count."""
    global _paused
    before, _paused = _paused, True
    try:
        yield
    finally:
        _paused = before
