"""One thing stated in several places: in two chapters, in two ledgers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .stated_rows import TOTAL, Bounds, Row, bounds_of, meet, rows_of

_TOTALLED = re.compile(r"(?:合计|总计|共计|总数|总量|总额)$")
_TIMES = ("场", "次", "场次")
_NUMBER = re.compile(r"(?:共|累计)?(?:开展|举办|组织|场次|次数|数量|总数|活动|场数)*")
Key = tuple[frozenset[str], str]


def levels(opened: OpenedPeriod) -> None:
    """Report a figure that another chapter or ledger states otherwise of the same subject, measure, unit and date."""
    stated = [row for records in opened.records.values() for row in rows_of(records, least=1)]
    _in_chapters(stated)
    _in_ledgers(opened, stated)
    _in_other_scales(stated)


def _in_other_scales(stated: list[Row]) -> None:
    """兑现 12543万元 and 兑现总额 1.25亿元 of one thing are the same figure."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in stated:
        if row.records.ledger.field(Role.MEASURE) and row.subject and not row.is_rate:
            found[(*row.group, row.subject, _TOTALLED.sub("", row.measure), row.unit, row.as_of, row.basis)].append(row)
    for rows in found.values():
        if len(rows) == 2 and rows[0].quantity.scale != rows[1].quantity.scale and not meet(*(r.bounds for r in rows)):
            _tell(rows[1], rows[:1])


def _in_chapters(stated: list[Row]) -> None:
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in stated:
        if row.subject and row.records.ledger.field(Role.MEASURE):
            initiative = row.group[len(row.records.ledger.fields(Role.SECTION)) :]
            key = (row.records.ledger.stem, *initiative, row.subject, row.measure, row.unit, row.as_of, *row.classed)
            found[key].append(row)
    for rows in found.values():
        first = rows[0]
        for row in rows[1:]:
            if row.group != first.group and not meet(row.bounds, first.bounds):
                _tell(row, [first])


def _in_ledgers(opened: OpenedPeriod, stated: list[Row]) -> None:
    """A row of 指标 names a ledger, a column or what a row of it is about: two of the three are enough."""
    special: dict[Key, list[Row]] = defaultdict(list)
    for row in stated:
        ledger = row.records.ledger
        if not ledger.field(Role.MEASURE):
            for names in (
                {ledger.sheet, row.measure},
                {ledger.sheet, row.subject},
                {row.subject, row.measure},
                {row.subject, ledger.sheet},
            ):
                special[frozenset(names), row.unit].append(row)
    for row in stated:
        if row.records.ledger.field(Role.MEASURE):
            names = {_TOTALLED.sub("", name) for name in (row.subject, row.measure)}
            same = special.get((frozenset(names), row.unit), [])
            same = [
                other for other in same if not (other.as_of[:4] and row.as_of[:4]) or other.as_of[:4] == row.as_of[:4]
            ]
            if same and not any(meet(row.bounds, bounds) for bounds in _amounts(same)):
                _tell(row, same)


def listed(opened: OpenedPeriod) -> None:
    """Report a number of times or things that is not the number of rows in the ledger of that name."""
    special = {r.ledger.sheet: r for r in opened.records.values() if not r.ledger.field(Role.MEASURE) and len(r)}
    for records in opened.records.values():
        for row in rows_of(records, least=1) if records.ledger.field(Role.MEASURE) else ():
            if row.subject in special and row.unit in _TIMES and _NUMBER.fullmatch(row.measure):
                rows = len(special[row.subject]) - _totalled(special[row.subject])
                if not row.quantity.qualifier and row.value != rows and not row.note:
                    row.report("rows-apart", table=row.subject, count=rows)


def _totalled(records: Records) -> int:
    """How many rows of a ledger are totals by name."""
    about = records.ledger.about
    return int(records.coded(about).where(lambda name: bool(TOTAL.search(name))).sum()) if about else 0


def _amounts(rows: list[Row]) -> Iterator[Bounds]:
    yield from (row.bounds for row in rows)
    parts = [row for row in rows if not row.is_total]
    for column in {row.column for row in parts}:
        of_column = [row for row in parts if row.column == column]
        yield bounds_of(of_column)


def _tell(row: Row, others: list[Row]) -> None:
    first = others[0]
    other = f"{first.records.ledger.sheet} {first.line}"
    row.report("stated-apart", other=other, found=str(first.quantity))


CHECKS = (levels, listed)
