"""Dates against the half-year."""

from __future__ import annotations

from ...facts.when import When
from ...period import Period
from ..columns import DATE
from ..roles import Role
from .halfyear import HalfYear

_WHOLE_YEAR = 360  # days: a figure of a year may be reported in the half-year after it


def in_period(half_year: HalfYear) -> None:
    """Report dates that lie outside the half-year; a whole year that has ended is none of them."""
    for records in half_year.records.values():
        for column in records.ledger.columns:
            if column.kind == DATE and column.in_period:
                dates = records.dates(column.field)
                for code, when in enumerate(dates.values):
                    if when and _outside(when, half_year.period):
                        period = half_year.period
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


def year_before(half_year: HalfYear) -> None:
    """Report a yearly ledger that leaves out the calendar year before the half-year's, unless a remark says why."""
    wanted = half_year.period.year - 1
    for records, year in half_year.having(Role.AS_OF):
        if records.ledger.yearly:
            covered = {when.first.year for when in records.dates(year).values if when}
            if wanted not in covered and not all(records.coded(records.ledger.field(Role.NOTE)).spread()):
                years = tuple(map(str, sorted(covered)))
                records.report("year-not-covered", [], year, wanted=wanted, years=years or ("—",))


CHECKS = (
    in_period,
    year_before,
)
