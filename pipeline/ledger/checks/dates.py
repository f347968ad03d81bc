"""Dates against the period."""

from __future__ import annotations

import re

from ...facts.when import When
from ...period import Period
from ..columns import DATE
from ..roles import Role
from .opened_period import OpenedPeriod

_AHEAD = re.compile(r"期限|截止|到期|有效|计划|拟|预计|开庭|届满|[止终]")  # what may lie after the report
_WHOLE_YEAR = 360  # days: a figure of a year may be reported in the period after it


def in_period(opened: OpenedPeriod) -> None:
    """Report dates that lie outside the period; a whole year that has ended is none of them."""
    for records in opened.records.values():
        for column in records.ledger.columns:
            if column.kind == DATE and column.in_period:
                dates = records.dates(column.field)
                for code, when in enumerate(dates.values):
                    if when and _outside(when, opened.period):
                        period = opened.period
                        records.report(
                            "outside-period",
                            dates.positions(code),
                            column.field,
                            str(when),
                            period=period.label,
                            first=period.first,
                            last=period.last,
                        )


def _outside(when: When, period: Period) -> bool:
    if when.first is None or when.last is None:
        return False
    before = when.last < period.first and (when.last - when.first).days < _WHOLE_YEAR
    return before or when.first > period.last


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
                        told = {"period": period.label, "first": period.first, "last": period.last}
                        records.report("outside-period", dates.positions(code), column.field, str(when), **told)


def _exchanged(when: When, period: Period) -> bool:
    year = when.first.year if when.first else period.year
    return abs(year - period.year) > 1 and sorted(str(year)) == sorted(str(period.year))


def year_before(opened: OpenedPeriod) -> None:
    """Report a yearly ledger that leaves out the calendar year before the period's, unless a remark says why."""
    wanted = opened.period.year - 1
    for records, year in opened.having(Role.AS_OF):
        if records.ledger.yearly:
            covered = {when.first.year for when in records.dates(year).values if when}
            if wanted not in covered and not all(records.coded(records.ledger.field(Role.NOTE)).spread()):
                years = tuple(map(str, sorted(covered)))
                records.report("year-not-covered", [], year, wanted=wanted, years=years or ("—",))


CHECKS = (
    in_period,
    misdated,
    year_before,
)
