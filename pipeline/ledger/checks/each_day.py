"""Averages a day, a week, a month (日均, 月均) whose number of days or months stands nowhere."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from ...facts.when import When
from ...period import Period
from ..roles import Role
from .opened_period import OpenedPeriod
from .spans import span_of
from .stated_rows import Row, meet, rows_of

EACH = re.compile(r"(?:平均)?(?:(?P<mean>[日天周月])均|每(?P<each>[日天周月]))")
TWICE = re.compile(r"人均每?[日天周月]|[日天周月]人均|每[日天周月]人均|每人每[日天周月]")  # divided by two numbers
_PEAK = re.compile(r"高峰|最|单日|当日|峰")
TIMES_OF = {"周": ("周",), "月": ("个月", "月")} | dict.fromkeys("日天", ("天", "日", "个工作日", "工作日"))
TIMES = tuple(dict.fromkeys(unit for units in TIMES_OF.values() for unit in units))
_MONTH_ENDS = (1, 3, 6, 12)  # an average of a month, a quarter, half a year or a year up to the row's date
_FREE = 0.13  # of the days from Monday to Friday, at most so many are holidays


def each_day(opened: OpenedPeriod) -> None:
    """Report an average that the sum beside it gives over no number of days or months that it could be of."""
    for records in opened.records.values():
        found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in rows_of(records) if records.ledger.field(Role.MEASURE) else ():
            found[row.column, row.group, row.subject].append(row)
        for rows in found.values():
            for row in rows:
                match = EACH.search(row.measure)
                if match and not TWICE.search(row.measure) and not row.is_rate and not row.is_settled:
                    _held(row, rows, match["mean"] or match["each"], opened.period)


def _held(row: Row, rows: list[Row], unit: str, period: Period) -> None:
    if any(other.unit in TIMES_OF[unit] for other in rows if other is not row):
        return  # the number is stated, and held elsewhere
    wholes = [other for other in rows if _is_whole(row, other)]
    numbers = sorted({number for days in _spans(row, period) for number in _numbers(unit, *days)})
    if not wholes or not numbers or any(_gives(row, whole, number) for whole in wholes for number in numbers):
        return
    whole = wholes[0]
    number = min(numbers, key=lambda number: abs(whole.value / number - row.value))
    given = f"{round(whole.value / number, row.quantity.decimals):f}{row.unit}"
    row.report("each-apart", [whole], row=whole.line, whole=str(whole.quantity), number=number, given=given)


def _is_whole(row: Row, other: Row) -> bool:
    """Whether the average could be of that sum: 日均话务量 of 话务总数."""
    same = other is not row and other.unit == row.unit and (other.as_of, other.basis) == (row.as_of, row.basis)
    bare = EACH.sub("", row.measure)
    return (
        same
        and not EACH.search(other.measure)
        and not other.is_average
        and not _PEAK.search(other.measure)
        and (not bare or bare[:2] in other.measure)
    )


def _spans(row: Row, period: Period) -> Iterator[tuple[date, date]]:
    """First and last day of each stretch that the row could speak of."""
    span, when = span_of(row), When.parse(row.as_of) if row.as_of else When()
    year = when.last.year if when.last else period.year
    if span:
        yield _days(span.year or year, span.first, span.last)
        return
    if when.first and when.last and (when.last - when.first).days > 31:
        yield when.first, when.last
        return
    yield period.first, period.last
    if when.last:
        for months in {*_MONTH_ENDS, when.last.month}:
            if months <= when.last.month:
                yield _days(year, when.last.month - months + 1, when.last.month)


def _days(year: int, first: int, last: int) -> tuple[date, date]:
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)


def _numbers(unit: str, first: date, last: date) -> set[int]:
    """By how many days, weeks or months a sum over the stretch may be divided."""
    days = (last - first).days + 1
    if unit == "月":
        return {round(days / 30.4)}
    if unit == "周":
        return {days // 7, math.ceil(days / 7)}
    working = sum((first + timedelta(days=day)).weekday() < 5 for day in range(days))
    return {days, *range(math.floor(working * (1 - _FREE)), working + 2)}


def _gives(row: Row, whole: Row, number: int) -> bool:
    return meet(row.rounded_bounds, (whole.bounds[0] / number, whole.bounds[1] / number))


CHECKS = (each_day,)
