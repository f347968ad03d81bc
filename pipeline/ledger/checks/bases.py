"""What was typed as last time's value against what the ledgers of last time say."""

from __future__ import annotations

from collections import Counter

from ...facts.quantity import Quantity
from ..records import Records
from ..recurring import Key, row_keys
from .opened_period import OpenedPeriod


def bases(opened: OpenedPeriod) -> None:
    """Report a 上期值 that the period before states otherwise; where it states nothing, what is typed holds."""
    last = opened.previous if opened.period.previous else opened.year_before
    for stem, records in opened.records.items() if last else ():
        earlier = last.records.get(stem) if last else None
        for column in records.ledger.columns:
            if column.base_of and records.has(column.field) and earlier is not None and earlier.ledger.key:
                _compared(records, column.field, _stated(earlier, column.base_of), earlier, opened.period.base.label)


def _compared(
    records: Records, name: str, before: dict[Key, tuple[int, Quantity]], earlier: Records, label: str
) -> None:
    typed, rows = records.figures(name).spread(), row_keys(records)
    for position, quantity in enumerate(typed):
        row, then = before.get(rows[position], (0, quantity))
        if quantity is not None and quantity.value is not None and quantity != then:
            other = f"{earlier.grid.sheet or earlier.grid.file} {row}"
            records.report("base-apart", [position], name, str(quantity), earlier=label, found=str(then), other=other)


def _stated(records: Records, name: str) -> dict[Key, tuple[int, Quantity]]:
    """Each key that stands once and states a figure: its row and the figure."""
    rows, figures = row_keys(records), records.figures(name).spread()
    times = Counter(rows)
    return {
        key: (int(records.rows[position]), figure)
        for position, (key, figure) in enumerate(zip(rows, figures, strict=True))
        if times[key] == 1 and figure is not None and figure.value is not None
    }


CHECKS = (bases,)
