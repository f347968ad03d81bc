"""Lists of two levels whose upper one has no name for it: each row of it stands above those that it is the sum of."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from .opened_period import OpenedPeriod
from .slips import one_slip_apart
from .stated_rows import Row, bounds_of, meet, said, total_of
from .totals import lists_of, rows_in_words

_NEAR = 50  # the part of a whole that it may lack
_LEAST = 100  # smaller ones are sums of what follows them by chance


def tiers(opened: OpenedPeriod) -> None:
    """Report the one upper row that those under it do not come to, where two others or more, or a total over them, are held."""
    for records in opened.records.values():
        for rows in lists_of(records):
            for _, found in groupby(rows, key=lambda row: row.measure):
                listed = [row for row in found if not row.is_partial]
                totals = [row for row in rows if row.is_total and row not in listed]
                _hold(listed, *_tiers(listed), totals)


def _hold(listed: list[Row], upper: list[Row], loose: list[Row], totals: list[Row]) -> None:
    """Hold the row on top, or a total elsewhere, to the upper ones (and one with nothing under it), and rows that are left to the first of them."""
    is_on_top = bool(loose) and loose[0] is listed[0]
    tops = totals or (loose[:1] if is_on_top else [])
    if len(upper) > 1 and len(tops) == 1 and loose in ([], tops):
        if not meet(tops[0].bounds, bounds_of(upper)) and one_slip_apart(tops[0], upper):
            _tell(tops[0], upper)
        return
    beside = [row for row in loose if row not in tops]
    if len(upper) > 1 and len(tops) == 1 and len(beside) == 1:
        parts = sorted([*upper, *beside], key=lambda row: row.position)
        apart = abs(tops[0].value - total_of(row.value for row in parts))
        is_near = apart * _NEAR <= tops[0].value or one_slip_apart(tops[0], parts)
        if is_near and not meet(tops[0].bounds, bounds_of(parts)):
            _tell(tops[0], parts)
        return
    for some in (loose, loose[1:] if is_on_top else []):
        if upper and len(some) > 2 and _are_neighbours(some, listed):
            first, under = some[0], some[1:]
            over = [top for top in tops if top is not first]
            sums = bounds_of([*upper, first]), bounds_of([*upper, *under])
            is_of_top = any(meet(top.bounds, summed) for top in over for summed in sums)
            if is_of_top or (len(upper) > 1 and one_slip_apart(first, under)):
                _tell(first, under)
                return


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
    low = high = Decimal(0)
    for count, row in enumerate(rows if upper.value >= _LEAST else (), 1):
        low, high = low + row.bounds[0], high + row.bounds[1]
        if count > 1 and meet(upper.bounds, (low, high)):
            return count
        if low > upper.bounds[1] and row.value >= 0:
            return 0
    return 0


def _are_neighbours(some: list[Row], rows: list[Row]) -> bool:
    first = rows.index(some[0])
    return rows[first : first + len(some)] == some


def _tell(upper: Row, under: list[Row]) -> None:
    if max(upper.value, total_of(row.value for row in under)) >= _LEAST and not upper.is_settled:
        difference = said(upper.value - total_of(row.value for row in under), upper)
        upper.report("total-near", under, row=upper.line, parts=rows_in_words(under), difference=difference)


CHECKS = (tiers,)
