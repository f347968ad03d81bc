"""Rates, shares and averages against what they are made of, where that stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from ..records import Records
from .opened_period import OpenedPeriod
from .rate_bases import bases_of_part, common_base, has_own, is_usual, stem
from .rate_parts import (
    CUT,
    CUT_TO,
    WHOLES,
    among_all,
    chapters,
    is_share,
    lists_by_chapter,
    may_be_counted,
    near_to,
    parts_of,
)
from .rates_meant import tell_rate
from .stated_rows import Row, bounds_of, meet
from .values_before import values_before

_AGAINST = re.compile(r"差评|不|未|超|逾|违|投诉|退|错")  # what is left is the part: 好评 of 差评
_STEP_AFTER = re.compile(r"满意|好评|差评|认可|整改|结案|办结|办复|答复|采纳|处罚|移送|销号|回访")
_RUN = 12  # rows of which some are counted together


def rates(opened: OpenedPeriod) -> None:
    """Report rates that no part and base beside them give, and those on another base than their neighbours."""
    for listed in chapters(opened):
        _rates(listed)
        _rates(list(values_before(listed)))


def _rates(rows: list[Row]) -> None:
    if rows:
        counts = [row for row in rows if may_be_counted(row)]
        given = {row: _bases(row, counts) for row in rows if is_share(row)}
        common = common_base(given)
        usual = common if is_usual(common, given) else None
        for row, bases in given.items():
            if row.is_settled:
                continue
            if not bases:
                if not _of_all(row, counts):
                    tell_rate(row, counts, common)
            else:
                others = [usual] if usual is not None and not has_own(row, bases, usual, rows) else []
                others = [] if _is_next(row, bases, given, counts) else others
                wanted = bases_of_part(row, counts) or others
                if wanted and not set(wanted) & set(bases):
                    _tell_base(row, bases[0], wanted[0])


def _is_next(row: Row, bases: list[Row], given: dict[Row, list[Row]], counts: list[Row]) -> bool:
    """Whether its base is what the rate before it is of, and it a step after that: 满意率 of what was 办结, after 办结率."""
    if not _STEP_AFTER.search(stem(row)):
        return False
    before = [other for other in given if other.position < row.position and other.subject == row.subject]
    return any(base in parts_of(other, counts) for other in before[-1:] for base in bases)


def _tell_base(row: Row, base: Row, usual: Row) -> None:
    row.report("share-base", base=f"{base.subject}{base.measure}{base.quantity}", usual=str(usual.quantity))


def named_quotients(records: Records) -> Iterator[tuple[Row, Row, Row]]:
    """Each rate with the one part that it is named after and the one base that gives it."""
    for rows in lists_by_chapter(records):
        counts = [row for row in rows if may_be_counted(row)]
        for row in filter(is_share, rows):
            near = near_to(row, counts)
            pairs = [
                (p, b)
                for p in parts_of(row, counts)
                for b in near
                if p is not b and p.unit == b.unit and is_rate_of(row, (p,), b)
            ]
            if len(pairs) == 1:
                yield row, *pairs[0]


def _bases(row: Row, counts: list[Row]) -> list[Row]:
    """The bases that give the rate with some part beside it, the likeliest parts first."""
    near = near_to(row, counts)
    if CUT.search(row.measure) and not CUT_TO.search(row.measure):
        pairs = [(base, part) for base in near for part in near if base.unit == part.unit and base.value > part.value]
        found = [base for base, part in pairs if is_rate_of(row, (base,), base, less=part)]
        return found or [base for base, part in pairs if _is_of_both(row, part, base)]
    parts = parts_of(row, counts)
    is_certain = any(part.measure == stem(row) and part.subject == row.subject for part in parts)
    for named in (parts,) if is_certain else (parts, near):
        for some in (_alone, _together):
            found = [
                base
                for part in some(named)
                for base in near
                if base not in part and base.unit == part[0].unit and is_rate_of(row, part, base)
            ]
            if found:
                return found
    against = [part for part in near if _AGAINST.search(part.measure)]
    pairs = [(part, base) for part in against for base in near if base is not part and base.unit == part.unit]
    left = [base for part, base in pairs if is_rate_of(row, (base,), base, less=part)]
    return left or [part for part, base in pairs if _is_rest(part, base) and _is_of_both(row, base, part)]


def _is_rest(against: Row, part: Row) -> bool:
    """Whether the two are a whole by their names: 未接通 and 接通."""
    return against.measure in (f"未{part.measure}", f"不{part.measure}")


def _is_of_both(row: Row, part: Row, base: Row) -> bool:
    """Whether it is a part of that and the other together: what was saved of what was spent and saved."""
    least, most = bounds_of((part, base))
    whole = WHOLES[row.unit]
    return meet(row.bounds, (part.bounds[0] / most * whole, part.bounds[1] / least * whole))


def _of_all(row: Row, counts: list[Row]) -> bool:
    """Whether it is the share of its subject in all rows of that measure, which no row adds up."""
    for part, every in among_all(row, counts):
        low, high = bounds_of(every)
        whole = WHOLES[row.unit]
        if low > 0 and meet(row.bounds, (part.bounds[0] / high * whole, part.bounds[1] / low * whole)):
            return True
    return False


def _alone(rows: list[Row]) -> Iterator[tuple[Row, ...]]:
    yield from ((row,) for row in rows)


def _together(rows: list[Row]) -> Iterator[tuple[Row, ...]]:
    """Rows counted together: 满意 and 基本满意."""
    yield from ((one, two) for one, two in combinations(rows[:_RUN], 2) if one.unit == two.unit)
    for first in range(min(len(rows), _RUN)):
        for last in range(first + 3, min(len(rows), first + 6) + 1):
            if len({row.unit for row in rows[first:last]}) == 1:
                yield tuple(rows[first:last])


def is_rate_of(row: Row, part: Iterable[Row], base: Row, *, less: Row | None = None) -> bool:
    """Whether the parts together, or the base less something, give the rate as it is printed."""
    low, high = base.bounds
    if low <= 0:
        return False
    least, most = bounds_of(part)
    if less is not None:
        least, most = least - less.bounds[1], most - less.bounds[0]
    whole = WHOLES[row.unit]
    return meet(row.bounds, (least / high * whole, most / low * whole))


CHECKS = (rates,)
