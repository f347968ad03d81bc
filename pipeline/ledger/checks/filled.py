"""What is still to be entered: empty ledgers, rows that state nothing, blank figures, rows carried over and not looked at."""

from __future__ import annotations

import numpy as np

from ..grid import CARRIED
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod


def filled(opened: OpenedPeriod) -> None:
    """Report, as warnings, what has not been filled in yet (尚未填报)."""
    is_made = bool(
        opened.workspace.made_of(opened.period)
    )  # blanks are then filled by its months, or told beside those
    for records in opened.records.values():
        if records.problems and not len(records):
            continue
        if not len(records):
            if not is_made:
                records.report("not-filled", [], title=records.ledger.sheet)
            continue
        _carried(records)
        if not is_made:
            _blank(records)


def _carried(records: Records) -> None:
    note = records.ledger.field(Role.NOTE)
    if note and records.grid.carried and records.has(note):
        carried = records.coded(note).where(lambda text: CARRIED in text)
        if carried.any():
            records.report("not-filled-review", carried, note, CARRIED)


def _blank(records: Records) -> None:
    """Rows for a figure or for words that hold neither, and each blank figure that 上期值 beside it states."""
    words = records.ledger.field(Role.WORDS)
    figures = [column.field for column in records.ledger.figures if records.has(column.field)]
    blank = {name: records.figures(name).where(lambda q: q is not None and q.state == "blank") for name in figures}
    nothing = np.zeros(len(records), bool)
    if words and figures:
        nothing = np.all([*blank.values(), records.coded(words).where(lambda text: not text)], axis=0)
        if nothing.any():
            records.report("not-filled-value", nothing, figures[0])
    for name in figures:
        base = records.ledger.base_of(name)
        if base and records.has(base):
            stated = records.figures(base).where(lambda q: q is not None and q.value is not None)
            if (unfilled := blank[name] & stated & ~nothing).any():
                records.report("not-filled-figure", unfilled, name)


CHECKS = (filled,)
