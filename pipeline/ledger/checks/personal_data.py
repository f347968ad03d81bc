"""Personal data in the cells of a ledger, told long before a gate holds the report back."""

from __future__ import annotations

from ...findings import WARNING
from ...personal import may_hold_personal_data, revealing
from ..columns import TEXT
from .opened_period import OpenedPeriod


def in_cells(opened: OpenedPeriod) -> None:
    """Report every id, telephone and card number, address and name beside one, masked."""
    for records in opened.records.values():
        for column in records.ledger.columns:
            if column.kind == TEXT and records.has(column.field):
                coded = records.coded(column.field)
                for code in [code for code, text in enumerate(coded.values) if may_hold_personal_data(text)]:
                    for hit in revealing(coded.values[code]):
                        records.report(hit.kind, coded.positions(code), column.field, hit.masked, severity=WARNING)


CHECKS = (in_cells,)
