"""What stands beside a rate that it may be of: the counts of its chapter, and those that its name speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .rate_bases import SHARE, stem
from .stated_rows import Row, rows_of

OF_WHOLE = re.compile(r"占比|比重|占(?![用地])")
CUT = re.compile(r"压缩|缩短|压减|精简|减少|节约|节省|节资")
MOVED = re.compile(r"增|降|同比|环比|升|(?<!核)减(?![负免税])|提速|变化|上期|上年|上月|上季|去年|提高")
WHOLES = {"%": Decimal(100), "‰": 10 * Decimal(100)}
CUT_TO = re.compile(r"[至到为]")  # 压缩至原来的27.5%
_NEAR = 40  # rows that are looked through for parts and bases


def chapters(opened: OpenedPeriod) -> Iterator[list[Row]]:
    """The rows of each chapter, in the order of the file."""
    for records in opened.records.values():
        yield from lists_by_chapter(records)


def lists_by_chapter(records: Records) -> Iterator[list[Row]]:
    """The rows of one ledger by chapter; none where a row is more than one figure."""
    found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows_of(records, least=1) if records.ledger.field(Role.MEASURE) else ():
        found[row.column, row.group].append(row)
    yield from found.values()


def may_be_counted(row: Row) -> bool:
    """Whether a row may be part or base of a rate."""
    is_amount = not row.is_rate and not row.is_average and row.quantity.origin is None
    return is_amount and row.unit not in ("分", "位", "名次") and not MOVED.search(row.measure)


def is_share(row: Row) -> bool:
    """Whether a row is a rate or share of something, and no change."""
    return (
        row.unit in WHOLES
        and bool(SHARE.match(row.measure))
        and not MOVED.search(row.measure)
        and row.quantity.origin is None
    )


def near_to(row: Row, counts: list[Row]) -> list[Row]:
    """The rows of the same subject, and else those around it."""
    own = [other for other in counts if other.subject == row.subject]
    measures = {other.measure for other in own}
    others = [other for other in counts if other not in own and other.measure in measures]
    wholes = [other for other in others if other.is_total_of_others or (other.subject and other.subject in row.measure)]
    return around(row, [*own, *wholes] if len(own) > 1 else counts)


def around(row: Row, rows: list[Row]) -> list[Row]:
    """The nearest of the rows, in the order of the file."""
    if len(rows) <= _NEAR:
        return rows
    nearest = sorted(rows, key=lambda other: abs(other.position - row.position))[:_NEAR]
    return sorted(nearest, key=lambda other: other.position)


def parts_of(row: Row, counts: list[Row]) -> list[Row]:
    """What the name says to be the part: 办结 of 办结率, or the same subject's count of 占比."""
    near, of = near_to(row, counts), stem(row)
    if len(of) > 1 and OF_WHOLE.search(row.measure):
        called = [other for other in near if of in other.measure or of in other.subject]
        if called:
            return called
    if not of or OF_WHOLE.search(row.measure):
        return around(row, [other for other in counts if other.subject == row.subject])
    named = [other for other in near if of in other.measure or of in other.subject or _common_start(of, other) > 1]
    return named or [
        other for other in near if other.subject == row.subject and of[:1] in other.subject + other.measure
    ]


def _common_start(stem: str, other: Row) -> int:
    name = re.sub(r"^(?:其中[：:]?|已|应|按期|实际)", "", other.measure)
    return max((n for n in range(1, len(stem) + 1) if stem[:n] in name), default=0)


def among_all(row: Row, counts: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """What is stated of the rate's subject, with all rows of that measure."""
    for part in around(row, [other for other in counts if other.subject == row.subject]):
        alike = [other for other in counts if other.measure == part.measure and other.unit == part.unit]
        yield part, [other for other in alike if not other.is_total]
