"""What is still to be entered: empty ledgers, rows that state nothing, rows carried over and not looked at."""

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
            _stating_nothing(records)


def _carried(records: Records) -> None:
    note = records.ledger.field(Role.NOTE)
    if note and records.grid.carried and records.has(note):
        carried = records.coded(note).where(lambda text: CARRIED in text)
        if carried.any():
            records.report("not-filled-review", carried, note, CARRIED)


def _stating_nothing(records: Records) -> None:
    """Rows for a figure or for words that hold neither; without a column for words, those with a figure of last time."""
    words, figures = records.ledger.field(Role.WORDS), [column.field for column in records.ledger.figures]
    bases = [base for name in figures if (base := records.ledger.base_of(name)) and records.has(base)]
    if not any(map(records.has, figures)) or not (words or bases):
        return
    nothing = np.ones(len(records), bool)
    for name in figures:
        nothing &= records.figures(name).where(lambda q: q is not None and q.state == "blank")
    if words:
        nothing &= records.coded(words).where(lambda text: not text)
    else:
        nothing &= np.any([records.coded(name).where(bool) for name in bases], axis=0)
    if nothing.any():
        records.report("not-filled-value" if words else "not-filled-figure", nothing, figures[0])


CHECKS = (filled,)
