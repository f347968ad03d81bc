"""A period's ledgers opened for checking, with the periods before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ...facts.unprintable import Undrawn, not_asked
from ...findings import Finding
from ...period import Period
from ...workspace import Workspace
from ..places import Places
from ..records import Records
from ..roles import Role


@dataclass
class OpenedPeriod:
    """The records of every ledger found for ``period``, by stem; checks report into them.

    ``undrawn`` says of a text which of its characters no font has.
    """

    workspace: Workspace
    period: Period
    places: Places
    records: dict[str, Records] = field(default_factory=dict)
    undrawn: Undrawn = not_asked

    @classmethod
    def open(cls, workspace: Workspace, period: Period, undrawn: Undrawn = not_asked) -> OpenedPeriod:
        """Read the folder of ``period``.

        Raises:
            UnknownPeriod: there is no such folder.
        """
        opened = cls._of(workspace, period, workspace.data(period))
        opened.undrawn = undrawn
        return opened

    @classmethod
    def _of(cls, workspace: Workspace, period: Period, folder: Path) -> OpenedPeriod:
        places = Places.of(folder)
        return cls(workspace, period, places, places.records())

    def entered(self) -> OpenedPeriod:
        """The same without the ledgers that a command writes, which nobody entered."""
        entered = {stem: records for stem, records in self.records.items() if not records.ledger.generated}
        return self if len(entered) == len(self.records) else replace(self, records=entered)

    @cached_property
    def previous(self) -> OpenedPeriod | None:
        """The period before, where there is one and its folder exists."""
        return self._at(self.period.previous)

    @cached_property
    def year_before(self) -> OpenedPeriod | None:
        """The same period a year ago, where its folder exists."""
        year_before = self.period.year_before
        return self.previous if year_before == self.period.previous else self._at(year_before)

    @cached_property
    def months(self) -> tuple[OpenedPeriod, ...]:
        """The months of which is made what the period's own ledgers lack, in time order."""
        return tuple(filter(None, map(self._at, self.workspace.made_of(self.period))))

    def _at(self, period: Period | None) -> OpenedPeriod | None:
        if period is None or period not in self.workspace.periods:
            return None
        return OpenedPeriod._of(self.workspace, period, self.workspace.data(period))

    def having(self, role: Role) -> Iterator[tuple[Records, str]]:
        """The ledgers with rows and a column of that role, each with that column's field."""
        for records in self.records.values():
            name = records.ledger.field(role)
            if name and len(records):
                yield records, name

    @property
    def problems(self) -> list[Finding]:
        """Every problem found so far, once, in the order of files, sheets and cells."""
        found = [*self.places.all_problems(), *(each for records in self.records.values() for each in records.problems)]
        order = {stem: place for place, stem in enumerate(self.records)}
        by_sheet = {(r.grid.file, r.grid.sheet): order[stem] for stem, r in self.records.items()}
        unique = {(each.code, each.place, each.value, repr(each.params)): each for each in found}.values()

        def order_of(each: Finding) -> tuple[Any, ...]:
            at = each.place
            return by_sheet.get((at.file, at.sheet), -1), at.file, at.row, len(at.column), at.column, each.code

        return sorted(unique, key=order_of)
