"""Declared literals: numbers that belong to a name, a document number or the period, and need no ledger cell."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..document.numerals import names_something, numbers
from ..errors import ReleaseError
from ..findings import Place
from ..input_file import LimitError, content, refusal, toml_of
from ..period import Period
from .dates_said import NO_DIGIT_BEFORE, within, year_said

_DEFAULTS = Path(__file__).with_name("literals.toml")
_TABLES = ("patterns", "names")
_BARE = ("3", "30", "412", "58306", "2021", "1.5", "三份", "十余次", "7件", "12.5%", "三")
_ANCHOR = 3  # characters by which names are looked up, so that a thousand names cost one pass


class Span(NamedTuple):
    """Characters ``start`` to ``end`` belong to a declared literal; ``why`` says to which."""

    start: int
    end: int
    why: str


class Literals:
    """What explains a number that is no fact.

    Args:
        patterns: what a literal is called → its regular expression.
        names: words exactly as written → where they are declared (a list, or the ledger cell they stand in).
    """

    def __init__(self, patterns: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._patterns = [(why, re.compile(pattern)) for why, pattern in patterns.items()]
        self._names: dict[str, list[tuple[str, str]]] = {}
        for name, why in names.items():
            if next(numbers(name), None):
                self._names.setdefault(name[:_ANCHOR], []).append((name, why))

    @classmethod
    def load(
        cls,
        period: Period,
        *,
        signed: date | None = None,
        names: Mapping[str, str] | None = None,
        file: Path | None = None,
        shown: str = "",
    ) -> Literals:
        """The literals of one report: those of the language, of the period, of its ledgers and of its own file.

        Args:
            signed: the day under the signature. names: words that stand in a ledger cell → that cell; words that are
                no more than a number and its measure word declare nothing.
            file: the period's ``literals.toml``, which may be missing. shown: how messages call it.

        Raises:
            ReleaseError: the file is not TOML, has an unknown table, an invalid expression, or excuses any number.
        """
        own = _read(file, shown or file.name) if file and os.path.lexists(file) else {table: {} for table in _TABLES}
        said = {name: cell for name, cell in (names or {}).items() if names_something(name)}
        dates = {"期间": _period_pattern(period, signed)}
        return cls(_defaults()["patterns"] | dates | own["patterns"], _defaults()["names"] | said | own["names"])

    def spans(self, text: str) -> Iterator[Span]:
        """Every stretch of ``text`` that a literal explains."""
        for why, pattern in self._patterns:
            yield from (Span(*match.span(), why) for match in pattern.finditer(text))
        for start in range(len(text)):
            for name, why in self._names_at(text, start):
                if text.startswith(name, start) and not _cut(text, start, start + len(name)):
                    yield Span(start, start + len(name), why)

    def _names_at(self, text: str, start: int) -> Iterable[tuple[str, str]]:
        keys = {text[start : start + length] for length in range(1, _ANCHOR + 1)}
        return (pair for key in keys for pair in self._names.get(key, ()))


def _cut(text: str, start: int, end: int) -> bool:
    """Whether a name found there is the middle of a longer number."""
    return (text[start].isdigit() and text[start - 1 : start].isdigit()) or (
        text[end - 1].isdigit() and text[end : end + 1].isdigit()
    )


def _period_pattern(period: Period, signed: date | None) -> str:
    """Dates that follow from the period: its months, quarters, days, those it is compared with, the signature's."""
    labels = {one.label for one in (period, *period.bases.values())}
    days = {f"{day.year}年{day.month}月{day.day}日" for day in (period.first, period.last, signed) if day}
    first_months = f"前{period.last.month}个月" if period.first.month == 1 else ""
    words = [*sorted(days | labels, key=len, reverse=True), first_months, within(period.first, period.last)]
    return f"{NO_DIGIT_BEFORE}(?:{'|'.join(filter(None, [*words, year_said(period.year - 1)]))})"


@cache
def _defaults() -> dict[str, dict[str, str]]:
    return _read(_DEFAULTS, _DEFAULTS.name)


def _read(file: Path, shown: str) -> dict[str, dict[str, str]]:
    try:
        tables = toml_of(content(file, file.parent.parent.parent).decode("utf-8-sig"))
    except (LimitError, OSError) as error:
        told = refusal(error, Place(shown))
        raise ReleaseError(told.code, told.place, **told.params) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReleaseError("literals-not-toml", file=shown, reason=error) from error
    for table in tables:
        if table not in _TABLES or not isinstance(tables[table], dict):
            raise ReleaseError("literals-unknown", file=shown, value=table)
    patterns = {why: _checked(why, pattern, shown) for why, pattern in tables.get("patterns", {}).items()}
    names = {
        _named(name, shown): f"{shown} {group}" for group, words in tables.get("names", {}).items() for name in words
    }
    return {"patterns": patterns, "names": names}


def _checked(why: str, pattern: object, shown: str) -> str:
    try:
        compiled = re.compile(str(pattern))
    except re.error as error:
        raise ReleaseError("literals-pattern", file=shown, name=why, value=str(pattern), reason=error) from error
    excused = [number for number in _BARE if compiled.fullmatch(number)]
    if excused:
        raise ReleaseError("literals-any-number", file=shown, name=why, value=str(pattern), number=excused[0])
    return str(pattern)


def _named(name: object, shown: str) -> str:
    if not isinstance(name, str) or (next(numbers(name), None) and len(name) < 2) or re.fullmatch(r"[\d.,%]+", name):
        raise ReleaseError("literals-number", file=shown, value=str(name))
    return name
