"""Parts of a whole that need not come to it: under 其中 none is more, counted once it is no less than any of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from ..roles import Role
from .opened_period import OpenedPeriod
from .rate_parts import chapters
from .slips import one_slip_apart, one_slip_between
from .stated_rows import PARTLY, Row, bounds_of, meet, rows_of, said, total_of
from .totals import rows_in_words

_TOTALLED = re.compile(r"总|合计|共计")
_BOTH = re.compile(r"同时|兼(?:有|具|任)|两.{0,2}[都均]|[都均]有|双重|交叉|重合|重叠")
_NEAR = Decimal("0.05")
_ADDED = re.compile(r"（.*|\(.*|[合总共]计|总?[数量]$|总(?=.)")


def parts(opened: OpenedPeriod) -> None:
    """Report what stands under 其中 and is more than the whole above it."""
    for rows in _lists(opened):
        for place, row in enumerate(rows):
            if row.is_partial and not row.is_rate:
                above = [o for o in rows[:place] if o.unit == row.unit and _may_be_of(o, row)]
                if above and row.bounds[0] > above[-1].bounds[1]:
                    row.report("part-above-whole", above[-1:], whole=str(above[-1].quantity), row=above[-1].line)


def _lists(opened: OpenedPeriod) -> Iterator[list[Row]]:
    """The rows of each chapter; in a ledger of columns those of each column."""
    yield from chapters(opened)
    for records in opened.records.values():
        if not records.ledger.field(Role.MEASURE):
            for column in records.ledger.figures:
                yield [row for row in rows_of(records) if row.column == column.field]


def _is_nested(part: Row) -> bool:
    """Whether it is part of a part: 网上申办中：全程网办."""
    match = PARTLY.match(part.measure) or PARTLY.match(part.subject)
    return bool(match and match["of"])


def _may_be_of(whole: Row, part: Row) -> bool:
    """Whether a part may be of what stands above it; 网上申办中：全程网办 is of 网上申办, itself a part, and so is what has 网上申办 for its subject."""
    match = PARTLY.match(part.measure) or PARTLY.match(part.subject)
    if match and match["of"]:
        return match["of"] in whole.measure or match["of"] in whole.subject
    return (
        _may_hold(whole, part) if not whole.is_partial else PARTLY.sub("", whole.measure).strip("：:") == part.subject
    )


def _may_hold(whole: Row, part: Row) -> bool:
    bare = part.subject.rstrip("：:") == "其中"  # the subject itself is left out: it is that of the row above
    same = _TOTALLED.sub("", whole.measure) == part.measure
    if not whole.records.ledger.field(Role.MEASURE):
        return PARTLY.match(part.subject) is not None or whole.subject == part.subject
    return bare or same or whole.subject == part.subject


def wholes(opened: OpenedPeriod) -> None:
    """Report parts under 其中 that are one slip of the pen away from the whole above them."""
    for rows in chapters(opened):
        above: list[Row] = []
        for is_partial, found in groupby(rows, key=lambda row: row.is_partial):
            near = list(found)
            if is_partial and above:
                parts = [row for row in near if row.unit == above[-1].unit and not _is_nested(row)]
                _whole(above[-1], [row for row in parts if _may_hold(above[-1], row)])
            above = near


def _whole(whole: Row, parts: list[Row]) -> None:
    apart = whole.value - total_of(row.value for row in parts)
    if (
        len(parts) < 2
        or whole.value < 100
        or meet(whole.bounds, bounds_of(parts))
        or whole.is_settled
        or any(row.is_told for row in parts)
    ):
        return
    if one_slip_apart(whole, parts):
        difference = said(apart, whole)
        whole.report("total-near", parts, row=whole.line, parts=rows_in_words(parts), difference=difference)


def counted_once(opened: OpenedPeriod) -> None:
    """Report what counts nothing twice (不重复计数) and is less than one of the rows it is of, or more than all of them.

    A total over rows that say that they overlap is no less than any of them either.
    """
    for rows in chapters(opened):
        for whole, parts in _overlapping(rows):
            largest, summed = max(parts, key=lambda row: row.value), bounds_of(parts)
            if whole.bounds[1] < largest.bounds[0] or (whole.counts_once and whole.bounds[0] > summed[1]):
                least, most = str(largest.quantity), said(total_of(row.value for row in parts), whole)
                whole.report("once-apart", [largest], row=largest.line, least=least, most=most)


def unions(opened: OpenedPeriod) -> None:
    """Report all that are counted once of two kinds, where they are not both kinds less those that are in both."""
    for rows in chapters(opened):
        for place, both in enumerate(rows[2:-1], 2):
            if _BOTH.search(both.measure):
                beside = rows[place - 2 : place + 2]
                if len({(row.subject, row.unit) for row in beside}) == 1 and not any(row.is_settled for row in beside):
                    _union(beside[:2], both, beside[3])


def _union(kinds: list[Row], both: Row, whole: Row) -> None:
    low, high = bounds_of(kinds)
    is_wrong = not meet(whole.bounds, (low - both.bounds[1], high - both.bounds[0]))
    given = total_of(row.value for row in kinds) - both.value
    is_near = abs(whole.value - given) <= _NEAR * given
    if is_wrong and (whole.counts_once or is_near or one_slip_between([whole, both], kinds)):
        lines, difference = rows_in_words(kinds), said(whole.value - given, whole)
        whole.report(
            "union-apart", [*kinds, both], lines=lines, both=both.line, given=said(given, whole), difference=difference
        )


def _overlapping(rows: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    if not any(row.counts_once or row.overlaps for row in rows):
        return
    for whole in (row for row in rows if (row.counts_once or row.is_total) and not row.is_settled):
        alike = [row for row in rows if row is not whole and row.unit == whole.unit]
        if whole.counts_once:
            parts = [row for row in alike if _called(row) == _called(whole)]
        else:
            parts = [row for row in alike if row.overlaps and row.subject == whole.subject]
        if len(parts) > 1 and not any(row.counts_once for row in parts):
            yield whole, parts


def _called(row: Row) -> str:
    return _ADDED.sub("", row.measure)


CHECKS = (parts, wholes, counted_once, unions)
