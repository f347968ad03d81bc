"""Rates, shares and averages against what they are made of, where that stands beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from ...facts.figure_text import SCALES
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .rate_bases import SHARE, bases_of_part, common_base, has_own, is_usual, stem
from .slips import could_be
from .stated_rows import Row, bounds_of, half_place, meet, rows_of, said, total_of
from .totals import rows_in_words

OF_WHOLE = re.compile(r"占比|比重|^占")
_CUT = re.compile(r"压缩|缩短|压减|精简|减少|节约|节省|节资")
MOVED = re.compile(r"增|降|同比|环比|升|减|提速|变化|上期|上年|上月|上季|去年|提高")
_HUNDRED = Decimal(100)
_POINTS = {"%": "个百分点", "‰": "个千分点"}
WHOLES = {"%": _HUNDRED, "‰": 10 * _HUNDRED}
_CUT_TO = re.compile(r"[至到为]")  # 压缩至原来的27.5%
_AGAINST = re.compile(r"差评|不|未|超|逾|违|投诉|退|错")  # what is left is the part: 好评 of 差评
BASE = re.compile(
    r"应|需|总|全部|共|受理|收到|申请|目标|计划|预算|任务|抽查|评价|承办|参|法定|合计|合法|开庭|在编|核定"
)
_DOING = re.compile(r"执行|完成|到位|支出|使用|拨付|兑现")
_OPINION = re.compile(r"满意|好评|差评|知晓|认可")  # of what was asked, not of what was done
_LITTLE = 3  # figures of a subject which a rate beside them can only be of
_RUN = 12  # rows of which some are counted together
_NEAR = 40  # rows that are looked through for parts and bases


def rates(opened: OpenedPeriod) -> None:
    """Report rates that no part and base beside them give, and those on another base than their neighbours."""
    for rows in chapters(opened):
        counts = [row for row in rows if may_be_counted(row)]
        given = {row: _bases(row, counts) for row in rows if is_share(row)}
        common = common_base(given)
        usual = common if is_usual(common, given) else None
        for row, bases in given.items():
            if row.is_settled:
                continue
            if not bases:
                if not _of_all(row, counts):
                    _tell_rate(row, counts, common)
            else:
                others = [usual] if usual is not None and not has_own(row, bases, usual, rows) else []
                wanted = bases_of_part(row, counts) or others
                if wanted and not set(wanted) & set(bases):
                    _tell_base(row, bases[0], wanted[0])


def _tell_base(row: Row, base: Row, usual: Row) -> None:
    row.report("share-base", base=f"{base.subject}{base.measure}{base.quantity}", usual=str(usual.quantity))


def may_be_counted(row: Row) -> bool:
    """Whether a row may be part or base of a rate."""
    return not row.is_rate and row.quantity.origin is None and row.unit != "分" and not MOVED.search(row.measure)


def named_quotients(records: Records) -> Iterator[tuple[Row, Row, Row]]:
    """Each rate with the one part that it is named after and the one base that gives it."""
    for rows in lists_by_chapter(records):
        counts = [row for row in rows if may_be_counted(row)]
        for row in filter(is_share, rows):
            near = _near(row, counts)
            pairs = [
                (p, b)
                for p in _parts(row, counts)
                for b in near
                if p is not b and p.unit == b.unit and is_rate_of(row, (p,), b)
            ]
            if len(pairs) == 1:
                yield row, *pairs[0]


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


def is_share(row: Row) -> bool:
    """Whether a row is a rate or share of something, and no change."""
    return (
        row.unit in WHOLES
        and bool(SHARE.match(row.measure))
        and not MOVED.search(row.measure)
        and row.quantity.origin is None
    )


def _near(row: Row, counts: list[Row]) -> list[Row]:
    """The rows of the same subject, and else those around it."""
    own = [other for other in counts if other.subject == row.subject]
    return around(row, own if len(own) > 1 else counts)


def around(row: Row, rows: list[Row]) -> list[Row]:
    """The nearest of the rows, in the order of the file."""
    if len(rows) <= _NEAR:
        return rows
    nearest = sorted(rows, key=lambda other: abs(other.position - row.position))[:_NEAR]
    return sorted(nearest, key=lambda other: other.position)


def _parts(row: Row, counts: list[Row]) -> list[Row]:
    """What the name says to be the part: 办结 of 办结率, or the same subject's count of 占比."""
    near, of = _near(row, counts), stem(row)
    if not of or OF_WHOLE.search(row.measure):
        return around(row, [other for other in counts if other.subject == row.subject])
    named = [other for other in near if of in other.measure or of in other.subject or _common_start(of, other) > 1]
    return named or [
        other for other in near if other.subject == row.subject and of[:1] in other.subject + other.measure
    ]


def _common_start(stem: str, other: Row) -> int:
    name = re.sub(r"^(?:其中[：:]?|已|应|按期|实际)", "", other.measure)
    return max((n for n in range(1, len(stem) + 1) if stem[:n] in name), default=0)


def _bases(row: Row, counts: list[Row]) -> list[Row]:
    """The bases that give the rate with some part beside it, the likeliest parts first."""
    near = _near(row, counts)
    if _CUT.search(row.measure) and not _CUT_TO.search(row.measure):
        pairs = [(base, part) for base in near for part in near if base.unit == part.unit and base.value > part.value]
        found = [base for base, part in pairs if is_rate_of(row, (base,), base, less=part)]
        return found or [base for base, part in pairs if _is_of_both(row, part, base)]
    for named in (_parts(row, counts), near):
        for some in (_alone, _together):
            found = [
                base
                for part in some(named)
                for base in near
                if base not in part and base.unit == part[0].unit and is_rate_of(row, part, base)
            ]
            if found:
                return found
    return [
        base
        for part in near
        if _AGAINST.search(part.measure)
        for base in near
        if base is not part and base.unit == part.unit and is_rate_of(row, (base,), base, less=part)
    ]


def _is_of_both(row: Row, part: Row, base: Row) -> bool:
    """Whether it is what was saved of what was spent and saved."""
    least, most = bounds_of((part, base))
    whole = WHOLES[row.unit]
    return meet(row.bounds, (part.bounds[0] / most * whole, part.bounds[1] / least * whole))


def _of_all(row: Row, counts: list[Row]) -> bool:
    """Whether it is the share of its subject in all rows of that measure, which no row adds up."""
    for part, every in _among_all(row, counts):
        low, high = bounds_of(every)
        whole = WHOLES[row.unit]
        if low > 0 and meet(row.bounds, (part.bounds[0] / high * whole, part.bounds[1] / low * whole)):
            return True
    return False


def _among_all(row: Row, counts: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """What is stated of the rate's subject, with all rows of that measure."""
    for part in around(row, [other for other in counts if other.subject == row.subject]):
        alike = [other for other in counts if other.measure == part.measure and other.unit == part.unit]
        yield part, [other for other in alike if not other.is_total]


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


def _tell_rate(row: Row, counts: list[Row], common: Row | None) -> None:
    """Name the part and the base that the rate was likeliest meant for."""
    near = _near(row, counts)
    named = _parts(row, counts)
    levels = sorted((o for o in near if o.subject == row.subject), key=lambda o: -o.value)
    if _CUT.search(row.measure) and len(levels) == 2 and levels[0].unit == levels[1].unit and levels[0].value > 0:
        given = (levels[0].value - levels[1].value) / levels[0].value * _HUNDRED
        row.report("change-apart", lines=rows_in_words(levels), given=f"{round(given, row.quantity.decimals):f}%")
        return
    every = next((every for part, every in _among_all(row, counts) if len(every) > 2), [])
    if OF_WHOLE.search(row.measure) and every and not any(other.is_total for other in near):
        part, summed = next(_among_all(row, counts))[0], total_of(other.value for other in every)
        given = round(part.value / summed * WHOLES[row.unit], row.quantity.decimals)
        row.report(
            "ratio-apart",
            part=str(part.quantity),
            base=said(summed, part),
            lines=rows_in_words(every),
            given=f"{given:f}{row.unit}",
            difference=f"{row.value - given:+f}{_POINTS[row.unit]}",
        )
        return
    pairs = [
        (part, base)
        for part in named or near
        for base in near
        if part is not base and part.unit == base.unit and base.value > 0
    ]
    usual = [pair for pair in pairs if common in (None, pair[1]) or named == [common]]
    own = [other for other in counts if other.subject == row.subject]
    for some in (usual, pairs):
        meant = [pair for pair in some if _is_meant(row, *pair, own, named=bool(named))]
        if meant:
            tell_ratio(row, *min(meant, key=lambda pair: _likeness(row, *pair)), WHOLES[row.unit])
            return


def _likeness(row: Row, part: Row, base: Row) -> tuple[bool, bool, Decimal]:
    """The less, the likelier the rate was meant for these two."""
    return (
        part.value > base.value,
        stem(row) not in (part.measure, part.subject),
        abs(share(row, part, base) - row.value),
    )


def share(row: Row, part: Row, base: Row) -> Decimal:
    """What part and base give, in the unit of the rate."""
    return part.value / base.value * WHOLES[row.unit]


def _is_meant(row: Row, part: Row, base: Row, own: list[Row], *, named: bool) -> bool:
    """Whether a rate is meant for these two: there is little else, their names say so, or one slip lies between."""
    given, whole = share(row, part, base), WHOLES[row.unit]
    if named and (BASE.search(base.measure + base.subject) or (0 < len(own) <= _LITTLE and bool(stem(row)))):
        return True
    if len(own) <= _LITTLE and part in own and base in own and _carries_out(row, base):
        return True
    if not named and _OPINION.search(stem(row)):
        return False
    half = half_place(row.quantity)
    if could_be(row.quantity, given, half):
        return True
    return named and could_be(part.quantity, row.value * base.value / whole, half * base.value / whole)


def _carries_out(row: Row, base: Row) -> bool:
    """Whether the rate says how much was done (执行, 到位) of what was planned."""
    return bool(_DOING.search(stem(row)) and BASE.search(base.measure))


def tell_ratio(row: Row, whole: Row, number: Row, times: Decimal) -> None:
    """Say what the two figures give, and how far that is from the one stated."""
    given = whole.value / number.value * times / SCALES[row.quantity.scale]
    rounded = round(given, row.quantity.decimals)
    shown = f"{rounded:f}{row.quantity.scale}{row.unit}"
    apart = row.quantity.mantissa - rounded
    row.report(
        "ratio-apart",
        () if row.is_rate else (whole, number),
        part=str(whole.quantity),
        base=str(number.quantity),
        lines=rows_in_words([whole, number]),
        given=shown,
        difference=f"{apart:+f}{row.quantity.scale}{_POINTS.get(row.unit, row.unit)}",
    )


CHECKS = (rates,)
