"""The ledgers of a period as one chapter sees them: its rows, beside other periods and through them, and its rules."""

from __future__ import annotations

from typing import Any, Self

import numpy
import pandas

from .. import ledger
from ..errors import FactError
from ..facts.frame_cells import known_fields
from ..facts.stated_words import bare
from ..findings import Said, nearest_of
from ..period import Period
from ..workspace import Workspace
from .comparison import BASES, headings, totals, with_bases
from .from_months import ledgers_of, rows_of
from .history import history_of
from .named_rows import those_with
from .rest import Told
from .worked_rules import worked


class SectionRows:
    """One chapter's rows of the ledgers of one period."""

    def __init__(
        self, name: str, period: str, *, workspace: Workspace | None = None, initiative: str | None = None
    ) -> None:
        self.workspace = workspace or Workspace.find()
        self.period = Period.parse(period)
        self.initiative = initiative
        self._notebook = self.workspace.section(name)
        self._folder = self.workspace.data(self.period)
        self._origin = ""
        self._told = Told()

    @property
    def name(self) -> str:
        """The section's name: reform."""
        return self._notebook.name

    @property
    def title(self) -> str:
        """The section's title: 改革创新."""
        return self._notebook.title

    def __repr__(self) -> str:
        return f"<Section {self.title} {self.period.label}>"

    def table(self, name: str, **where: Any) -> pandas.DataFrame:
        """The rows of a ledger that belong to this section.

        One row a record; the index is the row as Excel shows it; figures are facts, dates and words know their cell too. Columns
        are listed in docs/data-dictionary.md. ``where`` keeps rows whose field has that value:
        ``table("policies", relation="依据")``.

        Raises:
            UsageError: no such table. FactError: no such field. DataError: the ledger has errors.

        Example:
            >>> reform.table("indicators", measure="办件量").value.sum()
            <Fact 579件 from tables/indicators.csv#row=5-7;col=数值>
        """
        rows = self._rows(name)
        fields = known_fields(rows, where, Said("ledger-named", name=name))
        for field, value in zip(fields, where.values(), strict=True):
            rows = those_with(rows, field, value)
        return rows

    def _rows(self, name: str) -> pandas.DataFrame:
        rows = self._whole(name)
        wanted = numpy.ones(len(rows), bool)
        for field in ledger.fields_of(rows, ledger.Role.SECTION):
            wanted &= numpy.array([cell in (self.title, self.name) for cell in rows[field].tolist()], bool)
        rows = rows[wanted]
        for field in ledger.fields_of(rows, ledger.Role.INITIATIVE) if self.initiative is not None else ():
            rows = those_with(rows, field, self.initiative)
        return rows

    def _whole(self, name: str) -> pandas.DataFrame:
        """A ledger with the rows of all sections, the same frame as long as its file stays the same."""
        return rows_of(self.workspace, self.period, name, origin=self._origin)

    def compared(self, name: str, *, value: str = "", total_by: str = "", **where: Any) -> pandas.DataFrame:
        """The rows of a ledger, beside what the period before and the year before state of the same.

        As ``table``, with columns ``previous``, ``year_before``, ``change`` (for a sentence), and for cells of a table
        ``previous_change``, ``year_before_change`` and ``change_rate`` (both in words), all empty where ``data/`` has no such period. What the first of them does not state is taken from the
        ledger's own 上期值.

        Args:
            value: the field of figures that is compared; the ledger's first by default.
            total_by: sum the figures by this field first (one row a kind, with the 口径 of its rows).

        Raises:
            UsageError: no such table. FactError: no such field, or the ledger's rows have no key and no ``total_by``.

        Example:
            >>> list(reform.compared("indicators").columns[-7:])
            ['previous', 'year_before', 'previous_change', 'year_before_change', 'change', 'change_rate', 'changes']
        """
        schema = ledger.schema(self._folder, name)
        value, total_by = schema.named(value), schema.named(total_by)
        fields = [column.field for column in schema.figures]
        by = (total_by,) if total_by else schema.compared_by
        if value not in ("", *fields):
            raise _no_figures(schema, value)
        if not (fields and by):
            raise FactError("rows-without-key", table=name)
        value = value or fields[0]
        typed = schema.base_of(value)
        now = self._totalled(name, [value, typed] if typed else [value], total_by, where)
        bases = {
            base: None if at is None or not at._keeps(name) else at._totalled(name, [value], total_by, where)
            for base, at in self._bases().items()
        }
        called = {"previous": self.period.called.before, "year_before": self.period.called.year_ago}
        alike = schema.compared_if if not total_by else ()
        return with_bases(now, bases, by=by, value=value, called=called, typed=typed, alike=alike)

    @property
    def earlier(self) -> dict[str, str]:
        """Fields of ``compared`` and their headings, for a table that sets figures beside earlier ones: 上期, 环比, 上年同期, 同比."""
        return headings(self.period)

    def _totalled(self, name: str, values: list[str], by: str, where: dict[str, Any]) -> pandas.DataFrame:
        rows = self.table(name, **where)
        known_fields(rows, [by] if by else [], Said("ledger-named", name=name))
        return totals(rows, by, values) if by and len(rows) else rows

    def _bases(self) -> dict[str, Self | None]:
        """This section in the periods that this one is compared with, None where data/ has them not."""
        there, periods = self.workspace.periods, self.period.bases
        return {
            name: self._at(periods[kind]) if periods[kind] in there else None
            for name, kind in BASES.items()
            if kind in periods
        }

    def history(self, name: str, *, value: str = "", **where: Any) -> pandas.DataFrame:
        """One figure of a ledger through all periods of this kind up to this one, for ``trend_chart``.

        Columns: ``period`` in words, ``value`` the fact or None where the period states none, ``year_before``.

        Args:
            value: the field of figures; the ledger's first by default. where: what tells the one row, as for ``table``.

        Raises:
            UsageError: no such table. FactError: no such field, no field of figures, or a period states it more than once.

        Example:
            >>> list(reform.history("indicators", subject="一业一证", measure="办件量").columns)
            ['period', 'value', 'year_before']
        """
        schema = ledger.schema(self._folder, name)
        value, fields = schema.named(value), [column.field for column in schema.figures]
        if not fields or value not in ("", *fields):
            raise _no_figures(schema, value)
        alike = [one for one in self.workspace.periods if one.kind == self.period.kind and one <= self.period]
        asked = " · ".join(map(bare, where.values())) or name

        def stated(period: Period) -> pandas.DataFrame:
            return (self if period == self.period else self._at(period)).table(name, **where)

        return history_of(alike, stated, value or fields[0], asked)

    def _keeps(self, name: str) -> bool:
        """Whether its period has that ledger: what is not kept says nothing of what was missing."""
        return ledger.schema(self._folder, name).stem in ledgers_of(self.workspace, self.period)

    def _at(self, period: Period) -> Self:
        """This section in another period; its facts say so in their sources."""
        other = type(self)(self.name, str(period), workspace=self.workspace, initiative=self.initiative)
        other._origin = f"../{period}/"
        return other

    def checks(self, name: str) -> pandas.DataFrame:
        """The declared 勾稽 rules of a ledger, worked out: one row a rule and record.

        Columns: ``name`` of the rule, ``rule`` as declared, ``about`` what the record is called, ``left`` and ``right``
        the sides, ``difference`` left minus right as a fact.

        Raises:
            FactError: a rule is not headings, +, - and one =.

        Example:
            >>> list(disclosure.checks("licences").columns)
            ['name', 'rule', 'about', 'left', 'right', 'difference']
        """
        schema = ledger.schema(self._folder, name)
        rules = [
            self.table(stem, **{column.field: schema.stem})
            for stem, column in ledger.ledgers_for(self._folder).having(ledger.Role.TABLE).items()
        ]
        return worked(rules, self.table(name), schema)

    @property
    def ledgers(self) -> list[ledger.Ledger]:
        """The ledgers that the period has."""
        return [ledger.schema(self._folder, stem) for stem in ledgers_of(self.workspace, self.period)]


def _no_figures(schema: ledger.Ledger, value: str) -> FactError:
    figures = {column.field: column.heading for column in schema.figures}
    near = nearest_of(value, [*figures, *figures.values()])
    return FactError(
        "no-figures-to-compare", value=value, table=schema.stem, allowed=list(figures) or "—", nearest=near
    )
