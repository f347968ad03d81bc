"""Rates whose part and base stand in another chapter, or in the ledger of that name: 行政许可 许可率 of 行政许可."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..roles import Role
from .opened_period import OpenedPeriod
from .rate_bases import stem
from .rate_parts import WHOLES, chapters, is_share, may_be_counted
from .rates_meant import BASE, share, tell_ratio
from .ratios import is_rate_of
from .slips import could_be
from .stated_rows import Row, half_place, rows_of


def rates_elsewhere(opened: OpenedPeriod) -> None:
    """Report a rate that stands alone in its chapter, where what it is of stands elsewhere and gives another."""
    alone = list(_alone(opened))
    counts = _counts(opened, {row.subject for row in alone}) if alone else {}
    for row in alone:
        pairs = list(_pairs(row, counts.get(row.subject, [])))
        if not pairs or row.is_settled or any(is_rate_of(row, (part,), base) for part, base in pairs):
            continue
        part, base = min(pairs, key=lambda pair: abs(share(row, *pair) - row.value))
        if BASE.search(base.measure) or could_be(row.quantity, share(row, part, base), half_place(row.quantity)):
            tell_ratio(row, part, base, WHOLES[row.unit])


def _alone(opened: OpenedPeriod) -> Iterator[Row]:
    for rows in chapters(opened):
        beside = {row.subject for row in rows if may_be_counted(row)}
        yield from (row for row in rows if row.subject and is_share(row) and row.subject not in beside)


def _counts(opened: OpenedPeriod, wanted: set[str]) -> dict[str, list[Row]]:
    """The counts of these subjects in any chapter, and the columns of ledgers of that name."""
    found: dict[str, list[Row]] = defaultdict(list)
    for records in opened.records.values():
        listed = bool(records.ledger.field(Role.MEASURE))
        if listed or records.ledger.sheet in wanted:
            for row in rows_of(records, least=1):
                if may_be_counted(row):
                    found[row.subject if listed else records.ledger.sheet].append(row)
    return found


def _pairs(row: Row, counts: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Each part that the rate is called by with each base of the same list, or of the same line of a ledger."""
    for part in counts:
        for base in counts if stem(row) and stem(row)[:2] in part.measure else ():
            one_place = part.records is base.records and (part.column == base.column or part.position == base.position)
            if one_place and base is not part and base.unit == part.unit and base.value > part.value:
                yield part, base


CHECKS = (rates_elsewhere,)
