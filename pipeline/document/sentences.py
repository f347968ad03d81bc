"""The sentences of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]?")
_LONGEST = 60


def sentences(text: str) -> Iterator[re.Match[str]]:
    """Each sentence or part of one that a 。！？ or ； ends."""
    return _SENTENCE.finditer(text)


def sentence_around(text: str, start: int) -> str:
    """The sentence of ``text`` in which position ``start`` stands, cut to a line."""
    for match in sentences(text):
        if match.start() <= start < match.end():
            first = max(match.start(), min(start - _LONGEST // 2, match.end() - _LONGEST))
            last = min(match.end(), first + _LONGEST)
            cut = text[first:last].strip()
            return f"{'…' if first > match.start() else ''}{cut}{'…' if last < match.end() else ''}"
    return text
