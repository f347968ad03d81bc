"""What this process shows to a reader: which cells and when, which a chapter's closing block need not say again, and their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from itertools import count

from .element import explained
from .sources import Cell, Sources

_SOURCE = re.compile(r'data-source="([^"]*)"')
_counter = count(1)
_LAST: dict[str, int] = {}  # sources as printed → when they were last shown
_paused = False
_worded: Callable[[str, str], str] = "{0}".format


def word_sources(worded: Callable[[str, str], str]) -> None:
    """From now on facts that are shown say their source so: by a ``data-source`` and how the figure was derived."""
    global _worded
    _worded = worded


def seen(markup: str) -> str:
    """Keep in mind that what stands in this markup is shown just now; it is given back as a notebook shows it."""
    for written in set(_SOURCE.findall(markup)):
        note(unescape(written))
    return pointed_at(markup)


def pointed_at(markup: str) -> str:
    """The markup with the source of each fact, for whoever points at it."""
    return explained(markup, _worded)


def note(sources: str) -> None:
    """Keep in mind that what these cells state is shown just now."""
    if not _paused:
        _LAST[sources] = next(_counter)


def now() -> int:
    """This moment, for :func:`cells_since`."""
    return next(_counter)


def cells_since(moment: int, table: str) -> set[Cell]:
    """The cells of a table that were shown after that moment."""
    written = [sources for sources, when in _LAST.items() if when > moment and f"{table}#" in sources]
    return {cell for sources in written for cell in Sources.parse(sources).cells() if cell.table == table}


@contextmanager
def unnoticed() -> Iterator[None]:
    """What is shown within does not count."""
    global _paused
    before, _paused = _paused, True
    try:
        yield
    finally:
        _paused = before
