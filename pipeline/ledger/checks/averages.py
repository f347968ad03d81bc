"""Averages (人均, 户均, 场均, 每万人) against the sum and the number beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..records import Records
from .each_day import EACH, TIMES, TIMES_OF, TWICE
from .opened_period import OpenedPeriod
from .rate_parts import MOVED, around, chapters, lists_by_chapter
from .rates_meant import tell_ratio
from .spans import span_in, without_span
from .stated_rows import AVERAGE, Row, half_place, meet, said, total_of
from .totals import rows_in_words
from .upper_bounds import limit_of

_DURATIONS = ("天", "日", "个工作日", "工作日", "小时", "分钟", "秒")
_SECONDS = {"小时": 3600, "分钟": 60, "秒": 1}
_NO_SUM = re.compile(rf"{AVERAGE.pattern}|最[大小高低多少长短]")
_ADDED_UP = re.compile(r"总|累计|合计|共")
_UNITS = {"户均": ("户", "家"), "场均": ("场", "场次", "次", "期"), "案均": ("件", "宗", "起", "案")}
_MEAN = re.compile(r"[年季月周日]均|平均(?:[值数分]|每.{1,2})?|均值|平均得分")
_A_MONTH = "月均"
_MANY = {"百": 100, "千": 1000, "万": 10_000}


def averages(opened: OpenedPeriod) -> None:
    """Report averages that no sum and number beside them give."""
    for rows in chapters(opened):
        for row in rows:
            match = AVERAGE.search(row.measure) or AVERAGE.search(row.subject)
            is_one = match and not TWICE.search(row.measure) and not MOVED.search(row.measure)
            if match and is_one and not row.is_rate and not row.is_settled:
                many = _MANY.get(match["many"] or "", 1)
                found = [(a, b, many * _times(row, a)) for a, b in _divided(row, rows)]
                if found and not any(_gives(row, *each) for each in found):
                    tell_ratio(
                        row, *min(found, key=lambda each: abs(each[0].value * each[2] / each[1].value - row.value))
                    )


def _divided(row: Row, rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """(what is divided, by what): a count in the unit of the average, and one in another."""
    own = [
        other
        for other in rows
        if other is not row and not other.is_rate and not _NO_SUM.search(other.measure + other.subject)
    ]
    if row.unit in _DURATIONS:  # what takes long is seldom added up
        own = [other for other in own if not _times(row, other) or _ADDED_UP.search(other.measure)]
    divisors, by_name = _divisors(row), [o for o in own if o.unit in TIMES and o.measure in row.measure]
    same = [other for other in own if other.subject == row.subject]
    for pool in (around(row, same), around(row, own)):
        found = [
            (a, b)
            for a in pool
            for b in (pool if pool is same else own)
            if _times(row, a)
            and (b.unit not in (a.unit, row.unit, *_SECONDS) or (b is not a and f"{_many(row)}{b.unit}" in row.measure))
            and b.value > 0
            and (not divisors or b.unit in divisors)
            and (b in by_name or not set(by_name) & set(pool))
        ]
        if found:
            yield from found
            return


def _many(row: Row) -> str:
    """每百 of 每百件投诉; what no name has where it says none."""
    match = AVERAGE.search(row.measure)
    return f"每{match['many']}" if match and match["many"] else "-"


def _times(row: Row, other: Row) -> Decimal:
    """How many of the unit of a row are one of another's: 60 分钟 of a 小时; 0 where they are of different kinds."""
    if -1 < limit_of(other) != limit_of(row):
        return Decimal(0)  # 法定 and 承诺
    if row.unit == other.unit or f"{row.unit}次" == other.unit:  # 46 人 of 598 人次
        return Decimal(1)
    known = row.unit in _SECONDS and other.unit in _SECONDS
    return Decimal(_SECONDS[other.unit]) / _SECONDS[row.unit] if known else Decimal(0)


def _divisors(row: Row) -> tuple[str, ...]:
    """The units of what an average divides by, where its name says so: 日均 by days."""
    name = row.measure if AVERAGE.search(row.measure) else row.subject
    each = EACH.search(name)
    if each:
        return TIMES_OF[each["mean"] or each["each"]]
    return next((units for word, units in _UNITS.items() if word in name), ())


def _gives(row: Row, whole: Row, number: Row, times: Decimal) -> bool:
    low, high = number.bounds
    return low > 0 and meet(row.rounded_bounds, (whole.bounds[0] * times / high, whole.bounds[1] * times / low))


def quotients(records: Records) -> Iterator[tuple[Row, Row, Row]]:
    """Each average with the one sum and the one number that give it."""
    for rows in lists_by_chapter(records):
        for row in rows:
            match = AVERAGE.search(row.measure)
            if match and not row.is_rate and not MOVED.search(row.measure) and not match["many"]:
                pairs = [
                    pair for pair in _divided(row, rows) if pair[0].unit == row.unit and _gives(row, *pair, Decimal(1))
                ]
                if len(pairs) == 1:
                    yield row, *pairs[0]


def means(opened: OpenedPeriod) -> None:
    """Report a row called 月均 or 平均 that is not the mean of the rows it stands under."""
    for rows in chapters(opened):
        for row in rows:
            if row.is_rate or row.unit in _DURATIONS or row.is_settled:
                continue
            parts = _parts_of_mean(row, rows) or _months_of_mean(row, rows)
            if parts:
                summed = total_of(other.value for other in parts)
                half = half_place(row.quantity) or Decimal("0.5")
                if abs(summed / len(parts) - row.value) > half + total_of(half_place(o.quantity) for o in parts):
                    given = said(round(summed / len(parts), row.quantity.decimals), row)
                    row.report("mean-apart", parts, lines=rows_in_words(parts), given=given)


def _parts_of_mean(row: Row, rows: list[Row]) -> list[Row]:
    """The rows under which one called 月均 or 平均 stands, where there are some."""
    name = next((name for name in ("subject", "measure") if _MEAN.fullmatch(getattr(row, name))), "")
    if not name:
        return []
    also = "measure" if name == "subject" else "subject"
    alike = [other for other in rows if getattr(other, also) == getattr(row, also) and other.unit == row.unit]
    parts = [other for other in alike if other is not row and not other.is_total]
    spans = {other: span for other in parts if (span := span_in(getattr(other, name)))}
    if spans:  # of months and their half-year the months
        parts = [other for other in spans if spans[other].months == min(span.months for span in spans.values())]
    return parts if len(parts) > 2 or (len(parts) > 1 and spans) else []


def _months_of_mean(row: Row, rows: list[Row]) -> list[Row]:
    """1月办件, 2月办件 … of 上半年月均办件, where there are some."""
    name = without_span(row.measure)
    if not name.startswith(_A_MONTH):
        return []
    of = name.removeprefix(_A_MONTH)
    alike = (other for other in rows if other.subject == row.subject and other.unit == row.unit)
    parts = [
        other
        for other in alike
        if without_span(other.measure) == of and (span := span_in(other.measure)) and span.months == 1
    ]
    return parts if len(parts) > 2 else []


CHECKS = (averages, means)
