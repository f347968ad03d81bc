"""Figures that have not moved since the period before: often left standing by mistake."""

from __future__ import annotations

from itertools import groupby

from ...facts.quantity import Quantity
from ..columns import DATE
from ..records import Records
from ..roles import Role
from .keys import key_part
from .opened_period import OpenedPeriod

CONFIRMED = ("未变", "无变化", "与上期相同")
_CHANCE = 10  # smaller whole counts are often the same by chance
_BLOCK = 3  # neighbouring rows


def unmoved(opened: OpenedPeriod) -> None:
    """Report a figure equal to the one in the same row of the period before, unless a remark says 未变.

    It is a warning; an error where it was the same in the period before that too, or in three neighbouring rows.
    """
    previous = opened.previous
    if previous is None:
        return
    for stem, records in opened.records.items():
        earlier = previous.records.get(stem)
        if records.ledger.compared_by and len(records) and earlier is not None and len(earlier):
            earliest = previous.previous.records.get(stem) if previous.previous else None
            for column in records.ledger.figures:
                _unmoved(records, earlier, earliest, column.field)


def _unmoved(records: Records, earlier: Records, earliest: Records | None, name: str) -> None:
    before, long_before = _figures(earlier, name), _figures(earliest, name) if earliest is not None else {}
    note = records.ledger.field(Role.NOTE)
    notes = records.coded(note).spread() if note else [""] * len(records)
    same, again = [], []
    for position, (key, dates, quantity) in enumerate(_rows(records, name)):
        if not _telling(quantity) or any(word in notes[position] for word in CONFIRMED):
            continue
        then_dates, then = before.get(key, ((), None))
        if then == quantity and then_dates != dates:
            same.append(position)
            long_dates, long = long_before.get(key, ((), None))
            again += [position] if long == quantity and long_dates != then_dates else []
    _tell(records, name, same, again)


def _tell(records: Records, name: str, same: list[int], again: list[int]) -> None:
    figures = records.figures(name).spread()
    for position in again:
        records.report("stale-again", [position], name, str(figures[position]))
    for run in _runs([position for position in same if position not in again]):
        if len(run) >= _BLOCK:
            records.report("stale-block", run, name)
        else:
            for position in run:
                records.report("stale", [position], name, str(figures[position]))


def _rows(records: Records, name: str) -> list[tuple[tuple[str, ...], tuple[str, ...], Quantity | None]]:
    """(what the row is about, the dates in its key, its figure) of every row."""
    dated = [field for field in records.ledger.key if records.ledger.column(field).kind == DATE]
    told_by = dict.fromkeys((*records.ledger.compared_by, *records.ledger.fields(Role.BASIS)))
    parts = [key_part(records, field).spread() for field in told_by if field not in dated]
    dates = [key_part(records, field).spread() for field in dated]
    figures = records.figures(name).spread()
    return [
        (tuple(part[i] for part in parts), tuple(date[i] for date in dates) or (str(i),), figures[i])
        for i in range(len(records))
    ]


def _figures(records: Records, name: str) -> dict[tuple[str, ...], tuple[tuple[str, ...], Quantity | None]]:
    return {key: (dates, quantity) for key, dates, quantity in _rows(records, name)}


def _telling(quantity: Quantity | None) -> bool:
    return (
        quantity is not None
        and quantity.value is not None
        and (abs(quantity.value) >= _CHANCE or quantity.decimals > 0)
    )


def _runs(positions: list[int]) -> list[list[int]]:
    """Neighbouring positions together."""
    numbered = enumerate(positions)
    return [[position for _, position in run] for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0])]


CHECKS = (unmoved,)
