"""Figures by themselves: counts below zero or broken, without a unit, without the span they count."""

from __future__ import annotations

from ...facts.figure_words import RATES
from ...facts.quantity import Quantity
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .changes import CHANGE
from .opened_period import OpenedPeriod

_MEASURES = (
    "天",
    "日",
    "小时",
    "分钟",
    "个月",
    "月",
    "年",
    "周",
    "元",
    "倍",
    "平方米",
    "公里",
    "米",
    "公顷",
    "亩",
    "吨",
)
_UNSTATED = "未注明"


def is_count(quantity: Quantity | None) -> bool:
    """Whether a figure counts things, rather than measuring, rating or ranking them."""
    return (
        quantity is not None
        and quantity.value is not None
        and not quantity.rank
        and bool(quantity.unit)
        and quantity.unit not in (*RATES, *_MEASURES)
        and not quantity.value % 1
    )


def counts(opened: OpenedPeriod) -> None:
    """Report counts below zero, broken counts and figures without a unit."""
    for records in opened.records.values():
        for column in records.ledger.figures:
            _counted(records, column.field, always=column.counts)


def _counted(records: Records, name: str, *, always: bool) -> None:
    measure = records.ledger.field(Role.MEASURE)
    figures = combined([records.figures(name), *([records.coded(measure)] if measure else [])])
    for code, (quantity, *said) in enumerate(figures.values):
        if quantity is None or quantity.value is None:
            continue
        found = str(quantity)
        is_change = bool(quantity.said) or any(map(CHANGE.search, said))
        if quantity.value < 0 and (always or (is_count(quantity) and not is_change)):
            records.report("negative", figures.positions(code), name, found)
        elif always and quantity.value % 1:
            records.report("not-whole", figures.positions(code), name, found)
        elif not quantity.unit and not quantity.rank and not quantity.said:
            records.report("unit-missing", figures.positions(code), name, found)


def bases(opened: OpenedPeriod) -> None:
    """Report counts that do not say which span they count (口径), and those that say it is not known.

    In a ledger without a key a row may be one case, which counts nothing but itself.
    """
    for records, name in opened.having(Role.BASIS):
        for column in records.ledger.figures:
            _based(records, column.field, name, summaries_only=not records.ledger.key)
        unstated = records.coded(name).where(_UNSTATED.__eq__)
        if unstated.any():
            records.report("basis-unstated", unstated, name, _UNSTATED)


def _based(records: Records, figure: str, name: str, *, summaries_only: bool) -> None:
    pairs = combined([records.figures(figure), records.coded(name)])
    for code, (quantity, stated) in enumerate(pairs.values):
        if is_count(quantity) and not stated and not (summaries_only and quantity.value <= 1):
            records.report("basis-missing", pairs.positions(code), name, found=str(quantity))


CHECKS = (
    counts,
    bases,
)
