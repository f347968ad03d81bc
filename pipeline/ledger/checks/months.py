"""Quarters, half-years and what came since January beside the months or quarters that they are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from .opened_period import OpenedPeriod
from .slips import one_slip_apart
from .spans import Span, span_of, thing
from .stated_rows import Row, bounds_of, meet, said, total_of
from .totals import lists_of, rows_in_words

_LEVEL = "开办以来累计"
_MOSTLY, _LEAST = Decimal("0.6"), 100  # of the parts: what is less is a level, or counted once
_LENGTHS = (1, 3, 6)  # of a month, a quarter and half a year
Months = tuple[int, int]  # the first and the last


def months(opened: OpenedPeriod) -> None:
    """Report the first span of months that is not what the months or quarters in it come to."""
    for records in opened.records.values():
        for rows in lists_of(records, running_too=True):
            for known in _by_thing(rows):
                wrong = next((each for each in _spans(known) if _is_wrong(*each)), None)
                if wrong:
                    _tell(*wrong[:2])


def _by_thing(rows: list[Row]) -> Iterator[dict[Months, Row]]:
    """The rows of each thing by the months they are of; none of a thing with one span stated twice."""
    found: dict[tuple[str, ...], list[tuple[Span, Row]]] = defaultdict(list)
    for row in rows:
        span = span_of(row) if row.basis != _LEVEL else None
        if span:
            found[thing(row)].append((span, row))
    for pairs in found.values():
        known = {(span.first, span.last): row for span, row in pairs}
        if len(known) == len(pairs):
            yield known


def _spans(known: dict[Months, Row]) -> Iterator[tuple[Row, list[Row], bool]]:
    """Each longer span, the shortest first, with its parts, and whether all of them are stated."""
    for first, last in sorted(known, key=lambda months: months[1] - months[0]):
        for length in _LENGTHS:
            wanted = [(start, start + length - 1) for start in range(first, last + 1, length)]
            parts = [known[each] for each in wanted if each in known]
            if len(wanted) > 1 and wanted[-1][1] == last and len(parts) > 1:
                yield known[first, last], parts, len(parts) == len(wanted)


def _is_wrong(whole: Row, parts: list[Row], is_all: bool) -> bool:
    """Whether the parts do not come to a whole that is no level, or come to more where some are not stated."""
    low, high = bounds_of(parts)
    if whole.is_settled or any(row.is_told for row in parts) or meet(whole.bounds, (low, high)):
        return False
    is_sum = whole.value >= low * _MOSTLY or (whole.value >= _LEAST and one_slip_apart(whole, parts))
    return is_sum and (is_all or low > whole.bounds[1])


def _tell(whole: Row, parts: list[Row]) -> None:
    difference = said(whole.value - total_of(row.value for row in parts), whole)
    whole.report("total-near", parts, row=whole.line, parts=rows_in_words(parts), difference=difference)


CHECKS = (months,)
