"""What the ledgers state, as far as a finished report is held against it: names, figures, and what must stay inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..facts import Cell, DateFact, Fact, When

if TYPE_CHECKING:
    import pandas

PUBLIC = ("", "主动公开")
_NOT_SAID = frozenset({"note", "disclosure", "slug", "severity", "rule"})  # fields that no report prints
# Fields that class a record without telling which it is.
_CLASSES = frozenset(
    {"section", "measure", "action", "unit", "qualifier", "basis", "status", "relation", "kind", "role", "stage"}
    | {"review", "change", "time_of_day", "table"}
)
# Fields that say more about a figure, but not of what it is the figure.
_DETAILS = _NOT_SAID | {
    "section",
    "text",
    "detail",
    "qualifier",
    "unit",
    "basis",
    "established",
    "media",
    "duty",
    "place",
}
_WHEN = ("as_of", "date", "month", "year", "when", "received")


@dataclass(frozen=True)
class Record:
    """One row of a ledger: ``fields`` by English name, ``headings`` the Chinese heading of each."""

    table: str
    row: int
    fields: dict[str, Any] = field(repr=False)
    headings: dict[str, str] = field(repr=False)

    @property
    def public(self) -> bool:
        """Whether its 公开属性 lets it leave the house; blank means 主动公开."""
        return str(self.fields.get("disclosure", "")) in PUBLIC

    def texts(self) -> Iterator[tuple[str, str]]:
        """Its words that a report can print, each with its field."""
        for name, value in self.fields.items():
            if isinstance(value, str) and value.strip() and name not in _NOT_SAID:
                yield name, " ".join(value.split())

    def reference(self, name: str) -> str:
        """Where a field stands: tables/policies.csv#row=3;col=文件名称."""
        return f"{self.table}#row={self.row};col={self.headings.get(name, name)}"

    def about(self, cell: Cell) -> tuple[str, str, str]:
        """(subject, measure, as-of) of the figure or date in ``cell``; the subject is "" where the row names none.

        A ledger with a column for the measure states one figure a row; in the others the heading is the measure, and
        all that describes the row its subject.
        """
        said = {name: str(value) for name, value in self.fields.items() if str(value) and name not in _DETAILS}
        measure = said.get("measure") or said.get("action")
        if measure:
            parts = [said.get("initiative", ""), said.get("subject") or said.get("list_name", "")]
        else:
            parts = [
                text for name, text in said.items() if not isinstance(self.fields[name], Fact) and name not in _WHEN
            ]
        subject = "·".join(filter(None, parts))
        if cell.column in [self.headings.get(name) for name in _WHEN]:
            return subject, f"{measure}{cell.column}", ""
        return subject, measure or cell.column, next((said[name] for name in _WHEN if name in said), "")

    def stated(self, column: str) -> Fact | When | None:
        """The figure or date in the column with that heading."""
        value = next((self.fields[name] for name, heading in self.headings.items() if heading == column), None)
        value = value.when if isinstance(value, DateFact) else value
        return value if isinstance(value, Fact | When) else None


class Ledgers:
    """The records of all ledgers that a report may draw on."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = tuple(records)

    @classmethod
    def of(cls, frames: Iterable[pandas.DataFrame]) -> Ledgers:
        """The records of frames as ``ledger.read`` gives them (docs/design.md, "A ledger frame"); dates may be facts.

        ``attrs["headings"]`` names the Chinese heading of each field. A frame of another period must have its source
        written as its facts write it (``../2020H2/tables/…``).
        """
        return cls(
            Record(frame.attrs["source"], int(row), fields, frame.attrs.get("headings", {}))
            for frame in frames
            for row, fields in zip(frame.index, frame.to_dict("records"), strict=True)
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """Every text of every record → the first cell it stands in."""
        found: dict[str, str] = {}
        for record in self.records:
            for name, text in record.texts():
                found.setdefault(text, record.reference(name))
        return found

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables there are."""
        return frozenset(record.table for record in self.records)

    def record(self, cell: Cell) -> Record | None:
        """The record a cell stands in."""
        return self._by_row.get((cell.table, cell.row))

    def stated(self, cell: Cell) -> Fact | When | None:
        """The figure or date that a cell states."""
        record = self.record(cell)
        return record.stated(cell.column) if record else None

    @cached_property
    def _by_row(self) -> dict[tuple[str, int], Record]:
        return {(record.table, record.row): record for record in self.records}

    @cached_property
    def public(self) -> Ledgers:
        """Only the records that may leave the house."""
        return Ledgers(record for record in self.records if record.public)

    def is_internal(self, cell: Cell) -> bool:
        """Whether a cell stands in a record that must stay inside."""
        record = self.record(cell)
        return record is not None and not record.public

    @cached_property
    def internal_texts(self) -> dict[str, str]:
        """Words that tell of an internal record (its names, events, details) and stand in no public one → their cell.

        A word that is part of a public record's words is nothing that only internal records have.
        """
        inside = {
            text: record.reference(name)
            for record in self.records
            if not record.public
            for name, text in record.texts()
            if name not in _CLASSES and len(text) > 1
        }
        outside = "\n".join(self.public.names)
        return {text: cell for text, cell in inside.items() if text not in outside}

    @cached_property
    def internal_figures(self) -> dict[str, str]:
        """Figures of internal records with their units (22小时) that no public record states → their cell."""
        stated = {True: {}, False: {}}
        for record in self.records:
            for name, value in record.fields.items():
                if isinstance(value, Fact) and value.stated and value.unit:
                    stated[record.public].setdefault(str(value), record.reference(name))
        return {figure: cell for figure, cell in stated[False].items() if figure not in stated[True]}
