"""Figures stated of several things under the same names: a list's subjects by their measures, a ledger's rows by its columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .stated_rows import Row, rows_of
from .things import alike
from .values_before import values_before

_MOST = 60  # names or things: what is longer is a register
Key = Callable[[Row], tuple[object, ...]]


@dataclass(frozen=True)
class Tabulation:
    """Some names, and of each thing its figure under each of them; None where it has none."""

    names: tuple[str, ...]
    cells: tuple[tuple[Row | None, ...], ...]


def tabulations(opened: OpenedPeriod) -> Iterator[Tabulation]:
    """Those of every ledger: a chapter's subjects by measures and its measures by subjects, rows by columns and columns by rows."""
    for records in opened.records.values():
        if records.ledger.field(Role.MEASURE):
            yield from _of_list(records)
        elif len(records.ledger.figures) > 1:
            rows = [row for row in rows_of(records) if row.quantity.origin is None]
            yield from _tabulated(
                [*rows, *values_before(rows)], lambda row: (row.position, row.basis), lambda row: row.measure
            )
            yield from _tabulated(rows, lambda row: (row.measure,), _line_in_words)


def _line_in_words(row: Row) -> str:
    return f"第{row.line}行"


def _of_list(records: Records) -> Iterator[Tabulation]:
    found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows_of(records):
        if row.quantity.origin is None:
            found[row.column, row.chapter].append(row)
    for rows in found.values():
        for thing, name in (("subject", "measure"), ("measure", "subject")):
            yield from _by(rows, thing, name)


def _by(rows: list[Row], thing: str, name: str) -> Iterator[Tabulation]:
    """Things under their names; where one name stands twice, told apart by day and 口径."""

    def short(row: Row) -> tuple[object, ...]:
        return getattr(row, thing), row.classed

    def named(row: Row) -> str:
        return str(getattr(row, name))

    if len({(short(row), named(row)) for row in rows}) == len(rows):
        yield from _tabulated(rows, short, named)
    else:
        yield from _tabulated(rows, lambda row: (*short(row), row.as_of, row.basis), named)


def _tabulated(rows: Iterable[Row], thing: Key, name: Callable[[Row], str]) -> Iterator[Tabulation]:
    for names, things in alike(rows, thing, name):
        if max(len(names), len(things)) <= _MOST:
            yield Tabulation(names, tuple(tuple(map(figures.get, names)) for figures in things))
