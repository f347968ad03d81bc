"""One record of a ledger, as far as a finished report is held against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..facts import Cell, DateFact, Fact, When

NOT_SAID = frozenset({"note", "disclosure", "slug", "severity", "rule"})  # fields that no report prints
# Fields that say more about a figure, but not of what it is the figure.
_DETAILS = NOT_SAID | {
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

    @property
    def dated(self) -> When:
        """The date that the record gives for its figures; false where it gives none."""
        given = (self.fields.get(name) for name in _WHEN)
        dates = (value.when if isinstance(value, DateFact) else value for value in given)
        return next((when for when in dates if isinstance(when, When) and when), When())

    def stated(self, column: str) -> Fact | When | None:
        """The figure or date in the column with that heading."""
        value = next((self.fields[name] for name, heading in self.headings.items() if heading == column), None)
        value = value.when if isinstance(value, DateFact) else value
        return value if isinstance(value, Fact | When) else None
