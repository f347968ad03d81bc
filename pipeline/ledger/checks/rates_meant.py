"""What a rate that nothing beside it gives was likeliest meant for, and how that is said."""

from __future__ import annotations

import re
from decimal import Decimal

from ...facts.figure_text import SCALES
from .rate_bases import stem
from .rate_parts import CUT, OF_WHOLE, WHOLES, among_all, near_to, parts_of
from .slips import could_be
from .stated_rows import Row, half_place, said, total_of
from .totals import rows_in_words

BASE = re.compile(
    r"应|需|总|全部|共|受理|收到|申请|目标|计划|预算|任务|抽查|评价|承办|参|法定|合计|合法|开庭|在编|核定"
)
_POINTS = {"%": "个百分点", "‰": "个千分点"}
_DOING = re.compile(r"执行|完成|到位|支出|使用|拨付|兑现")
_OPINION = re.compile(r"满意|好评|差评|知晓|认可")  # of what was asked, not of what was done
_AGAINST = (
    (re.compile(r"好评"), re.compile(r"差评")),
    (re.compile(r"按[时期]|及时|准时"), re.compile(r"超|逾")),
)
_BARE = re.compile(r"占比|比重|比例")  # of all that stand beside it
_FEW_DIGITS = 3  # of which others are easily made by a slip
_LITTLE = 3  # figures of a subject which a rate beside them can only be of
_HUNDRED = Decimal(100)


def tell_rate(row: Row, counts: list[Row], common: Row | None) -> None:
    """Name the part and the base that the rate was likeliest meant for."""
    near = near_to(row, counts)
    named = parts_of(row, counts)
    levels = sorted((o for o in near if o.subject == row.subject), key=lambda o: -o.value)
    alike = len(levels) == 2 and levels[0].unit == levels[1].unit and levels[0].value > 0
    if alike and (CUT.search(row.measure) or _is_rest(row, levels[1])):
        given = (levels[0].value - levels[1].value) / levels[0].value * _HUNDRED
        row.report("change-apart", lines=rows_in_words(levels), given=f"{round(given, row.quantity.decimals):f}%")
        return
    few = 1 if _BARE.fullmatch(row.measure) else 2
    every = next((every for part, every in among_all(row, counts) if len(every) > few), [])
    if OF_WHOLE.search(row.measure) and every and not any(other.is_total for other in near):
        part, summed = next(among_all(row, counts))[0], total_of(other.value for other in every)
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


def _is_rest(row: Row, against: Row) -> bool:
    """Whether the rate is of all but that: 满意率 beside 不满意."""
    of = stem(row)
    beside = any(one.search(of) and other.search(against.measure) for one, other in _AGAINST)
    return beside or bool(of and re.search(f"[不未]{re.escape(of)}", against.measure))


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
    if own and part not in own:
        return False
    given, whole = share(row, part, base), WHOLES[row.unit]
    by_name = named and (stem(row) in part.measure + part.subject or given < 2 * row.value < 4 * given)
    if by_name and (BASE.search(base.measure + base.subject) or (0 < len(own) <= _LITTLE and bool(stem(row)))):
        return True
    if len(own) <= _LITTLE and part in own and base in own and _carries_out(row, base):
        return True
    if not named and (_OPINION.search(stem(row)) or len(row.quantity.mantissa.as_tuple().digits) <= _FEW_DIGITS):
        return False
    half = half_place(row.quantity)
    if could_be(row.quantity, given, half):
        return True
    if not named or row.value <= 0:
        return False
    wanted = part.value / row.value * whole
    return could_be(part.quantity, row.value * base.value / whole, half * base.value / whole) or (
        stem(row) in (part.measure, part.subject) and could_be(base.quantity, wanted, half * wanted / row.value)
    )


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
