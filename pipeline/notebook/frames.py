"""A ledger's frame as notebooks get it: dates know their cells too, and another period's cells say which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ..facts import DateFact, Fact, Sources

if TYPE_CHECKING:
    from .. import ledger


def with_sources(rows: pd.DataFrame, schema: type[ledger.Ledger], *, origin: str = "") -> pd.DataFrame:
    """``rows`` of ``ledger.read`` with every date as a ``DateFact``.

    Args:
        origin: where another period's tables stand as seen from this one (``../2020H2/``); put before each source.

    ``attrs["headings"]`` gives the Chinese heading of each field.
    """
    source = origin + rows.attrs["source"]
    for column in schema.columns:
        if column.kind == "when":
            cells = [
                DateFact(when, Sources.cell(source, row, column.heading)) for row, when in rows[column.field].items()
            ]
            rows[column.field] = pd.Series(cells, index=rows.index, dtype=object)
        elif column.kind == "stated" and origin:
            rows[column.field] = [_moved(fact, source) for fact in rows[column.field]]
    rows.attrs |= {"source": source, "headings": {column.field: column.heading for column in schema.columns}}
    return rows


def _moved(fact: Fact, source: str) -> Any:
    cells = tuple(cell._replace(table=source) for cell in fact.sources.cells())
    return Fact(fact.quantity, Sources(cells), fact.derivation)
