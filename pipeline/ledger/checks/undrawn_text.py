"""Characters in the cells of a ledger that no font has: told here, for they would stop the PDF."""

from __future__ import annotations

from ...facts.unprintable import named
from ..columns import TEXT
from ..roles import Role
from .opened_period import OpenedPeriod


def undrawn_text(opened: OpenedPeriod) -> None:
    """Report each text that cannot be set, with its characters at fault; what is noted beside the rows is never printed."""
    for records in opened.records.values():
        for column in records.ledger.columns:
            if column.kind == TEXT and column.role != Role.NOTE and records.has(column.field):
                coded = records.coded(column.field)
                for code, text in enumerate(coded.values):
                    if missing := opened.undrawn(text):
                        records.report("no-font-has", coded.positions(code), column.field, named(missing))


CHECKS = (undrawn_text,)
