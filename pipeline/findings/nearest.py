"""The nearest right name to one that is not known."""

from __future__ import annotations

import difflib


def nearest(word: str, words: list[str] | tuple[str, ...]) -> str:
    """`` — did you mean 'x'?`` where one of ``words`` is close to ``word``, else nothing."""
    close = difflib.get_close_matches(word, words, 1)
    return f" — did you mean {close[0]!r}?" if close else ""
