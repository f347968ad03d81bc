"""Rows that come again in a new period: what they are about filled in, their figures blank, last time's beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from .recurring import Key, keys, row_keys
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


def coming_again(records: Records, base: Records | None, kept: Sequence[bool], moved: Moved) -> Iterator[StartingRow]:
    """One row for everything that the ledger's rows are about, as far as they are ``kept``; ``base`` has last time's figures."""
    again, last = _Again(records, moved), _LastTime(base)
    rows = list(texts_of_rows(records))
    for key, positions in _groups(records).items():
        still = [position for position in positions if kept[position]]
        if still:
            row = again.row(rows[still[-1]], still[-1])
            columns = [column for column in records.ledger.columns if column.base_of]
            row.texts.update({column.field: last.typed(column, key, row.texts) for column in columns})
            yield row


def texts_of_rows(records: Records) -> Iterator[dict[str, str]]:
    """The texts of each row by field."""
    fields = [column.field for column in records.ledger.columns]
    for row in zip(*(records.coded(field).spread() for field in fields), strict=True):
        yield dict(zip(fields, map(str, row), strict=True))


def _groups(records: Records) -> dict[Key, list[int]]:
    """The positions of the rows that are about the same."""
    found: dict[Key, list[int]] = {}
    for position, key in enumerate(row_keys(records)):
        found.setdefault(key, []).append(position)
    return found


@dataclass(frozen=True)
class _Again:
    """The records of an earlier period, as the new period's rows begin from them."""

    records: Records
    moved: Moved

    @cached_property
    def _dates(self) -> dict[str, list[Any]]:
        columns = [column for column in self.records.ledger.columns if column.kind == DATE]
        return {column.field: self.records.dates(column.field).spread().tolist() for column in columns}

    def row(self, last: dict[str, str], position: int) -> StartingRow:
        """The row that begins from the one at ``position``, whose texts are ``last``."""
        columns = self.records.ledger.columns
        told_apart = bool(self.records.ledger.key) and self.moved.follows
        said = [column.field for column in columns if column.role in _SAID_ANEW and told_apart]
        texts = {column.field: self._text(column, last, position) for column in columns}
        return StartingRow(texts, {name: last[name] for name in said if last[name]})

    def _text(self, column: Column, last: dict[str, str], position: int) -> str:
        ledger = self.records.ledger
        if column.kind == DATE:
            if ledger.yearly and column.required:
                return str(self.moved.period.first.year - 1)
            return self.moved.date(self._dates[column.field][position])
        of_all = column.field in keys(ledger) or column.role in _OF_THE_ROW
        return last[column.field] if of_all or (ledger.key and column.role in _KEPT) else ""


@dataclass(frozen=True)
class _LastTime:
    """What the period that is compared with states, by what its rows are about; nothing where ``data/`` has it not."""

    records: Records | None

    @cached_property
    def _rows(self) -> dict[Key, list[int]]:
        return _groups(self.records) if self.records is not None else {}

    @cached_property
    def _figures(self) -> dict[str, list[Any]]:
        columns = self.records.ledger.figures if self.records is not None else ()
        return {
            one.field: self.records.figures(one.field).spread().tolist() for one in columns if self.records is not None
        }

    def typed(self, column: Column, key: Key, row: dict[str, str]) -> str:
        """A figure as typed beside the row's unit; of rows without a key their sum, of a key that stands twice nothing."""
        stated = [self._figures[column.base_of][position] for position in self._rows.get(key, ())]
        if self.records is None or not stated or None in stated or (len(stated) > 1 and self.records.ledger.key):
            return ""
        try:
            total = sum((Fact(one, Sources()) for one in stated[1:]), Fact(stated[0], Sources()))
        except FactError:  # other units
            return ""
        return _typed(total.quantity, row[column.unit_from] if column.unit_from else column.unit)


def _typed(quantity: Quantity, unit: str) -> str:
    bare = str(quantity._replace(unit=""))
    try:
        return bare if Quantity.parse(bare, unit=unit) == quantity else str(quantity)
    except StatedError:
        return str(quantity)
