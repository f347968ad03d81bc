"""A section of the report as its notebook sees it: the ledgers of one period, their facts, and its prose."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas

from .. import ledger, reads
from ..document.markup import Prose
from ..errors import FactError
from ..facts import DateFact, Fact, StatedWords
from ..facts.frame_cells import refuse_missing
from ..facts.stated_words import bare
from ..findings import Said, nearest_of
from ..period import Period
from ..workspace import Workspace
from .comparison import BASES, totals, with_bases
from .display import NOT_FILLED
from .from_months import ledgers_of, rows_of
from .history import history_of
from .lookup import Lookup
from .own_file import own_file
from .period_words import PeriodWords
from .prose import NOTHING, is_there, word
from .rest import Rest, Told
from .worked_rules import worked


class Section:
    """One chapter for one period.

    Args:
        name: the section's name, as in its file name (``reform`` of ``01-reform.ipynb``).
        period: written 2021, 2021H1, 2021Q3, 2021-03 or 2021-01..09.
        workspace: the folder with notebooks/ and data/; by default the one around the notebook.

    Raises:
        UnknownPeriod, UnknownSection, WorkspaceError: there is no such period, section or workspace.
    """

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

    def about(self, initiative: str) -> Section:
        """The same section, its tables, facts and prose narrowed to one initiative (改革事项)."""
        narrowed = Section(self.name, str(self.period), workspace=self.workspace, initiative=initiative)
        narrowed._told = self._told
        return narrowed

    def table(self, name: str, **where: Any) -> pandas.DataFrame:
        """The rows of a ledger that belong to this section.

        One row a record; the index is the row as Excel shows it; figures are facts, dates and words know their cell too. Columns
        are listed in docs/data-dictionary.md. ``where`` keeps rows whose field has that value:
        ``table("policies", relation="依据")``.

        Raises:
            UsageError: no such table. FactError: no such field. DataError: the ledger has errors.
        """
        rows = self._rows(name)
        refuse_missing(rows, where, Said("ledger-named", name=name))
        for field, value in where.items():
            rows = rows[rows[field] == value]
        return rows

    def _rows(self, name: str) -> pandas.DataFrame:
        rows = rows_of(self.workspace, self.period, name, origin=self._origin)
        wanted = pandas.Series(True, index=rows.index)
        for field in ledger.fields_of(rows, ledger.Role.SECTION):
            wanted &= rows[field].isin([self.title, self.name])
        for field in ledger.fields_of(rows, ledger.Role.INITIATIVE) if self.initiative is not None else ():
            wanted &= rows[field] == self.initiative
        return rows[wanted]

    def compared(self, name: str, *, value: str = "", total_by: str = "", **where: Any) -> pandas.DataFrame:
        """The rows of a ledger, beside what the period before and the year before state of the same.

        As ``table``, with columns ``previous``, ``year_before``, ``change`` (for a sentence) and ``change_rate`` (for a
        table cell), all empty where ``data/`` has no such period. What the first of them does not state is taken from the
        ledger's own 上期值.

        Args:
            value: the field of figures that is compared; the ledger's first by default.
            total_by: sum the figures by this field first (one row a kind).

        Raises:
            UsageError: no such table. FactError: no such field, or the ledger's rows have no key and no ``total_by``.
        """
        schema = ledger.schema(self._folder, name)
        fields = [column.field for column in schema.figures]
        by = (total_by,) if total_by else schema.compared_by
        if value not in ("", *fields):
            raise FactError(
                "no-figures-to-compare",
                value=value,
                table=name,
                allowed=fields or "—",
                nearest=nearest_of(value, fields),
            )
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
        return with_bases(now, bases, by=by, value=value, called=called, typed=typed)

    def _totalled(self, name: str, values: list[str], by: str, where: dict[str, Any]) -> pandas.DataFrame:
        rows = self.table(name, **where)
        refuse_missing(rows, [by] if by else [], Said("ledger-named", name=name))
        return totals(rows, by, values) if by and len(rows) else rows

    def _bases(self) -> dict[str, Section | None]:
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
        """
        fields = [column.field for column in ledger.schema(self._folder, name).figures]
        if not fields or value not in ("", *fields):
            raise FactError("no-figures-to-compare", value=value, table=name, allowed=fields or "—", nearest=nearest_of(value, fields))  # fmt: skip
        alike = [one for one in self.workspace.periods if one.kind == self.period.kind and one <= self.period]
        asked = " · ".join(map(bare, where.values())) or name

        def stated(period: Period) -> pandas.DataFrame:
            return (self if period == self.period else self._at(period)).table(name, **where)

        return history_of(alike, stated, value or fields[0], asked)

    def _keeps(self, name: str) -> bool:
        """Whether its period has that ledger: what is not kept says nothing of what was missing."""
        return ledger.schema(self._folder, name).stem in ledgers_of(self.workspace, self.period)

    def _at(self, period: Period) -> Section:
        """This section in another period; its facts say so in their sources."""
        other = Section(self.name, str(period), workspace=self.workspace, initiative=self.initiative)
        other._origin = f"../{period}/"
        return other

    def checks(self, name: str) -> pandas.DataFrame:
        """The declared 勾稽 rules of a ledger, worked out: one row a rule and record.

        Columns: ``name`` of the rule, ``rule`` as declared, ``about`` what the record is called, ``left`` and ``right``
        the sides, ``difference`` left minus right as a fact.

        Raises:
            FactError: a rule is not headings, +, - and one =.
        """
        schema = ledger.schema(self._folder, name)
        rules = [
            self.table(stem, **{column.field: schema.stem})
            for stem, column in ledger.ledgers_for(self._folder).having(ledger.Role.TABLE).items()
        ]
        return worked(rules, self.table(name), schema)

    @cached_property
    def lookup(self) -> Lookup:
        """What the ledgers state, by what it is about."""
        return Lookup(ledgers_of(self.workspace, self.period), self._rows, where=str(self.period))

    def fact(self, subject: str, measure: str, as_of: str = "") -> Fact:
        """The one figure that the ledgers state of ``subject`` under ``measure``; of several the one ``as_of`` that date, or of
        that 口径.

        The ledgers are looked through in their order up to the first that states it; that no other does, for what
        prose asks, is a matter of ``halfyear check``.

        Raises:
            FactError: there is none, or more than one in that ledger; with the nearest names.
        """
        return self.lookup.fact(subject, measure, as_of)

    def text(self, subject: str, measure: str) -> StatedWords:
        """What the ledgers state in words (内容) of ``subject`` under ``measure``.

        Raises:
            FactError: there is none, or more than one.
        """
        return self.lookup.text(subject, measure)

    def as_of(self, subject: str, measure: str, which: str = "") -> DateFact:
        """The date (截至) that the ledgers give the figure of ``subject`` under ``measure``.

        Raises:
            FactError: there is none, or more than one.
        """
        return self.lookup.as_of(subject, measure, which)

    def prose(self, part: str, *, optional: bool = False, **names: Any) -> Prose:
        """The prose ``data/PERIOD/prose/SECTION-PART.md``, with placeholders filled; 尚未填报 where nothing is written.

        A placeholder is ``{{ fact("对象", "指标") }}``, ``{{ text("对象", "指标") }}``, ``{{ as_of("对象", "指标") }}``,
        ``{{ period }}`` with its parts (``{{ period.year }}``) or one of ``names``. A file that says ``/`` alone says that
        there is nothing to write.

        Args:
            optional: the file may be missing or empty: nothing then stands there.

        Raises:
            ProseError: the file is missing, though the period has something for this chapter, or a placeholder
                cannot be filled; with file and line.
        """
        file = self._folder / "prose" / f"{self.name}-{bare(part)}.md"
        if not is_there(file) and (optional or self.is_absent):
            return Prose("")
        shown = file.relative_to(self.workspace.root).as_posix()
        written = word(file, shown, {**self.placeholders(), **names})
        if written == NOTHING:
            return Prose("")
        return Prose(written or ("" if optional else f"{NOT_FILLED}。"))

    @property
    def is_absent(self) -> bool:
        """Whether the period's folder has no prose and no row for this chapter: it is then not kept, and says nothing."""
        with reads.known():
            written = any((self._folder / "prose").glob(f"{self.name}-*.md"))
        asked = {one.table for one in ledger.rows_asked(self._notebook.path, self.title)}
        own = (one for one in self.ledgers if {one.stem, one.sheet} & asked or one.field(ledger.Role.SECTION))
        return not (written or any(len(self.table(one.stem)) for one in own))

    def file(self, name: str) -> pandas.DataFrame:
        """The rows of a CSV file of your own, ``data/PERIOD/NAME``: facts and words that know its cells.

        The first line names the columns, a unit behind a name in brackets is that of its figures: 金额（万元）.

        Raises:
            FactError: there is no such file, or its columns are not named. DataError: it cannot be read.
        """
        return own_file(self._folder, name)

    @property
    def ledgers(self) -> list[ledger.Ledger]:
        """The ledgers that the period has."""
        return [ledger.schema(self._folder, stem) for stem in ledgers_of(self.workspace, self.period)]

    def rest(self, *, lead: str = "其他情况：", caption: str = "其他情况") -> Rest:
        """What the indicators state for this chapter and no cell before has shown; it closes the chapter.

        A few are said in one sentence behind ``lead``, more stand in a table. So no row depends on a notebook knowing its
        name; that it stands there only is told, for its name may be mistyped.
        """
        return Rest(self, self._told, lead=lead, caption=caption)

    def placeholders(self) -> dict[str, Any]:
        """What every piece of prose can use by name."""
        return {"fact": self.fact, "text": self.text, "as_of": self.as_of, "period": PeriodWords(self.period)}
