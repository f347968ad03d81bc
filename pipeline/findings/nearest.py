"""The nearest right name to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


class Nearest(str):
    """The nearest right name, worded as a question; nothing where none is near."""

    __slots__ = ()

    def text(self, lang: str) -> str:
        """``（是不是“指标”？）`` or `` (did you mean '指标'?)``."""
        if not self:
            return ""
        return f"（是不是“{self}”？）" if lang == "zh" else f" (did you mean '{self}'?)"


def nearest_of(word: str, words: Iterable[str]) -> Nearest:
    """The one of ``words`` that is close to ``word``, if any is.

    Of two characters one may differ, as in 截止 for 截至, if that leaves a single word.
    """
    import difflib

    known = list(words)
    close = difflib.get_close_matches(word, known, 1, 0.6)
    if not close and len(word) == 2:
        close = [each for each in known if len(each) == 2 and (each[0] == word[0]) != (each[1] == word[1])]
        close = close if len(close) == 1 else []
    return Nearest(close[0] if close else "")
