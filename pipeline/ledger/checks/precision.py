"""Decimals that differ within one list of rates: 84.50% beside 89.5%. A whole 100% has none and needs none."""

from __future__ import annotations

import re
from collections import defaultdict

from ...facts.figure_words import RATES
from ...facts.quantity import Quantity
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod

_NAMELESS = re.compile(r"(?:比率|比例|百分[比率]|率|数[值量]|指标值|情况)?")  # the subject says of what


def mixed(opened: OpenedPeriod) -> None:
    """Report rates of one measure that are stated with different numbers of decimals."""
    for records in opened.records.values():
        measured = records.ledger.fields(Role.SECTION, Role.MEASURE) if records.ledger.field(Role.MEASURE) else ()
        for column in records.ledger.figures if len(records) > 1 else ():
            _list(records, column.field, measured)


def _list(records: Records, name: str, grouped_by: tuple[str, ...]) -> None:
    figures = records.figures(name)
    if not any(quantity and quantity.unit in RATES for quantity in figures.values):
        return
    lists = combined([figures, *(records.coded(each) for each in grouped_by)])
    decimals: dict[tuple[str, ...], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for code, (quantity, *group) in enumerate(lists.values):
        if quantity and quantity.value not in (None, 0, 100) and quantity.unit in RATES:
            decimals[(quantity.unit, *group)][quantity.decimals].append(code)
    spread = figures.spread()
    for (_, *group), found in decimals.items():
        if len(found) < 2:
            continue
        rows = sorted(row for codes in found.values() for code in codes for row in lists.positions(code).tolist())
        if not group or not _NAMELESS.fullmatch(group[-1]) or _is_whole([spread[row] for row in rows]):
            records.report("mixed-precision", rows, name, decimals=tuple(map(str, sorted(found))))


def _is_whole(shares: list[Quantity]) -> bool:
    """Whether shares are those of one whole: within a hundredth they come to 100."""
    return 99 <= float(sum(share.value or 0 for share in shares)) <= 101


CHECKS = (mixed,)
