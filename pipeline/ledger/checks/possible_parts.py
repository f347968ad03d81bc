"""Which rows may be the parts of a total: those since the last one, above or below, of its measure, of its subject, of narrower ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from .stated_rows import Row

_WORDS_OF_TOTALS = re.compile(r"[合总共]计|^共|总|数量|[数量额]$")
_FIRST_FEW = re.compile(r"前[一二三四五六七八九十\d]{1,2}[类项名位个大种]")
_SET_APART = re.compile(r"[不未](?:计|列|纳)入(?:$|[^，。；]{0,6}[总计])|另行?(?:统计|计)")


def candidates(total: Row, rows: list[Row]) -> Iterator[list[Row]]:
    """The rows that may be a total's parts, the likeliest first; before all others without those that say they are none."""
    counted = [row for row in rows if row is total or not is_set_apart(row)]
    yield from _candidates(total, counted)
    if len(counted) < len(rows):
        yield from _candidates(total, rows)


def _candidates(total: Row, rows: list[Row]) -> Iterator[list[Row]]:
    place, called = rows.index(total), called_without_total(total)
    above, below = rows[:place], rows[place + 1 :]
    for near in (above[::-1], below):
        until = [row for _, row in _until_total(near)]
        yield _like(total, until)
        yield until
        yield [row for row in until if len(called) > 1 and called in row.measure]
        yield [row for row in near if row.is_total]
        yield [row for row in until if not row.is_partial]
        through = list(_through_subtotals(near))
        yield through
        yield [row for row in through if not row.is_partial]
        yield [row for row in until if row.subject == total.subject]
        for count in range(2, min(len(near), 12) + 1):
            yield near[:count]
    others = above + below
    yield [row for row in others if row.measure == total.measure]
    yield [row for row in others if row.measure == total.measure and row.as_of == total.as_of]
    yield [row for row in others if row.measure == total.measure and not row.is_total]


def _until_total(near: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(near):
        if row.is_total:
            return
        yield number, row


def _through_subtotals(near: list[Row]) -> Iterator[Row]:
    """Rows with 小计 in place of what is under it."""
    for is_partial, rows in groupby(near, key=lambda row: row.is_partial):
        if not is_partial:
            yield from rows


def called_without_total(row: Row) -> str:
    """Its measure without the words for totals: 窗口 of 窗口总数."""
    return _WORDS_OF_TOTALS.sub("", row.measure)


def is_set_apart(row: Row) -> bool:
    """Whether it says itself that it is in no total."""
    named = _SET_APART.search(row.subject + row.measure) or _SET_APART.search(row.note)
    return bool(named) or is_first_few(row)


def is_first_few(row: Row) -> bool:
    """Whether it is of the first few of a list together: 前三类."""
    return bool(_FIRST_FEW.search(row.subject + row.measure))


def _like(total: Row, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.measure == total.measure]


def of_places(total: Row, rows: list[Row]) -> list[Row]:
    """What stands beside a total of a wider subject, its measure that of the total without the words for it: 窗口 of 窗口总数."""
    what, place = called_without_total(total), rows.index(total)
    for near in (rows[:place][::-1], rows[place + 1 :]):
        until = [row for _, row in _until_total(near) if not is_set_apart(row)]
        parts = [row for row in until if row.measure == until[0].measure and row.subject != total.subject]
        measures, dates = {row.measure for row in parts}, {row.as_of for row in (total, *parts)}
        alike = len(measures) == len(dates) == 1 and not any(row.is_partial for row in parts)
        apart = len({row.subject for row in (total, *parts)}) == len(parts) + 1
        if alike and apart and (not what or what.endswith(called_without_total(parts[0]) or "-")):
            return parts
    return []


def all_beside(total: Row, rows: list[Row]) -> Iterator[list[Row]]:
    """All rows of a total's subject, and all of its measure, where there are two or more."""
    for name in ("subject", "measure"):
        parts = [row for row in rows if row is not total and getattr(row, name) == getattr(total, name)]
        if len(parts) > 1 and not any(row.is_total or row.is_partial or is_set_apart(row) for row in parts):
            yield parts
