"""What is still to be entered: empty ledgers, rows that state nothing, rows carried over and not looked at."""

from __future__ import annotations

from ..grid import CARRIED
from .halfyear import HalfYear


def filled(half_year: HalfYear) -> None:
    """Report, as warnings, what has not been filled in yet (尚未填报)."""
    for stem, records in half_year.records.items():
        if records.problems and not len(records):
            continue
        if not len(records):
            records.report("not-filled", [], title=records.ledger.sheet)
            continue
        if records.grid.carried and records.has("note"):
            carried = records.coded("note").where(lambda text: CARRIED in text)
            if carried.any():
                records.report("not-filled-review", carried, "note", CARRIED)
        if stem == "indicators" and records.has("value"):
            nothing = records.figures("value").where(lambda q: q is not None and q.state == "blank")
            nothing &= records.coded("text").where(lambda text: not text)
            if nothing.any():
                records.report("not-filled-value", nothing, "value")
