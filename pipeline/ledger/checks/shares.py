"""Shares by themselves: outside 0 to 100 %, and those of one whole that are not 100 % together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ...facts.quantity import Quantity
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .keys import key_part
from .opened_period import OpenedPeriod
from .ratios import OF_WHOLE, chapters, is_share
from .slips import could_be
from .stated_rows import Row, half_place, total_of

_SHARE = re.compile(r".*?(?:占比|比例|比重|率)")
_CHANGE = re.compile(r"增|降|同比|环比|升|减|提速|变化|完成")
_OF_WHOLE_BY_NAME = re.compile(r"占比|比重")
_HUNDRED = Decimal(100)
_NEAR = 20  # points by which parts of one whole are off, though no slip says how


def in_range(opened: OpenedPeriod) -> None:
    """Report shares outside 0 to 100 %."""
    for records, figure, measure in _with_shares(opened):
        stated = combined([records.figures(figure), records.coded(measure)])
        for code, (quantity, name) in enumerate(stated.values):
            if _is_share(quantity, name) and not 0 <= quantity.value <= _HUNDRED:
                records.report("share-range", stated.positions(code), figure, str(quantity))


def above_whole(opened: OpenedPeriod) -> None:
    """Report shares called 占比 or 比重 that come to more than 100 % over several subjects."""
    for records, figure, measure in _with_shares(opened):
        grouped = (*records.ledger.fields(Role.SECTION, Role.INITIATIVE), measure, *records.ledger.fields(Role.AS_OF))
        lists = combined([key_part(records, name) for name in grouped]).codes
        found: dict[int, list[int]] = defaultdict(list)
        stated, names = records.figures(figure).spread(), records.coded(measure).spread()
        for position, (quantity, name) in enumerate(zip(stated, names, strict=True)):
            if _is_share(quantity, name) and _OF_WHOLE_BY_NAME.search(name):
                found[int(lists[position])].append(position)
        for positions in found.values():
            summed = total_of(stated[position].value for position in positions)
            slack = total_of(half_place(stated[position]) for position in positions)
            if len(positions) > 1 and _HUNDRED + slack < summed < 2 * _HUNDRED:  # more are of no one whole
                records.report("share-sum", positions, figure, sum=f"{summed:f}%")


def together(opened: OpenedPeriod) -> None:
    """Report shares of one thing that do not come to 100 %; more is told above of what is called 占比 or 比重."""
    for rows in chapters(opened):
        shares = [row for row in rows if is_share(row) and OF_WHOLE.search(row.measure) and "多选" not in row.note]
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in shares:
            grouped[row.measure, row.as_of].append(row)
        for found in grouped.values():
            summed, slack = total_of(row.value for row in found), total_of(half_place(row.quantity) for row in found)
            apart = summed - _HUNDRED
            is_told = any(row.is_told for row in found) or (apart > 0 and _OF_WHOLE_BY_NAME.search(found[0].measure))
            is_slip = any(row.value > apart and could_be(row.quantity, row.value - apart, slack) for row in found)
            if len(found) > 2 and slack < abs(apart) and (abs(apart) <= _NEAR or is_slip) and not is_told:
                difference = f"{apart.normalize():+f}"
                found[0].report("share-not-whole", found[1:], sum=f"{summed.normalize():f}%", difference=difference)


def _with_shares(opened: OpenedPeriod) -> Iterator[tuple[Records, str, str]]:
    """The ledgers that state per cent, each with a column of figures and that of what they measure."""
    for records, measure in opened.having(Role.MEASURE):
        for column in records.ledger.figures:
            if any(quantity and quantity.unit == "%" for quantity in records.figures(column.field).values):
                yield records, column.field, measure


def _is_share(quantity: Quantity | None, name: str) -> bool:
    """Whether it is an exact share in per cent, and no change of one."""
    if quantity is None or quantity.value is None or quantity.qualifier or quantity.rank or quantity.unit != "%":
        return False
    return bool(_SHARE.fullmatch(name)) and not _CHANGE.search(name)


CHECKS = (in_range, above_whole, together)
