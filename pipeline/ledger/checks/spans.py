"""Spans of time that stand in the names of rows (4月, 1—6月, 二季度, 上半年, 2021年), and rows that run on through them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from .stated_rows import Row

_TO = r"月?(?:—{1,2}|–|-|~|～|至|到)"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WRITTEN = re.compile(
    rf"(?:(?P<year>20\d\d)年度?)?(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|前三季度(?P<three>)|全年|"
    rf"(?:(?P<first>\d{{1,2}}){_TO})?(?P<last>\d{{1,2}})月(?:份|[末底])?)?"
)
_FROM_JANUARY = re.compile(rf"(?<!\d)1{_TO}\d{{1,2}}月")
_NO_THING = re.compile(r"本年|今年|年初以来|开办以来|累计|当月|本月|单月|当期|本期|共")
_DATED = re.compile(r"(20\d\d)-(\d\d)(?:-\d\d)?")
_RUNNING = ("本年累计", "开办以来累计")


@dataclass(frozen=True, order=True)
class Span:
    """Months of a year, both included; the year is 0 where the name leaves it out."""

    year: int
    last: int
    first: int

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last - self.first + 1

    @property
    def before(self) -> Span:
        """The span of the same length that ends where this one begins."""
        months = self.months
        if self.first > months:
            return Span(self.year, self.last - months, self.first - months)
        return Span(self.year - 1 if self.year else 0, self.last - months + 12, self.first - months + 12)

    @property
    def year_before(self) -> Span:
        """The same months a year ago."""
        return Span(self.year - 1, self.last, self.first)


def span_in(name: str) -> Span | None:
    """The first span that a name speaks of."""
    for match in _WRITTEN.finditer(name):
        if match[0]:
            return _span(match)
    return None


def _span(match: re.Match[str]) -> Span:
    year = int(match["year"] or 0)
    if match["quarter"]:
        last = 3 * _QUARTERS[match["quarter"]]
        return Span(year, last, last - 2)
    if match["half"]:
        return Span(year, 6, 1) if match["half"] == "上" else Span(year, 12, 7)
    if match["three"] is not None:
        return Span(year, 9, 1)
    if match["last"]:
        return Span(year, int(match["last"]), int(match["first"] or match["last"]))
    return Span(year, 12, 1)


def without_span(name: str) -> str:
    """A name without the spans in it."""
    return _WRITTEN.sub("", name)


def span_of(row: Row) -> Span | None:
    """The span that a row's subject, measure or class names."""
    return next(filter(None, map(span_in, (row.subject, row.measure, *row.classed))), None)


def month_of(row: Row) -> Span | None:
    """The span of a row; where no name says it, the month of its date."""
    match = _DATED.fullmatch(row.as_of)
    return span_of(row) or (Span(int(match[1]), int(match[2]), int(match[2])) if match else None)


def running_totals(rows: list[Row]) -> list[list[Row]]:
    """Rows of one thing, each with what the one before it has and more, in the order of time."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if _is_running(row) and until(row):
            found[thing(row)].append(row)
    chains = (sorted(chain, key=until) for chain in found.values())
    return [chain for chain in chains if len({until(row) for row in chain}) == len(chain) > 1]


def _is_running(row: Row) -> bool:
    names = row.subject + row.measure
    return "累计" in names or row.basis in _RUNNING or bool(_FROM_JANUARY.search(names))


def until(row: Row) -> str:
    """Up to when it counts, as text that sorts."""
    span = span_of(row)
    return f"{span.year or row.as_of[:4]}-{span.last:02}" if span else row.as_of


def thing(row: Row) -> tuple[str, ...]:
    """What it counts, whatever the months."""
    year = "" if row.basis == _RUNNING[1] else until(row).partition("-")[0]
    return (year, *(_NO_THING.sub("", without_span(name)) for name in (row.subject, row.measure, *row.classed)))
