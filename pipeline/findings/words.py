"""How single things are worded: what has two wordings, lists, values between quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

LANGUAGES = ("zh", "en")
_LONGEST = 40


class Words(NamedTuple):
    """What has a wording of its own in each language."""

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """The words in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


class Counted(NamedTuple):
    """A number of things: Chinese has a word for each of its own around it, English one that may be plural."""

    number: int
    noun: str
    several: str = ""

    def text(self, lang: str) -> str:
        """``3`` or ``3 errors``."""
        return (
            str(self.number)
            if lang == "zh"
            else f"{self.number} {self.noun if self.number == 1 else self.several or f'{self.noun}s'}"
        )


def in_language(value: Any, lang: str) -> str:
    """A value as a message says it: what knows its wordings by them, several things in a row."""
    if hasattr(value, "text"):
        return str(value.text(lang))
    if isinstance(value, tuple | list):
        return ("、" if lang == "zh" else ", ").join(in_language(each, lang) for each in value)
    return str.__str__(str(value))  # words of a ledger, too, are text in a message


def few(names: Sequence[str], most: int = 5) -> Words:
    """The first of ``names``, and how many more there are."""
    more = len(names) - most
    zh, en = (in_language(tuple(names[:most]), lang) for lang in LANGUAGES)
    return Words(f"{zh} 等{len(names)}项", f"{en} and {more} more") if more > 0 else Words(zh, en)


def shown(value: str, lang: str) -> str:
    """A value between quotation marks, what cannot be seen written out, and no longer than a line."""
    short = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    visible = "".join(each if each.isprintable() else _escaped(ord(each)) for each in short)
    return f"“{visible}”" if lang == "zh" else f"'{visible}'"


def _escaped(number: int) -> str:
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
