"""Shares by themselves: outside 0 to 100 %, and those of one whole that are not 100 % together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from ...facts.quantity import Quantity
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .keys import key_part
from .opened_period import OpenedPeriod
from .rate_parts import OF_WHOLE, chapters, is_share, lists_by_chapter
from .slips import could_be
from .stated_rows import Row, half_place, total_of

_SHARE = re.compile(r".*?(?:占比|比例|比重|率)")
_CHANGE = re.compile(r"增|降|同比|环比|升|减|提速|变化|完成")
_OF_WHOLE_BY_NAME = re.compile(r"占比|比重")
_GRADE = re.compile(
    r"(?:非常|比较|基本|不太|很|较)?不?(?:满意|了解|认可)|一般|优秀?|良好?|中等?|不?合格|及格|较?差|说不清"
)
_HUNDRED = Decimal(100)
_FEW, _MOST = 3, 60  # shares of one whole
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
        of_subjects = [row for rows in lists_by_chapter(records) for found in _of_subjects(rows) for row in found]
        apart = {row.position for row in of_subjects if row.column == figure}
        grouped = (*records.ledger.fields(Role.SECTION, Role.INITIATIVE), measure, *records.ledger.fields(Role.AS_OF))
        lists = combined([key_part(records, name) for name in grouped]).codes
        found: dict[int, list[int]] = defaultdict(list)
        stated, names = records.figures(figure).spread(), records.coded(measure).spread()
        for position, (quantity, name) in enumerate(zip(stated, names, strict=True)):
            if position not in apart and _is_share(quantity, name) and _OF_WHOLE_BY_NAME.search(name):
                found[int(lists[position])].append(position)
        for positions in found.values():
            summed = total_of(stated[position].value for position in positions)
            slack = total_of(half_place(stated[position]) for position in positions)
            is_one = len(positions) > 1 and not _are_of_several([stated[position] for position in positions])
            if is_one and _HUNDRED + slack < summed < 2 * _HUNDRED:  # more are of no one whole
                records.report("share-sum", positions, figure, sum=f"{summed:f}%")


def together(opened: OpenedPeriod) -> None:
    """Report shares of one thing that do not come to 100 %; more is told above of what is called 占比 or 比重."""
    for rows in chapters(opened):
        shares = [row for row in rows if is_share(row) and OF_WHOLE.search(row.measure) and "多选" not in row.note]
        of_subjects = _of_subjects(shares)
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in shares:
            if not any(row in found for found in of_subjects):
                grouped[row.measure, row.as_of].append(row)
        for found in grouped.values():
            if not _are_of_several([row.quantity for row in found]):
                _of_one_measure(found)
        for found in (*of_subjects, *_grades(rows)):
            _come_to_hundred(found, more=True)


def _grades(rows: list[Row]) -> Iterator[list[Row]]:
    """Shares that are called by grades alone: 非常满意, 基本满意, 不满意 of one subject."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.unit == "%" and row.quantity.origin is None:
            found[row.subject, row.as_of].append(row)
    yield from (alike for alike in found.values() if all(_GRADE.fullmatch(row.measure) for row in alike))


def _of_one_measure(found: list[Row]) -> None:
    """Hold shares of one measure to 100 %; where they come to twice as much, the first that one slip keeps from it."""
    more = total_of(row.value for row in found) >= 2 * _HUNDRED
    shares = next((found[:n] for n in range(_FEW, len(found)) if _is_one_slip(found[:n])), []) if more else found
    if shares:
        _come_to_hundred(shares, more=more or not _OF_WHOLE_BY_NAME.search(found[0].measure))


def _come_to_hundred(shares: list[Row], *, more: bool) -> None:
    """Tell shares that are less than 100 % together, or more where that is not told already."""
    summed, slack = total_of(row.value for row in shares), total_of(half_place(row.quantity) for row in shares)
    apart = summed - _HUNDRED
    is_told = any(row.is_told for row in shares) or (apart > 0 and not more)
    if len(shares) > 2 and slack < abs(apart) and (abs(apart) <= _NEAR or _is_one_slip(shares)) and not is_told:
        difference = f"{apart.normalize():+f}"
        shares[0].report("share-not-whole", shares[1:], sum=f"{summed.normalize():f}%", difference=difference)


def _is_one_slip(shares: list[Row]) -> bool:
    """Whether one slip in one of them is all that keeps them from 100 %."""
    apart = total_of(row.value for row in shares) - _HUNDRED
    slack = total_of(half_place(row.quantity) for row in shares)
    return any(row.value > apart and could_be(row.quantity, row.value - apart, slack) for row in shares)


def _are_of_several(shares: list[Quantity]) -> bool:
    """Whether neighbours among them come to 100 %, so that the rest are those of other divisions."""
    for first, last in combinations(range(len(shares) + 1 if len(shares) <= _MOST else 0), 2):
        some = shares[first:last]
        apart = abs(total_of(share.value or Decimal(0) for share in some) - _HUNDRED)
        if 1 < len(some) < len(shares) and apart <= total_of(map(half_place, some)):
            return True
    return False


def _of_subjects(rows: list[Row]) -> list[list[Row]]:
    """Shares that are those of their subject: the same of each, which come to 100 % for one or more."""
    by_subject: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if is_share(row) and OF_WHOLE.search(row.measure):
            by_subject[row.subject, row.as_of].append(row)
    alike: dict[tuple[str, ...], list[list[Row]]] = defaultdict(list)
    for found in by_subject.values():
        alike[tuple(sorted(row.measure for row in found))].append(found)
    several = [lists for names, lists in alike.items() if len(set(names)) > 1 and any(map(_is_whole, lists))]
    return [found for lists in several for found in lists]


def _is_whole(rows: list[Row]) -> bool:
    summed, slack = total_of(row.value for row in rows), total_of(half_place(row.quantity) for row in rows)
    return abs(summed - _HUNDRED) <= slack


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
