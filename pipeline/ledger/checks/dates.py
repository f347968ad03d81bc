"""Dates against the period."""

from __future__ import annotations

import re
from typing import Any

from ...facts.when import When
from ...period import Period
from ..columns import DATE
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod

_AHEAD = re.compile(r"期限|截止|到期|有效|计划|拟|预计|开庭|届满|[止终]")  # what may lie after the report
_OF_A_YEAR = ("本年累计", "开办以来累计", "时点")  # 口径 that say a whole earlier year is meant
_WHOLE_YEAR = 360  # days


def in_period(opened: OpenedPeriod) -> None:
    """Report dates that lie outside the period; of a whole earlier year only where the row's 口径 does not say that it is meant."""
    for records in opened.records.values():
        basis, measure = records.ledger.field(Role.BASIS), records.ledger.field(Role.MEASURE)
        for column in records.ledger.columns:
            if column.kind == DATE and column.in_period:
                texts = [records.coded(name) for name in (measure, basis) if name]
                dated = combined([records.dates(column.field), *texts])
                for code, (when, *said) in enumerate(dated.values):
                    bases = said[1:] if measure else said
                    if (
                        when
                        and not (measure and _is_named(when, said[0]))
                        and (fault := _fault(when, opened.period, bases))
                    ):
                        _tell(records, fault, dated.positions(code), column.field, when, opened.period)


def _fault(when: When, period: Period, bases: list[str]) -> str:
    """The code of what is wrong with a date, "" where nothing is."""
    if when.first is None or when.last is None:
        return ""
    if when.last < period.first and (when.last - when.first).days >= _WHOLE_YEAR and bases:
        return "" if bases[0] in _OF_A_YEAR else "earlier-year"
    return "outside-period" if when.last < period.first or when.first > period.last else ""


def _is_named(when: When, measure: str) -> bool:
    """Whether the measure says the year of the date: 截至2020年底."""
    years = {day.year for day in (when.first, when.last) if day}
    return len(years) == 1 and f"{years.pop()}年" in measure


def _tell(records: Records, fault: str, rows: Any, name: str, when: When, period: Period) -> None:
    records.report(fault, rows, name, str(when), period=period.label, first=period.first, last=period.last)


def misdated(opened: OpenedPeriod) -> None:
    """Report days that are yet to come, and years whose digits are exchanged, where any day before may be right."""
    period = opened.period
    for records in opened.records.values():
        documents = bool(records.ledger.field(Role.DOCUMENT_NAME))
        for column in records.ledger.columns:
            if column.kind == DATE and not column.in_period and not _AHEAD.search(column.heading):
                dates = records.dates(column.field)
                for code, when in enumerate(dates.values):
                    if when and (when.first > period.last or (not documents and _exchanged(when, period))):
                        _tell(records, "outside-period", dates.positions(code), column.field, when, period)


def _exchanged(when: When, period: Period) -> bool:
    year = when.first.year if when.first else period.year
    return abs(year - period.year) > 1 and sorted(str(year)) == sorted(str(period.year))


def year_before(opened: OpenedPeriod) -> None:
    """Report a yearly ledger that leaves out the calendar year before the period's, unless a remark says why.

    A period that ends its year may be told of that year as well.
    """
    wanted = opened.period.year - 1
    enough = {wanted, opened.period.year} if opened.period.last.month == 12 else {wanted}
    for records, year in opened.having(Role.AS_OF):
        if records.ledger.yearly:
            covered = {when.first.year for when in records.dates(year).values if when}
            if not enough & covered and not all(records.coded(records.ledger.field(Role.NOTE)).spread()):
                years = tuple(map(str, sorted(covered)))
                records.report("year-not-covered", [], year, wanted=wanted, years=years or ("—",))


CHECKS = (
    in_period,
    misdated,
    year_before,
)
