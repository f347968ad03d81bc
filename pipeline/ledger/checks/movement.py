"""What was and what is: stated changes against the levels beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..roles import Role
from .opened_period import OpenedPeriod
from .rate_parts import chapters
from .spans import Span, span_in, without_span
from .stated_rows import Row, half_place, rows_of, said
from .totals import rows_in_words
from .values_before import LAST, values_before

_CHANGE = re.compile(
    r"同比|环比|[较比](?:上[期年月季]|去年|年初)|(?:(?<!新)增(?:长|加|幅|速|减)|减少|减幅|下降|降低|降幅|上升|提高|提升|变化|变动|缩短|压缩|压减|缩减|精简|削减)"
    r"(?![前后至到为])"
)
_FALL = re.compile(r"减少|减幅|下降|降低|降幅|缩短|压缩|压减|缩减|精简|削减")
_RISE = re.compile(r"增长|增加|上升|提高|提升")
_TIMES = "倍"
_PLACES = ("位", "名", "位次", "个位次", "个名次")
_OF_THEN_OR_NOW = re.compile(
    r"上年|上期|去年|上月|上季度?|同期|本年|本期|本月|本季度?|今年|目前|现行?|原来?|法定|承诺|实际|[\u4e00-\u9fff]{2}[前后]"
    r"|20\d\d年(?:[上下]半年)?"
)
_PAST = re.compile(
    r"上年|上期|去年|上月|上季|上半年同期|同期|调整前|改革前|启动前|(?:精简|压缩|压减|优化|整合|合并|提速)前|期初|原来|^原|法定|(?<!提)前$"
)
_YEAR_AGO = re.compile(r"上年|去年|同期")
_YEAR = re.compile(r"(20\d\d)年")
_APART = re.compile(r"高于|低于|高出|低出|超出|超过|多于|少于|相差|差距|差额|差值|领先|落后")
_POINTS = ("百分点", "个百分点")
_HUNDRED = Decimal(100)
_MOST = 60  # figures of one subject; where there are more they are no table to be read together


def changes(opened: OpenedPeriod) -> None:
    """Report a change that the levels beside it do not give."""
    for stated in by_subject(opened):
        before = [replace(row, measure=f"{LAST}{row.measure}") for row in values_before(stated)]
        rows = [*stated, *before]
        levels = [
            row
            for row in rows
            if not _CHANGE.search(row.measure) and row.unit != _TIMES and row.quantity.origin is None
        ]
        for row in stated:
            if row.quantity.origin is not None:
                _ends(row, levels)
            elif (_CHANGE.search(row.measure) or row.unit == _TIMES) and not _came_and_went(row, stated):
                from_to = [other for other in rows if other.quantity.origin is not None]
                _change(row, _compared(row, levels), from_to)


def _came_and_went(row: Row, rows: list[Row]) -> bool:
    """Whether it is 增加 beside 减少, or the other way about: what came and what went, and no change of the whole."""
    other = _FALL if _RISE.search(row.measure) else _RISE
    of = re.compile(f"{_RISE.pattern}|{_FALL.pattern}").sub("", row.measure)
    bare = [o for o in rows if other.search(o.measure) and other.sub("", o.measure) == of and o.unit == row.unit]
    return bool(bare) and not row.is_rate


def _compared(row: Row, levels: list[Row]) -> list[tuple[Row, Row]]:
    """What a change is between: of 6月环比 it is 5月 and 6月 where these are stated, and no year before."""
    span, pairs = span_in(row.measure), list(_then_and_now(levels))
    if "环比" not in row.measure:
        return pairs
    known = {found: level for level in levels if (found := span_in(level.measure))}
    if span in known and span.before in known:
        return [(known[span.before], known[span])]
    return [(then, now) for then, now in pairs if not _YEAR_AGO.search(then.measure)]


def differences(opened: OpenedPeriod) -> None:
    """Report by how much one of two figures is above the other (高于全市, 相差), where they say otherwise."""
    for rows in chapters(opened):
        for row in (row for row in rows if _APART.search(row.measure) and row.quantity.origin is None):
            unit = "%" if row.unit in _POINTS else row.unit
            levels = [
                o for o in rows if o.unit == unit and not _CHANGE.search(o.measure) and not _APART.search(o.measure)
            ]
            own = [other for other in levels if other.subject == row.subject]
            than = [other for other in levels if other not in own and other.subject and other.subject in row.measure]
            two = own if len(own) > 1 else own + than
            if len(two) == 2 and not row.is_settled:
                (one, off), (other, other_off) = map(_middle, two)
                given, half = abs(one - other), half_place(row.quantity) + off + other_off
                if abs(given - abs(row.value)) > half:
                    row.report("change-apart", lines=rows_in_words(two), given=said(given, row))


def between_spans(opened: OpenedPeriod) -> None:
    """Report a change from one quarter, month or year to the next that the rows of both do not give."""
    for records in opened.records.values():
        rows = [row for row in rows_of(records) if span_in(row.subject)] if records.ledger.field(Role.MEASURE) else []
        levels = [row for row in rows if not _CHANGE.search(row.measure) and row.quantity.origin is None]
        known = {(*_of_span(row, span_in(row.subject)), row.measure): row for row in levels}
        for row in rows:
            span = span_in(row.subject)
            if span and _CHANGE.search(row.measure) and row.quantity.origin is None:
                before = span.year_before if "同比" in row.measure else span.before
                now = [level for level in levels if _of_span(level, span_in(level.subject)) == _of_span(row, span)]
                then = (known.get((*_of_span(row, before), level.measure)) for level in now)
                _change(row, [(one, level) for one, level in zip(then, now, strict=True) if one], [])


def _of_span(row: Row, span: Span | None) -> tuple[object, ...]:
    return row.column, row.group, without_span(row.subject), span


def places(opened: OpenedPeriod) -> None:
    """Report by how many places something rose or fell where the two places say otherwise."""
    for records in opened.records.values():
        ranked: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in rows_of(records, ranks=True) if records.ledger.field(Role.MEASURE) else ():
            ranked[row.column, row.group, row.subject].append(row)
        for row in rows_of(records) if ranked else ():
            pairs = list(_then_and_now(ranked.get((row.column, row.group, row.subject), [])))
            if row.unit in _PLACES and pairs and _CHANGE.search(row.measure):
                then, now = pairs[0]
                risen = then.value - now.value
                if row.value not in (risen, -risen if _FALL.search(row.measure) else risen):
                    row.report("change-apart", lines=rows_in_words(pairs[0]), given=f"{abs(risen):f}{row.unit}")


def by_subject(opened: OpenedPeriod, *, since_too: bool = False, of: str = "subject") -> Iterator[list[Row]]:
    """The figures of each subject (or of each measure) of a chapter; with those added up since the year or the office began, or apart from them."""
    for records in opened.records.values():
        if records.ledger.field(Role.MEASURE):
            found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
            for row in rows_of(records):
                found[row.column, row.chapter if since_too else row.group, getattr(row, of)].append(row)
            yield from (rows for rows in found.values() if len(rows) <= _MOST)


def _change(row: Row, levels: list[tuple[Row, Row]], from_to: list[Row]) -> None:
    pairs = [pair for pair in levels if pair[0].unit == pair[1].unit]
    ends = [
        ((o.quantity.origin or Decimal(0), half_place(o.quantity)), (o.value, half_place(o.quantity)), o.unit)
        for o in from_to
    ]
    known = [(_middle(then), _middle(now), then.unit) for then, now in pairs] + ends
    given = [amount for amount in (_given(row, *each) for each in known) if amount is not None]
    if not given or row.is_settled:
        return
    middle, half = _middle(row)
    half = half or (Decimal("0.5") if row.is_rate or row.unit == _TIMES else Decimal(0))
    wanted = [(-a if _FALL.search(row.measure) and row.value >= 0 else a, slack) for a, slack in given]
    if not any(abs(a - middle) <= half + slack for a, slack in wanted):
        amount = min((a for a, _ in wanted), key=lambda a: abs(a - row.value))
        others = [one for pair in pairs for one in pair] + from_to
        row.report("change-apart", lines=rows_in_words(others), given=said(amount, row))


def _middle(row: Row) -> tuple[Decimal, Decimal]:
    """The middle of what a figure may be, and how far it may be off."""
    low, high = row.bounds
    return (low + high) / 2, (high - low) / 2


def _given(
    row: Row, then: tuple[Decimal, Decimal], now: tuple[Decimal, Decimal], unit: str
) -> tuple[Decimal, Decimal] | None:
    """The change in the unit of the row, and how far it may be off; None where it is of another unit."""
    difference, slack = now[0] - then[0], now[1] + then[1]
    if row.unit in _PLACES:
        difference = -difference  # the third place is above the fifth
    if row.unit == unit and unit != "%":
        return difference, slack
    if unit in ("%", "‰"):
        return (difference, slack) if row.unit in _POINTS else None
    if row.unit == _TIMES and then[0] > 0:
        risen = difference if _CHANGE.search(row.measure) else now[0]
        return risen / then[0], slack / then[0]
    if row.unit == "%" and then[0] > 0:
        return difference / then[0] * _HUNDRED, slack / then[0] * _HUNDRED
    return None


def _then_and_now(levels: list[Row]) -> Iterator[tuple[Row, Row]]:
    years = {level: int(match[1]) for level in levels if (match := _YEAR.search(level.measure))}
    newest = max(years.values(), default=0)
    past = [level for level in levels if _PAST.search(level.measure) or years.get(level, newest) < newest]
    for then in past:
        for now in levels:
            if now not in past and _alike(then, now):
                yield then, now


def _alike(then: Row, now: Row) -> bool:
    """Whether two levels are of one thing: 上年受理 and 本年受理, 去年同期办件量 and 办件量."""
    bare = [_OF_THEN_OR_NOW.sub("", row.measure) for row in (then, now)]
    return bare[0] == bare[1] or not bare[0] or not bare[1] or bare[0] in bare[1] or bare[1] in bare[0]


def _ends(row: Row, levels: list[Row]) -> None:
    """A change from one level to another, where both stand beside it."""
    pairs = [(then, now) for then, now in _then_and_now(levels) if then.unit == now.unit == row.unit]
    half = half_place(row.quantity)
    near = [
        (then, now) for then, now in pairs
        if abs(then.value - (row.quantity.origin or Decimal(0))) <= half + half_place(then.quantity) and abs(now.value - row.value) <= half + half_place(now.quantity)
    ]  # fmt: skip
    if pairs and not near:
        then, now = pairs[0]
        row.report("ends-apart", lines=rows_in_words([then, now]), then=str(then.quantity), now=str(now.quantity))


CHECKS = (changes, differences, between_spans, places)
