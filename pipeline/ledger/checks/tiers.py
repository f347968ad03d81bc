"""Lists of two levels whose upper one has no name for it: each row of it stands above those that it is the sum of."""

from __future__ import annotations

from itertools import groupby

from .opened_period import OpenedPeriod
from .slips import one_slip_apart
from .stated_rows import Row, bounds_of, meet, said, total_of
from .totals import lists_of, rows_in_words

_LEAST = 100  # smaller ones are sums of what follows them by chance


def tiers(opened: OpenedPeriod) -> None:
    """Report the one upper row that those under it do not come to, where two others or more are held."""
    for records in opened.records.values():
        for rows in lists_of(records):
            for _, found in groupby(rows, key=lambda row: row.measure):
                listed = [row for row in found if not row.is_total]
                upper, loose = _tiers(listed)
                totals = [row for row in rows if row.is_total]
                if len(upper) > 1:
                    _uppermost(totals, upper) if not loose else _loose(totals, upper, loose, listed)


def _uppermost(totals: list[Row], upper: list[Row]) -> None:
    """Hold a total over them that is one slip apart from them."""
    if len(totals) == 1 and not meet(totals[0].bounds, bounds_of(upper)) and one_slip_apart(totals[0], upper):
        _tell(totals[0], upper)


def _loose(totals: list[Row], upper: list[Row], loose: list[Row], rows: list[Row]) -> None:
    """Hold rows that are left to the first of them, where a total says that it is an upper one, or one slip explains it."""
    if len(loose) > 2 and _are_neighbours(loose, rows):
        summed = bounds_of([*upper, loose[0]])
        if any(meet(total.bounds, summed) for total in totals) or one_slip_apart(loose[0], loose[1:]):
            _tell(loose[0], loose[1:])


def _tiers(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that are the sum of those that follow, and those that are neither such a sum nor in one."""
    upper: list[Row] = []
    loose: list[Row] = []
    place = 0
    while place < len(rows):
        under = _under(rows[place], rows[place + 1 :])
        (upper if under else loose).append(rows[place])
        place += 1 + under
    return upper, loose


def _under(upper: Row, rows: list[Row]) -> int:
    """How many of the rows that follow come to it."""
    counts = range(2, len(rows) + 1) if upper.value >= _LEAST else ()
    return next((count for count in counts if meet(upper.bounds, bounds_of(rows[:count]))), 0)


def _are_neighbours(some: list[Row], rows: list[Row]) -> bool:
    first = rows.index(some[0])
    return rows[first : first + len(some)] == some


def _tell(upper: Row, under: list[Row]) -> None:
    if max(upper.value, total_of(row.value for row in under)) >= _LEAST and not upper.is_settled:
        difference = said(upper.value - total_of(row.value for row in under), upper)
        upper.report("total-near", under, row=upper.line, parts=rows_in_words(under), difference=difference)


CHECKS = (tiers,)
