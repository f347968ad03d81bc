"""Months, quarters and years that a text names without a source of their own: those of the period and of cited cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache

from ..document.passages import Passage
from ..document.sentences import sentences
from ..document.source_rows import rows_of
from ..facts import Cell
from ..period import Period
from .ledgers import Ledgers

NO_DIGIT_BEFORE = "(?<![\\d０-９])"
_EARLIER = re.compile(r"(?<!\S)\.\./([^/]+)/")
_MOST_ROWS = 12
_HAN = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_PART_OF_MONTH = "(?:份|初|末|底|上旬|中旬|下旬)?"


def within(first: date, last: date) -> str:
    """An expression for every month, run of months and quarter from ``first`` to ``last``, and for their year."""
    months = range(first.month, last.month + 1) if first.year == last.year else range(0)
    month, runs = (
        f"(?:{'|'.join(map(_month, months))})月",
        [f"{_month(one)}月?[至到—–~～-]{{1,2}}(?:{after})月份?" for one, after in _runs(months)],
    )
    quarters = [number for number in range(1, 5) if {3 * number - 2, 3 * number} <= {*months}]
    said = [*runs, month + _PART_OF_MONTH + r"(?!\d)"] if months else []
    said += [f"第?{_month(number)}季度" for number in quarters]
    said += ["前(?:3|三)季度"] if {1, 9} <= {*months} else []
    in_year = [f"(?:{first.year}年)?(?:{'|'.join(said)})"] if said else []
    return "|".join([*in_year, *map(year_said, dict.fromkeys((first.year, last.year)))])


def year_said(year: int) -> str:
    """An expression for a year by itself: not the beginning of one of its months."""
    return rf"{year}年(?:度|末|初|底)?(?![\d０-９])(?!第?\d+月)"


def cited_dates(passage: Passage, at: int, ledgers: Ledgers) -> Iterator[tuple[int, int, str]]:
    """(start, end, source) of each stretch that names the date of a cell which the sentence around ``at`` cites."""
    for sentence in sentences(passage.text):
        if sentence.start() <= at < sentence.end():
            for mark in passage.marks:
                if mark.kind == "fact" and sentence.start() <= mark.start < sentence.end():
                    source = mark.said("data-source")
                    for pattern in _dates_of(source, ledgers):
                        found = re.compile(pattern).finditer(passage.text, sentence.start(), sentence.end())
                        yield from ((*match.span(), source) for match in found)


def drawn_dates(passage: Passage, ledgers: Ledgers) -> Iterator[tuple[int, int, str]]:
    """(start, end, source) of each stretch in a chart's words that names the date or the period of a cell behind it."""
    if passage.place.kind not in ("label", "alternative"):
        return
    for source in dict.fromkeys(fact.sources for fact in passage.carried):
        for pattern in _dates_of(source, ledgers):
            found = re.compile(pattern).finditer(passage.text)
            yield from ((*match.span(), source) for match in found)
        years = {str(period.year) for period in _periods(source)}
        if passage.place.kind == "label" and passage.text in years:  # of an axis, above the half-years of each
            yield 0, len(passage.text), source


def _dates_of(source: str, ledgers: Ledgers) -> Iterator[str]:
    """An expression for the date of each cell that a fact names, and for the earlier period whose ledger it is in."""
    for cell in _cells(source):
        record = ledgers.record(cell)
        when = record.dated if record else None
        if when and when.first and when.last:
            yield NO_DIGIT_BEFORE + f"(?:{_day(when.first, when.last)}{within(when.first, when.last)})"
    for period in _periods(source):
        yield NO_DIGIT_BEFORE + f"(?:{within(period.first, period.last)})"


def _cells(source: str) -> Iterator[Cell]:
    """The cells that a fact names, of a long stretch the first."""
    with suppress(ValueError):
        for rows in rows_of(source):
            for row in range(rows.first, min(rows.last, rows.first + _MOST_ROWS) + 1):
                yield Cell(rows.table, rows.column, row)


def _periods(source: str) -> Iterable[Period]:
    """The earlier periods whose ledgers a fact names."""
    named = (Period.named(name) for name in _EARLIER.findall(source))
    return dict.fromkeys(period for period in named if period)


def _day(first: date, last: date) -> str:
    return f"(?:{first.year}年)?{first.month}月{first.day}日|" if first == last else ""


def _runs(months: range) -> Iterator[tuple[int, str]]:
    """Each month with those after it, as an expression."""
    for month in months[:-1]:
        yield month, "|".join(map(_month, range(month + 1, months[-1] + 1)))


@cache
def _month(number: int) -> str:
    return f"(?:0?{number}|{_HAN[number - 1]})"
