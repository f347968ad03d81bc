"""The one catalogue of all that halfyear says, in Chinese and in English: the TOML files beside this module.

A code stands in one file alone. An entry is looked for and read when it is asked for: a start needs a few of them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from ..words import in_language


class Message(NamedTuple):
    """Two wordings with places for the same parameters; ``severity`` is "" where nothing is wrong."""

    zh: str
    en: str
    severity: str = ""

    def text(self, lang: str, params: Mapping[str, Any]) -> str:
        """The wording in ``zh`` or ``en``."""
        words = {name: in_language(value, lang) for name, value in params.items()}
        return self.wording(lang).format(**words)

    def wording(self, lang: str) -> str:
        """The words with their places for parameters."""
        return self.zh if lang == "zh" else self.en


@cache
def message(code: str) -> Message:
    """The entry of that code.

    Raises:
        KeyError: the catalogue has none.
    """
    text, head = _text(), f"\n[{code}]\n"
    begin = text.find(head)
    if begin < 0:
        raise KeyError(code)
    return Message(**tomllib.loads(text[begin + len(head) : text.find("\n[", begin + 1)]))


def known(code: str) -> bool:
    """Whether the catalogue has an entry of that code."""
    return f"\n[{code}]\n" in _text()


class Said:
    """What the entry of that code says of ``params``, before it is known to whom."""

    def __init__(self, code: str, /, **params: Any) -> None:
        self.code, self.params = code, params

    def text(self, lang: str) -> str:
        """The wording in ``zh`` or ``en``."""
        return message(self.code).text(lang, self.params)

    def __repr__(self) -> str:
        return f"Said({self.code!r}, **{self.params!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))


def codes(subject: str = "") -> tuple[str, ...]:
    """Every code, or those of one subject: of one of the files."""
    return tuple(code for code, file in _subjects().items() if subject in ("", file))


def subjects() -> tuple[str, ...]:
    """What the catalogue has files of."""
    return tuple(dict.fromkeys(_subjects().values()))


@cache
def _files() -> dict[str, str]:
    """Subject → the text of its file."""
    folder = os.path.dirname(__file__)
    names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    return {name.removesuffix(".toml"): _read(os.path.join(folder, name)) for name in names}


def _read(file: str) -> str:
    with open(file, encoding="utf-8") as stream:
        return stream.read()


@cache
def _text() -> str:
    return "\n".join([*_files().values(), "["])


@cache
def _subjects() -> dict[str, str]:
    """Code → its subject."""
    return {entry.partition("]\n")[0]: subject for subject, text in _files().items() for entry in text.split("\n[")[1:]}
