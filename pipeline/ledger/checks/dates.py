"""Dates against the period."""

from __future__ import annotations

from ...facts.when import When
from ...period import Period
from ..columns import DATE
from ..roles import Role
from .opened_period import OpenedPeriod

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
    year_before,
)
