"""The figures of the period before that stand in a row beside its own (上期值), as rows of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .stated_rows import Row

LAST = "上期"


def values_before(rows: Iterable[Row]) -> Iterator[Row]:
    """For each row with a value of the period before a row of that value, under the same names."""
    for row in rows:
        base = row.records.ledger.base_of(row.column)
        quantity = row.records.figures(base).spread()[row.position] if base and row.records.has(base) else None
        if quantity is not None and quantity.value is not None and quantity.rank == row.quantity.rank:
            yield replace(row, column=base, basis=LAST, quantity=quantity)
