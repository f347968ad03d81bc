"""One record of a ledger, as far as a finished report is held against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..facts import Cell, DateFact, Fact, When
from ..facts.stated_words import bare
from ..ledger.roles import NOT_SAID, Role, in_order

# What says more about a figure, but not of what it is the figure.
_DETAILS = NOT_SAID | {
    Role.SECTION,
    Role.WORDS,
    Role.DETAIL,
    Role.QUALIFIER,
    Role.UNIT,
    Role.BASIS,
    Role.PLACE,
    Role.BASE,
}


@dataclass(frozen=True)
class Record:
    """One row of a ledger: ``fields`` by English name, with the heading and the role of each.

    ``key`` are the fields that tell it from all other rows, none where each row is a case of its own, None where that is not
    known; ``identifying`` those that may tell who a person is.
    """

    table: str
    row: int
    fields: dict[str, Any] = field(repr=False)
    headings: dict[str, str] = field(repr=False)
    roles: dict[str, str] = field(repr=False)
    key: tuple[str, ...] | None = field(default=None, repr=False)
    identifying: tuple[str, ...] = field(default=(), repr=False)

    def about(self, cell: Cell) -> tuple[str, str, str]:
        """(subject, measure, as-of) of the figure or date in ``cell``; the subject is "" where the row names none.

        A ledger with a column for the measure states one figure a row; in the others the heading is the measure, and
        all that describes the row its subject.
        """
        said = {name: bare(value) for name, value in self.fields.items() if self.roles.get(name) not in _DETAILS}
        measure = self._first(said, Role.MEASURE)
        if measure:
            parts = [self._first(said, Role.INITIATIVE), self._first(said, Role.SUBJECT)]
        else:
            told = (Role.FIGURE, Role.AS_OF)
            parts = [text for name, text in said.items() if self.roles.get(name) not in told]
        subject = "·".join(filter(None, parts))
        if cell.column in [self.headings.get(name) for name in (*self._dates, *in_order(self.roles, (Role.BASE,)))]:
            return subject, f"{measure}{cell.column}", ""
        return subject, measure or cell.column, self._first(said, Role.AS_OF)

    def tells_rows_apart(self, column: str) -> bool:
        """Whether what stands in the column with that heading makes its row another one than those that are described alike."""
        return self.key is not None and (not self.key or column in [self.headings.get(name) for name in self.key])

    @property
    def apart(self) -> tuple[str, ...]:
        """What else of the key tells what the row's figures are of, such as which office: neither details nor what ``about`` says."""
        if not in_order(self.roles, (Role.MEASURE,)):
            return ()  # the subject is all that describes the row
        said = _DETAILS | {Role.INITIATIVE, Role.SUBJECT, Role.MEASURE, Role.AS_OF}
        return tuple(bare(self.fields[name]) for name in self.key or () if self.roles.get(name) not in said)

    def said(self, role: Role) -> str:
        """What the first field of a role says, "" where there is none."""
        return self._first({name: bare(value) for name, value in self.fields.items()}, role)

    def _first(self, said: dict[str, str], role: Role) -> str:
        return next((said[name] for name in in_order(self.roles, (role,)) if said.get(name)), "")

    @property
    def _dates(self) -> tuple[str, ...]:
        return in_order(self.roles, (Role.AS_OF,))

    @property
    def dated(self) -> When:
        """The date that the record gives for its figures; false where it gives none."""
        given = (self.fields.get(name) for name in self._dates)
        dates = (value.when if isinstance(value, DateFact) else value for value in given)
        return next((when for when in dates if isinstance(when, When) and when), When())

    def stated(self, column: str) -> Fact | When | None:
        """The figure or date in the column with that heading."""
        value = next((self.fields[name] for name, heading in self.headings.items() if heading == column), None)
        value = value.when if isinstance(value, DateFact) else value
        return value if isinstance(value, Fact | When) else None
