"""A number format taken apart: its sections, and the pieces of each (ECMA-376-1, 18.8.31)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

LITERAL, BLANK, DIGIT, POINT, COMMA, PERCENT, DATE, ELAPSED, HALF_DAY, GENERAL, TEXT, MONEY, UNKNOWN = (
    *("literal", "blank", "digit", "point", "comma", "percent", "date", "elapsed", "half-day", "general", "text"),
    *("money", "unknown"),
)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
# Chinese Excel also shows, and some programs also write, ! before a single literal character, colours and 通用格式 in Chinese.
_PIECE = re.compile(
    r"""
    "(?P<quoted>[^"]*)(?:"|$) | [\\!](?P<escaped>.) | _(?P<width>.) | \*(?P<fill>.) | (?P<end>;)
    | \[(?P<colour>(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r\s*\d+)
        | [黑蓝青绿红白黄]色 | 洋红色? | 颜色\s*\d+)\]
    | \[(?P<test>[<>=]{1,2})\s*(?P<limit>-?[\d.]+(?:E[+-]?\d+)?)\]
    | \[\$(?P<symbol>[^\]-]*)(?:-(?P<locale>[^\]]*))?\] | \[DBNum(?P<numerals>\d)\] | \[(?P<elapsed>h+|m+|s+)\]
    | (?P<general>General|G/通用格式) | (?P<half>AM/PM|A/P|上午/下午) | (?P<power>E[+-])
    | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+) | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,)
    | (?P<percent>%) | (?P<text>@) | (?P<over>/) | (?P<blank>[ ])| (?P<other>\[[^\]]*\]|[bgn\[\]]) | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class Piece(NamedTuple):
    """One piece of a section: what it is, and its characters."""

    kind: str
    text: str


@dataclass(eq=False)
class Section:
    """One of a format's parts.

    ``holds`` is its own condition, if it has one; ``coloured`` whether it asks for a colour; ``numerals`` the Chinese numerals it
    asks for (DBNum1 is 1); ``locale`` the code in ``[$-804]``.
    """

    pieces: list[Piece] = field(default_factory=list)
    holds: Callable[[Decimal], bool] | None = None
    coloured: bool = False
    numerals: int = 0
    locale: str = ""

    def has(self, *kinds: str) -> bool:
        """Whether one of its pieces is of these kinds."""
        return not self._kinds.isdisjoint(kinds)

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(piece.kind for piece in self.pieces)

    @cached_property
    def literals(self) -> str:
        """The words that stand in it whatever the number is."""
        return "".join(piece.text for piece in self.pieces if piece.kind in (LITERAL, MONEY))


@lru_cache(maxsize=512)
def sections(form: str) -> tuple[Section, ...]:
    """The parts of a format, for numbers and then for texts."""
    found = [Section()]
    for match in _PIECE.finditer(form):
        if match["end"]:
            found.append(Section())
        else:
            _add(found[-1], match)
    return tuple(found)


def _add(section: Section, match: re.Match[str]) -> None:
    kind = str(match.lastgroup)
    if match["limit"]:
        _condition(section, match)
    elif kind == "colour":
        section.coloured = True
    elif kind == "numerals":
        section.numerals = int(match["numerals"])
    elif kind in ("symbol", "locale"):
        section.locale = match["locale"] or ""
        if match["symbol"]:
            section.pieces.append(Piece(MONEY, match["symbol"]))
    elif kind != "fill":
        section.pieces.append(_piece(kind, match[kind]))


def _condition(section: Section, match: re.Match[str]) -> None:
    compared, limit = _COMPARED.get(match["test"]), Decimal(match["limit"])
    if compared is None:
        section.pieces.append(Piece(UNKNOWN, match[0]))
    else:
        section.holds = lambda number: compared(number, limit)


def _piece(kind: str, text: str) -> Piece:
    same = {"quoted": LITERAL, "escaped": LITERAL, "plain": LITERAL, "half": HALF_DAY, "power": UNKNOWN}
    if kind in ("width", "blank"):
        return Piece(BLANK, " ")
    if kind in ("over", "other"):
        return Piece(LITERAL if kind == "over" else UNKNOWN, text)
    return Piece(same.get(kind, kind), text.lower() if kind == "date" else text)
