"""Rates, shares and averages against what they are made of, where that stands beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from ..roles import Role
from .opened_period import OpenedPeriod
from .stated_rows import Row, half_place, meet, rows_of, total_of
from .totals import already_told, rows_in_words

_SHARE = re.compile(r"(?P<stem>.*?)(?:占比|比例|比重|率|进度)$|占.+")
_WHOLE = re.compile(r"占比|比重|^占")
_CUT = re.compile(r"压缩|缩短|压减|节约|节省")
_MOVED = re.compile(r"增|降|同比|环比|升|减|提速|变化|上期|上年|上月|上季|去年|提高")
_AVERAGE = re.compile(r"[日月人案户场件次均]均|平均|每(?P<many>[千万百]?)[人户件套家张次个份场]|均(?:参训|罚款)")
_MANY = {"百": 100, "千": 1000, "万": 10_000}
_HUNDRED = Decimal(100)
_NEAR = 40  # rows that are looked through for parts and bases


def rates(opened: OpenedPeriod) -> None:
    """Report rates that no part and base beside them give, and those on another base than their neighbours."""
    for rows in _lists(opened):
        counts = [row for row in rows if not row.is_rate and row.quantity.origin is None]
        given = {row: list(_bases(row, counts)) for row in rows if _is_share(row)}
        common = _common(given)
        for row, bases in given.items():
            if already_told(row):
                continue
            if not bases:
                if not _of_all(row, counts):
                    _tell_rate(row, counts, common)
            elif common is not None and common not in bases and len(given) > 1:
                row.report(
                    "share-base",
                    base=f"{bases[0].subject}{bases[0].measure}{bases[0].quantity}",
                    usual=str(common.quantity),
                )


def averages(opened: OpenedPeriod) -> None:
    """Report averages that no sum and number beside them give."""
    for rows in _lists(opened):
        for row in rows:
            match = _AVERAGE.search(row.measure) or _AVERAGE.search(row.subject)
            if match and not row.is_rate and not _MOVED.search(row.measure) and not already_told(row):
                times = _MANY.get(match["many"] or "", 1)
                pairs = list(_divided(row, rows))
                if pairs and not any(_gives(row, whole, number, times) for whole, number in pairs):
                    whole, number = min(pairs, key=lambda pair: abs(pair[0].value * times / pair[1].value - row.value))
                    _tell(row, whole, number, Decimal(times))


def together(opened: OpenedPeriod) -> None:
    """Report shares of one thing that come to less than 100 %; more is told elsewhere."""
    for rows in _lists(opened):
        shares = [row for row in rows if _is_share(row) and _WHOLE.search(row.measure) and "多选" not in row.note]
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in shares:
            grouped[row.measure, row.as_of].append(row)
        for found in grouped.values():
            summed, slack = total_of(row.value for row in found), total_of(half_place(row.quantity) for row in found)
            near = abs(summed - _HUNDRED) <= 20
            if len(found) > 2 and near and summed < _HUNDRED - slack and not any(map(already_told, found)):
                found[0].report(
                    "share-not-whole",
                    found[1:],
                    sum=f"{summed.normalize():f}%",
                    difference=f"{(summed - _HUNDRED).normalize():+f}",
                )


def parts(opened: OpenedPeriod) -> None:
    """Report what stands under 其中 and is more than the whole above it."""
    for rows in _lists(opened):
        for place, row in enumerate(rows):
            if row.is_partial and not row.is_rate:
                above = [o for o in rows[:place] if not o.is_partial and o.unit == row.unit and _may_hold(o, row)]
                if above and row.bounds[0] > above[-1].bounds[1]:
                    row.report("part-above-whole", above[-1:], whole=str(above[-1].quantity), row=above[-1].line)


def _may_hold(whole: Row, part: Row) -> bool:
    bare = part.subject.rstrip("：:") == "其中"  # the subject itself is left out: it is that of the row above
    return bare or whole.measure == part.measure or whole.subject == part.subject


def _lists(opened: OpenedPeriod) -> Iterator[list[Row]]:
    """The rows of a chapter, in the order of the file."""
    for records in opened.records.values():
        if records.ledger.fields(Role.MEASURE):
            found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
            for row in rows_of(records):
                found[row.column, row.group].append(row)
            yield from found.values()


def _is_share(row: Row) -> bool:
    return (
        row.unit == "%"
        and bool(_SHARE.match(row.measure))
        and not _MOVED.search(row.measure)
        and row.quantity.origin is None
    )


def _near(row: Row, counts: list[Row]) -> list[Row]:
    """The rows of the same subject, and else those around it."""
    own = [other for other in counts if other.subject == row.subject]
    return _around(row, own if len(own) > 1 else counts)


def _around(row: Row, rows: list[Row]) -> list[Row]:
    """The nearest of the rows, in the order of the file."""
    if len(rows) <= _NEAR:
        return rows
    nearest = sorted(rows, key=lambda other: abs(other.position - row.position))[:_NEAR]
    return sorted(nearest, key=lambda other: other.position)


def _stem(row: Row) -> str:
    match = _SHARE.match(row.measure)
    stem = (match["stem"] if match else "") or ""
    return re.sub(r"^(?:综合|总体|平均)", "", stem)


def _parts(row: Row, counts: list[Row]) -> list[Row]:
    """What the name says to be the part: 办结 of 办结率, or the same subject's count of 占比."""
    near, stem = _near(row, counts), _stem(row)
    if not stem or _WHOLE.search(row.measure):
        return _around(row, [other for other in counts if other.subject == row.subject])
    named = [
        other for other in near if stem in other.measure or stem in other.subject or _common_start(stem, other) > 1
    ]
    return named or [
        other for other in near if other.subject == row.subject and stem[:1] in other.subject + other.measure
    ]


def _common_start(stem: str, other: Row) -> int:
    name = re.sub(r"^(?:其中[：:]?|已|应|按期|实际)", "", other.measure)
    return max((n for n in range(1, len(stem) + 1) if stem[:n] in name), default=0)


def _bases(row: Row, counts: list[Row]) -> Iterator[Row]:
    """The bases that give the rate with some part beside it."""
    near = _near(row, counts)
    if _CUT.search(row.measure):
        pairs = ((base, part) for base in near for part in near if base.unit == part.unit and base.value > part.value)
        yield from (base for base, part in pairs if _is_rate_of(row, (base,), base, less=part))
    for named in (_parts(row, counts), near):
        found = False
        for part in _some(named):
            for base in near:
                if base not in part and all(base.unit == one.unit for one in part) and _is_rate_of(row, part, base):
                    found = True
                    yield base
        if found:
            return


def _of_all(row: Row, counts: list[Row]) -> bool:
    """Whether it is the share of its subject in all rows of that measure, which no row adds up."""
    for part in _around(row, [other for other in counts if other.subject == row.subject]):
        every = [
            other
            for other in counts
            if other.measure == part.measure and other.unit == part.unit and not other.is_total
        ]
        low, high = (total_of(other.bounds[end] for other in every) for end in (0, 1))
        if low > 0 and meet(row.bounds, (part.bounds[0] / high * _HUNDRED, part.bounds[1] / low * _HUNDRED)):
            return True
    return False


def _some(rows: list[Row]) -> Iterator[tuple[Row, ...]]:
    """One row, or neighbours counted together (满意 and 基本满意)."""
    yield from ((row,) for row in rows)
    yield from ((one, two) for one, two in combinations(rows[:12], 2) if one.unit == two.unit)


def _is_rate_of(row: Row, part: Iterable[Row], base: Row, *, less: Row | None = None) -> bool:
    low, high = base.bounds
    if low <= 0:
        return False
    least, most = total_of(one.bounds[0] for one in part), total_of(one.bounds[1] for one in part)
    if less is not None:
        least, most = least - less.bounds[1], most - less.bounds[0]
    return meet(row.bounds, (least / high * _HUNDRED, most / low * _HUNDRED))


def _common(given: dict[Row, list[Row]]) -> Row | None:
    """The base that most rates rest on; of two rates, the greatest."""
    counted: dict[Row, int] = defaultdict(int)
    for bases in given.values():
        for base in dict.fromkeys(bases):
            counted[base] += 1
    if not counted:
        return None
    return max(counted, key=lambda base: (counted[base], base.value))


def _tell_rate(row: Row, counts: list[Row], common: Row | None) -> None:
    """Name the part and the base that the rate was likeliest meant for."""
    near = _near(row, counts)
    named = _parts(row, counts)
    levels = sorted((o for o in near if o.subject == row.subject), key=lambda o: -o.value)
    if _CUT.search(row.measure) and len(levels) == 2 and levels[0].unit == levels[1].unit and levels[0].value > 0:
        given = (levels[0].value - levels[1].value) / levels[0].value * _HUNDRED
        row.report("change-apart", lines=rows_in_words(levels), given=f"{round(given, row.quantity.decimals):f}%")
        return
    units = {part.unit for part in named}
    bases = [common] if common is not None else [other for other in near if other.unit in units]
    pairs = [
        (part, base)
        for part in named
        for base in bases
        if part is not base and part.unit == base.unit and base.value > 0
    ]
    if pairs:
        part, base = min(
            pairs,
            key=lambda pair: (pair[0].value > pair[1].value, abs(pair[0].value / pair[1].value * _HUNDRED - row.value)),
        )
        _tell(row, part, base, _HUNDRED)


def _divided(row: Row, rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """(what is divided, by what): a count in the unit of the average, and one in another."""
    own = [other for other in rows if other is not row and not other.is_rate and not _AVERAGE.search(other.measure)]
    same = [other for other in own if other.subject == row.subject]
    for pool in (_around(row, same), _around(row, own)):
        found = [
            (a, b)
            for a in pool
            for b in (pool if pool is same else own)
            if a.unit == row.unit and b.unit != a.unit and b.value > 0
        ]
        if found:
            yield from found
            return


def _gives(row: Row, whole: Row, number: Row, times: int) -> bool:
    low, high = number.bounds
    half = half_place(row.quantity) or Decimal("0.5")
    bounds = (row.value - half, row.value + half)
    return low > 0 and meet(bounds, (whole.bounds[0] * times / high, whole.bounds[1] * times / low))


def _tell(row: Row, whole: Row, number: Row, times: Decimal) -> None:
    given = whole.value / number.value * times / (10_000 if row.quantity.scale == "万" else 1)
    shown = f"{round(given, row.quantity.decimals):f}{row.quantity.scale}{row.unit}"
    row.report(
        "ratio-apart",
        () if row.is_rate else (whole, number),
        part=str(whole.quantity),
        base=str(number.quantity),
        lines=rows_in_words([whole, number]),
        given=shown,
    )


CHECKS = (rates, averages, together, parts)
