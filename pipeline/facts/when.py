"""A date as it was stated: a day, a month, a quarter, a half-year, 年初 or 6月上旬, and what the report calls it.

The wording follows GB/T 9704-2012, 7.3.5.4: Arabic digits, the year in full, no leading zeros (2021年6月30日).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from .quantity import StatedError

ALLOWED = "2024-03-15 2024年3月15日 2024-03 2024年3月 2024H1 2024H1末 2024 2024年度 2024年初 2024年3月上旬"

_WIDE = str.maketrans("０１２３４５６７８９．－／−　\u00a0", "0123456789.-/-  ")
_PARTS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "末": (21, 31), "底": (21, 31)}
_YEAR_PARTS = {"": (1, 12), "度": (1, 12), "初": (1, 3), "年中": (5, 7), "末": (10, 12), "底": (10, 12)}
_QUARTERS = "一二三四"
_SPACE = re.compile(r"\s+(?=00:00)|(?<!\d)\s+|\s+(?!\d)")
_AROUND = re.compile(r"^截[至止]到?|[ T]?00:00(?::00)?(?:\.0+)?$")


@total_ordering
@dataclass(frozen=True, eq=False)
class When:
    """A stated date; false where the cell is blank.

    ``value`` is the canonical text (2021-06-29, 2021-06, 2021H1, 2021年6月上旬), ``label`` the report's wording,
    ``first`` and ``last`` the days it can mean (2021年初: January to March). Ordered by those days, blanks last.
    """

    value: str = ""
    label: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def parse(cls, text: str | date) -> When:
        """Read a date as people type it, or one that a workbook gives; 截至 before it is left out.

        Raises:
            StatedError: it is no date, one without a year, or one that the calendar does not have.
        """
        if isinstance(text, date):
            return _day(text.year, text.month, text.day, str(text))
        shown = str(text).strip()
        words = _AROUND.sub("", _SPACE.sub("", shown.translate(_WIDE).strip()))
        if not words:
            return cls()
        for pattern, read in _FORMS:
            match = pattern.fullmatch(words)
            if match:
                return read(shown, **match.groupdict())
        raise StatedError(shown, _why_not(words), ALLOWED)

    def __bool__(self) -> bool:
        return self.first is not None

    def __str__(self) -> str:
        return self.label

    def __eq__(self, other: object) -> bool:
        return isinstance(other, When) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: When) -> bool:
        if not isinstance(other, When):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[date, date, str]:
        return (self.first or date.max, self.last or date.max, self.value)


def _date(shown: str, year: str | int, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise StatedError(shown, "no-such-day", ALLOWED) from None


def _last(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _day(year: str | int, month: str | int, day: str | int, shown: str = "") -> When:
    there = _date(shown, year, month, day)
    return When(there.isoformat(), f"{there.year}年{there.month}月{there.day}日", there, there)


def _a_day(shown: str, year: str, month: str, day: str) -> When:
    return _day(year, month, day, shown)


def _a_month(shown: str, year: str, month: str, part: str | None = None) -> When:
    first = _date(shown, year, month, 1)
    label = f"{first.year}年{first.month}月"
    if not part:
        return When(f"{first:%Y-%m}", label, first, first.replace(day=_last(first.year, first.month)))
    begin, end = _PARTS[part]
    last = min(end, _last(first.year, first.month))
    return When(label + part, label + part, first.replace(day=begin), first.replace(day=last))


def _months(shown: str, year: str, month: str, until: str) -> When:
    first, last = _date(shown, year, month, 1), _date(shown, year, until, 1)
    if first >= last:
        raise StatedError(shown, "no-such-day", ALLOWED)
    label = f"{first.year}年{first.month}月—{last.month}月"
    return When(label, label, first, last.replace(day=_last(last.year, last.month)))


def _a_half(shown: str, year: str, half: str, end: str | None) -> When:
    number = {"上": 1, "下": 2}.get(half) or int(half)
    first, last = _date(shown, year, 6 * number - 5, 1), date(int(year), 6 * number, (30, 31)[number - 1])
    label = f"{first.year}年{'上下'[number - 1]}半年"
    if end:
        return When(f"{first.year}H{number}末", label + "末", last, last)
    return When(f"{first.year}H{number}", label, first, last)


def _a_quarter(shown: str, year: str, quarter: str) -> When:
    number = _QUARTERS.find(quarter) + 1 or int(quarter)
    first = _date(shown, year, 3 * number - 2, 1)
    last = first.replace(month=3 * number, day=_last(first.year, 3 * number))
    return When(f"{first.year}Q{number}", f"{first.year}年第{_QUARTERS[number - 1]}季度", first, last)


def _a_year(shown: str, year: str, part: str | None = None) -> When:
    part = part or ""
    begin, end = _YEAR_PARTS[part]
    first = _date(shown, year, begin, 1)
    label = f"{first.year}年{part.removeprefix('年')}"
    return When(label if part else f"{first.year}", label, first, first.replace(month=end, day=_last(first.year, end)))


def _why_not(words: str) -> str:
    if words.startswith("="):
        return "formula"
    if words.startswith("#"):
        return "formula-error"
    if re.fullmatch(r"\d{4,5}(?:\.\d+)?", words) and 20_000 < float(words) < 80_000:
        return "date-serial"  # the count of days that a workbook keeps behind a date
    if re.fullmatch(r"\d{1,2}月.*|\d{1,2}[-/.]\d{1,2}", words):
        return "no-year"
    if re.match(r"'?\d{2}(?:年|[-/.]\d{1,2}[-/.]\d{1,2}$)", words) or re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2,4}", words):
        return "short-year"
    if re.search(r"[上下]午|\d:\d\d|\d时", words):
        return "time-of-day"
    return "no-date"


_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., When]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_YEAR}-{_MONTH}-{_DAY}", _a_day),
        (rf"{_YEAR}/{_MONTH}/{_DAY}", _a_day),
        (rf"{_YEAR}\.{_MONTH}\.{_DAY}\.?", _a_day),
        (rf"{_YEAR}年{_MONTH}月{_DAY}[日号]", _a_day),
        (rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)", _a_day),
        (rf"{_YEAR}[-/.]{_MONTH}", _a_month),
        (rf"{_YEAR}年{_MONTH}月份?(?P<part>{'|'.join(_PARTS)})?", _a_month),
        (rf"{_YEAR}年{_MONTH}月?[-—–~～至]{{1,2}}(?P<until>\d{{1,2}})月份?", _months),
        (rf"{_YEAR}-(?P<month>01)\.\.(?P<until>\d\d)", _months),
        (rf"{_YEAR}[Hh](?P<half>[12])(?P<end>末|底)?", _a_half),
        (rf"{_YEAR}年(?P<half>[上下])半年(?P<end>末|底)?", _a_half),
        (rf"{_YEAR}[Qq](?P<quarter>[1-4])", _a_quarter),
        (rf"{_YEAR}年第?(?P<quarter>[一二三四1-4])季度", _a_quarter),
        (rf"{_YEAR}", _a_year),
        (rf"{_YEAR}(?P<part>年中)", _a_year),
        (rf"{_YEAR}年(?P<part>度|初|末|底)?", _a_year),
    )
)
