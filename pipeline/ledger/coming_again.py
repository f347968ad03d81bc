"""Rows that come again in a new period: what they are about filled in, their figures blank, last time's beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from ..errors import FactError
from ..facts.fact import Fact
from ..facts.quantity import Quantity, StatedError
from ..facts.sources import Sources
from ..facts.when import When
from ..period import Period
from .columns import DATE, Column
from .records import Records
from .recurring import keys
from .roles import Role

_OF_THE_ROW = (Role.UNIT, Role.BASIS, Role.DISCLOSURE)
_KEPT = (*_OF_THE_ROW, Role.SECTION, Role.INITIATIVE, Role.SUBJECT, Role.MEASURE, Role.ITEM, Role.CLASS, Role.OFFICE)
_SAID_ANEW = (Role.WORDS, Role.DETAIL)


class StartingRow(NamedTuple):
    """A row that a ledger begins with: its texts by field, and what blank ones said in the period before."""

    texts: dict[str, str]
    said_before: dict[str, str] = {}  # noqa: RUF012 (never changed)


@dataclass(frozen=True)
class Moved:
    """From which period to which rows move."""

    earlier: Period
    period: Period

    @property
    def follows(self) -> bool:
        """Whether the earlier period is the one whose figures stand under 上期值."""
        return self.earlier == self.period.base

    def date(self, when: When | None) -> str:
        """The same end of the new period (its name, last month, last day, year, the year before); other dates are blank."""
        return next((new for old, new in self._ends if when and old == when), "")

    @cached_property
    def _ends(self) -> list[tuple[When, str]]:
        pairs = zip(_ends(self.earlier), _ends(self.period), strict=True)
        return [(When.parse(old), new) for old, new in pairs if _is_date(old) and _is_date(new)]


def _ends(period: Period) -> tuple[str, ...]:
    year, last = period.last.year, period.last
    years = (f"{year}", f"{year}年度", f"{year}年末", f"{year - 1}", f"{year - 1}年度")
    return (str(period), f"{period}末", f"{last:%Y-%m}", last.isoformat(), *years)


def _is_date(text: str) -> bool:
    try:
        return bool(When.parse(text))
    except StatedError:
        return False


def coming_again(
    records: Records, rows: Sequence[dict[str, str]], kept: Sequence[bool], moved: Moved
) -> Iterator[StartingRow]:
    """One row for everything that the ledger's rows are about; ``rows`` are its texts, ``kept`` those still wanted."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for position, row in enumerate(rows):
        if kept[position]:
            groups.setdefault(tuple(row[name] for name in keys(records.ledger)), []).append(position)
    again = _Again(records, moved)
    yield from (again.row(rows[positions[-1]], positions) for positions in groups.values())


@dataclass(frozen=True)
class _Again:
    """The records of the period before, as the new period's rows begin from them."""

    records: Records
    moved: Moved

    @cached_property
    def _read(self) -> dict[str, list[Any]]:
        """The dates, and the figures that have a column for last time's, one a row."""
        columns = self.records.ledger.columns
        dates = {
            column.field: self.records.dates(column.field).spread().tolist()
            for column in columns
            if column.kind == DATE
        }
        bases = [column.base_of for column in columns if column.base_of]
        return dates | {name: self.records.figures(name).spread().tolist() for name in bases}

    def row(self, last: dict[str, str], positions: list[int]) -> StartingRow:
        """The row for those at ``positions``; ``last`` is the last of them."""
        columns = self.records.ledger.columns
        told_apart = bool(self.records.ledger.key) and self.moved.follows
        said = [column.field for column in columns if column.role in _SAID_ANEW and told_apart]
        texts = {column.field: self._text(column, last, positions) for column in columns}
        return StartingRow(texts, {name: last[name] for name in said if last[name]})

    def _text(self, column: Column, last: dict[str, str], positions: list[int]) -> str:
        ledger = self.records.ledger
        if column.kind == DATE:
            if ledger.yearly and column.required:
                return str(self.moved.period.first.year - 1)
            return self.moved.date(self._read[column.field][positions[-1]])
        if column.base_of:
            return self._before(column.base_of, last, positions) if self.moved.follows else ""
        of_all = column.field in keys(ledger) or column.role in _OF_THE_ROW
        return last[column.field] if of_all or (ledger.key and column.role in _KEPT) else ""

    def _before(self, figure: str, last: dict[str, str], positions: list[int]) -> str:
        """The figure as typed beside its unit; of rows without a key their sum, of a key that stands twice nothing."""
        first, *others = [self._read[figure][position] for position in positions]
        if first is None or None in others or (others and self.records.ledger.key):
            return ""
        try:
            total = sum((Fact(one, Sources()) for one in others), Fact(first, Sources()))
        except FactError:  # other units
            return ""
        return _typed(total.quantity, self.records.ledger.column(figure), last)


def _typed(quantity: Quantity, column: Column, row: dict[str, str]) -> str:
    unit = row[column.unit_from] if column.unit_from else column.unit
    bare = str(replace(quantity, unit=""))
    try:
        return bare if Quantity.parse(bare, unit=unit) == quantity else str(quantity)
    except StatedError:
        return str(quantity)
