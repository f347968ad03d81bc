"""What a workbook shows for a number it stores: 0.77 under the format 0% is 77%, 44376 under yyyy-mm-dd a date.

A figure is what the ledger shows its keeper, with the decimals shown. Built-in formats are those of ECMA-376-1
(Office Open XML), 18.8.30, with the date formats of Chinese Excel and WPS (27 to 36 and 50 to 58).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "m月d日",
    17: "yyyy年m月",
    22: "yyyy/m/d h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    43: "#,##0.00",
    49: "@",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    48: "##0.0E+0",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h:mm"),
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((28, 29, 31, 51, 53, 54, 58), "yyyy年m月d日"),
    30: "m-d-yy",
}

_IGNORED = re.compile(r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color\d+|\$-[^\]]*)\]|_.|\*.|\\ ", re.I)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_PLAIN = re.compile(
    r"(?P<before>[^0#?]*?)(?P<whole>[#0]*,?[#0]*0)(?:\.(?P<decimals>0+))?(?P<percent>%?)(?P<after>[^0#?,]*)"
)


class Shown(NamedTuple):
    """``text`` as shown; ``doubt`` where the format leaves open what is meant; ``rounded`` where it hides decimals."""

    text: str
    doubt: bool = False
    rounded: bool = False


def as_shown(stored: str, form: str, *, since_1904: bool = False) -> Shown:
    """The text of a cell that stores the number ``stored`` under the format ``form``."""
    number = exact(stored)
    if form in (GENERAL, "@", ""):
        return Shown(f"{number:f}")
    section = _section(form, number)
    grain = _grain(section)
    if grain:
        return _date(number, grain, since_1904)
    match = _PLAIN.fullmatch(section)
    if match is None:
        return Shown(f"{number:f}", doubt=True)
    return _number(number, match)


def exact(text: str) -> Decimal:
    """The number with the fifteen digits that a workbook vouches for, without an exponent."""
    number = Decimal(text)
    if len(number.as_tuple().digits) > 15:
        number = Decimal(f"{number:.15g}")
    number = number.normalize()
    return number.quantize(Decimal(1)) if number.as_tuple().exponent > 0 else number


@lru_cache(maxsize=256)
def _sections(form: str) -> tuple[str, ...]:
    """The parts for positive, negative and zero, literal text bare, colours and paddings gone."""
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', form)
    return tuple(_LITERAL.sub(lambda match: match[1] or match[2] or "", _IGNORED.sub("", part)) for part in parts)


def _section(form: str, number: Decimal) -> str:
    """The part that applies; a negative part's own minus or parentheses are the number's sign."""
    parts = _sections(form)
    if number < 0 and len(parts) > 1:
        return parts[1].replace("-", "").replace("(", "").replace(")", "")
    return parts[2] if number == 0 and len(parts) > 2 and parts[2] else parts[0]


def _grain(section: str) -> str:
    """Whether the format shows a day, a month or a year; nothing for a number."""
    letters = re.sub(r"AM/PM|上午/下午", "", section).lower()
    if not re.search("[yd年]", letters) and "m月" not in letters:
        return "time" if re.search("[hs]", letters) else ""
    if re.search("h", letters):
        return "moment"
    return "day" if "d" in letters else "month" if "m" in letters else "year"


def _date(number: Decimal, grain: str, since_1904: bool) -> Shown:
    """A stored count of days as a date; Excel's first two months of 1900 are a day off and in doubt."""
    if grain == "time" or not (61 <= number < 2_958_466):
        return Shown(f"{number:f}", doubt=True)
    begin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    moment = begin + timedelta(days=float(number))
    form = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y", "moment": "%Y-%m-%d %H:%M:%S"}[grain]
    return Shown(moment.strftime(form))


def _number(number: Decimal, match: re.Match[str]) -> Shown:
    places = len(match["decimals"] or "")
    full = number.scaleb(2) if match["percent"] else number
    printed = full.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{printed:f}" if printed else f"{abs(printed):f}"
    return Shown(f"{match['before']}{text}{match['percent']}{match['after']}".strip(), rounded=printed != full)
