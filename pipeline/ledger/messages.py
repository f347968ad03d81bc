"""Every message about data, in Chinese for those who fill the ledgers and in English: messages.toml, read once."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

LANGUAGES = ("zh", "en")
_LONGEST = 40


class Message(NamedTuple):
    """A message's severity and its two wordings, with places for parameters."""

    severity: str
    zh: str
    en: str

    def text(self, lang: str, params: Mapping[str, Any]) -> str:
        """The wording in ``zh`` or ``en``."""
        words = {name: _worded(value, lang) for name, value in params.items()}
        return (self.zh if lang == "zh" else self.en).format(**words)


@cache
def catalogue() -> dict[str, Message]:
    """Code → message."""
    with (Path(__file__).parent / "messages.toml").open("rb") as stream:
        return {code: Message(**entry) for code, entry in tomllib.load(stream).items()}


class Words(NamedTuple):
    """A parameter that has a wording of its own in each language."""

    zh: str
    en: str


class Nearest(str):
    """The nearest right name, worded as a question; nothing where none is near."""

    __slots__ = ()

    def text(self, lang: str) -> str:
        """``（是不是“指标”？）`` or `` (did you mean '指标'?)``."""
        if not self:
            return ""
        return f"（是不是“{self}”？）" if lang == "zh" else f" (did you mean {self!r}?)"


def nearest_of(word: str, words: Sequence[str]) -> Nearest:
    """The one of ``words`` that is close to ``word``, if any is.

    Of two characters one may differ, as in 截止 for 截至, if that leaves a single word.
    """
    close = difflib.get_close_matches(word, words, 1, 0.6)
    if not close and len(word) == 2:
        close = [each for each in words if len(each) == 2 and (each[0] == word[0]) != (each[1] == word[1])]
        close = close if len(close) == 1 else []
    return Nearest(close[0] if close else "")


def shown(value: str, lang: str) -> str:
    """A value between quotation marks, what cannot be seen written out, and no longer than a line."""
    short = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    visible = "".join(each if each.isprintable() else _escaped(ord(each)) for each in short)
    return f"“{visible}”" if lang == "zh" else f"'{visible}'"


def _escaped(number: int) -> str:
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"


def _worded(value: Any, lang: str) -> str:
    if isinstance(value, Words):
        return value.zh if lang == "zh" else value.en
    if isinstance(value, tuple | list):
        return ("、" if lang == "zh" else ", ").join(map(str, value))
    return value.text(lang) if isinstance(value, Nearest) else str(value)
