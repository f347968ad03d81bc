"""Several divisions of one whole: by sex and by age, each of which comes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from .opened_period import OpenedPeriod
from .possible_parts import is_set_apart
from .slips import is_round, one_slip_apart
from .stated_rows import Row, bounds_of, meet, said, total_of
from .totals import lists_of, rows_in_words

_OF = re.compile(r"(?P<division>.{2,8})[：:].|(?P<by>[按分][^（(：:]{2,6})[（(]")
_LEAST, _LEAST_NAMED = 100, 20  # smaller wholes are sums of neighbours by chance
_LONG, _SHORT = 1000, 3  # with so many digits a few of the rest will do
_FEW, _MOST = 4, 30  # rows of a list
_SOMEWHAT = 5  # per cent by which parts of a division may be off


def divisions(opened: OpenedPeriod) -> None:
    """Report the one division of a whole that does not come to it, where the others do."""
    for records in opened.records.values():
        for rows in lists_of(records):
            listed = [row for row in rows if not is_set_apart(row) and not row.counts_once]
            for whole, divided in _divided(listed):
                held = [meet(whole.bounds, bounds_of(parts)) for parts in divided]
                wrong = [parts for parts, holds in zip(divided, held, strict=True) if not holds]
                is_whole = not any(held) and all(meet(bounds_of(divided[0]), bounds_of(parts)) for parts in divided)
                if ((len(wrong) == 1 and any(held)) or is_whole) and _is_slipped(whole, wrong[0]):
                    _tell(whole, wrong[0])
                    break


def _divided(rows: list[Row]) -> Iterator[tuple[Row, list[list[Row]]]]:
    """The first row, or the last, with the rest of its list as divided by name; or in any two parts of neighbours."""
    named = [list(found) for name, found in groupby(rows, key=_division) if name]
    others = [row for row in rows if not _division(row)]
    if len(named) > 1 and all(len(parts) > 1 for parts in named):
        sums = [bounds_of(parts) for parts in named]
        whole = next((row for row in others if any(meet(row.bounds, summed) for summed in sums)), None)
        yield from ((row, named) for row in ([whole] if whole else others[:1]))
        return
    for whole, rest in ((rows[0], rows[1:]), (rows[-1], rows[:-1])) if len(rows) > _FEW else ():
        if whole.value >= (_LEAST_NAMED if whole.is_total else _LEAST) and len(rest) <= _MOST:
            yield from ((whole, divided) for divided in _in_two(whole, rest))


def _in_two(whole: Row, rest: list[Row]) -> Iterator[list[list[Row]]]:
    """The rows of a list in two parts of neighbours, of which the first or the last comes to the whole, or each to the other."""
    if any(row.is_total or row.is_partial for row in rest) or is_round(whole, rest):
        return
    for rows in (rest, rest[::-1]):
        low = high = Decimal(0)
        half = total_of(row.value for row in rows) / 2
        for at, row in enumerate(rows, 1):
            low, high = low + row.bounds[0], high + row.bounds[1]
            if low == high == half and 1 < at < len(rows) - 1:
                yield [rows[:at], rows[at:]]
            if 1 < at < len(rows) - 1 and meet(whole.bounds, (low, high)):
                least = 2 if whole.value >= _LONG else len(rows) - at
                most = min(len(rows) - at, max(least, _SHORT))
                others = [rows[at : at + many] for many in range(least, most + 1)]
                if not any(meet(whole.bounds, bounds_of(parts)) for parts in others):
                    yield from ([rows[:at], parts] for parts in others)


def _division(row: Row) -> str:
    """By what a row divides its whole: 性别 of 性别：男."""
    match = _OF.match(row.subject) or _OF.match(row.measure)
    return (match["division"] or match["by"]) if match else ""


def _is_slipped(whole: Row, parts: list[Row]) -> bool:
    apart = abs(whole.value - total_of(row.value for row in parts))
    is_near = bool(_division(parts[0])) and apart * 100 <= _SOMEWHAT * whole.value
    return not whole.is_settled and not any(row.is_told for row in parts) and (is_near or one_slip_apart(whole, parts))


def _tell(whole: Row, parts: list[Row]) -> None:
    difference = said(whole.value - total_of(row.value for row in parts), whole)
    whole.report("total-near", parts, row=whole.line, parts=rows_in_words(parts), difference=difference)


CHECKS = (divisions,)
