"""What a chapter's ledgers state and no cell of it has shown: its closing sentence or table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from .. import ledger
from ..document.markup import Prose
from ..facts.frame_cells import as_dicts
from ..facts.printed import cells_since, now, unnoticed
from ..facts.sources import Cell
from ..ledger.roles import Role, fields_of
from .comparison import YEAR_SO_FAR, headings
from .display import Table, table
from .joining import given
from .wording import listed

if TYPE_CHECKING:
    import pandas

    from ..facts import DateFact
    from ..period import Period
    from .section import Section

    _Row = Mapping[Hashable, Any]

NOT_FOR_THE_REPORT = "备查"
_MOST_IN_A_SENTENCE = 4
_SINCE_LONG = (YEAR_SO_FAR, "开办以来累计")  # what a figure counts, where that is not the period itself
_SHOWN = (Role.INITIATIVE, Role.SUBJECT, Role.MEASURE, Role.FIGURE, Role.WORDS, Role.AS_OF, Role.BASIS)


class Told:
    """What a chapter has told since it was opened in this process: cells shown, and rows that a closing block took."""

    def __init__(self) -> None:
        self._moment = now()
        self._taken: dict[str, set[Cell]] = {}  # by whose closing block it is: an initiative's, or the chapter's ("")

    def number(self, whose: str) -> int:
        """The number of a closing block, from 1."""
        self._taken.setdefault(whose, set())
        return 1 + list(self._taken).index(whose)

    def take(self, whose: str, cells: set[Cell]) -> None:
        """These cells stand in that closing block, however often it is made."""
        self._taken[whose] = cells

    def cells(self, whose: str, ledgers: Iterable[str]) -> set[Cell]:
        """The cells of these ledgers that stand elsewhere than in that closing block."""
        others = (cells for name, cells in self._taken.items() if name != whose)
        return set[Cell]().union(*(cells_since(self._moment, source) for source in ledgers), *others)


class Rest:
    """The closing block: a sentence, or a table where it would be long; which rows it has is settled when it is shown.

    Ledgers with a chapter and a measure (指标 and others declared like it) are looked at; a row for reference (备查), or
    one that states nothing yet, is left to the checks.
    """

    def __init__(self, section: Section, told: Told, *, lead: str, caption: str) -> None:
        self._section, self._told, self._lead, self._caption = section, told, lead, caption

    @property
    def said(self) -> Prose | Table:
        """What stands there now."""
        whose = self._section.initiative or ""
        found = [(schema, rows) for schema, rows in _untold(self._section, self._told, whose) if len(rows)]
        taken = (_telling(row, schema, rows) for schema, rows in found for row in as_dicts(rows))
        self._told.take(whose, set().union(*taken))
        if sum(len(rows) for _, rows in found) <= _MOST_IN_A_SENTENCE and all(map(_can_be_said, found)):
            each = "；".join(_sentence(*one, self._section.period).markdown for one in found)
            return Prose(f'<div data-role="rest">\n\n{self._lead}{each}。\n\n</div>' if each else "")
        name = f"{self._section.name}-rest-{self._told.number(whose)}"
        return _tables(found, name, self._caption, self._section.period)

    def _ipython_display_(self) -> None:
        """Show it; what it says itself is no reason not to say it when it is shown again."""
        from IPython.display import display

        said = self.said
        with unnoticed():
            display(said)  # type: ignore[no-untyped-call]  # IPython does not say

    def __repr__(self) -> str:
        return repr(self.said)


def _untold(section: Section, told: Told, whose: str) -> Iterator[tuple[ledger.Ledger, pandas.DataFrame]]:
    for schema in section.ledgers:
        if schema.field(Role.SECTION) and schema.field(Role.SUBJECT) and schema.field(Role.MEASURE):
            rows = section.table(schema.stem)
            records = as_dicts(rows)
            cells = [_telling(row, schema, rows) for row in records]
            elsewhere = told.cells(whose, {cell.table for each in cells for cell in each})
            wanted = [
                elsewhere.isdisjoint(each) and _is_wanted(row, schema, rows)
                for row, each in zip(records, cells, strict=True)
            ]
            if any(wanted) and schema.compared_by and schema.figures:
                rows = section.compared(schema.stem)
            yield schema, rows[wanted]


def _is_wanted(row: _Row, schema: ledger.Ledger, rows: pandas.DataFrame) -> bool:
    for_reference = any(row[name] == NOT_FOR_THE_REPORT for name in fields_of(rows, Role.DISCLOSURE))
    states = row.get(schema.field(Role.WORDS)) or any(
        row[one.field].quantity.state != "blank" for one in schema.figures
    )
    return bool(states and not for_reference)


def _telling(row: _Row, schema: ledger.Ledger, rows: pandas.DataFrame) -> set[Cell]:
    """The cells by one of which a row is told: its figures, else its words, else what it is about; or the row as a whole."""
    figures = [one.field for one in schema.figures if row[one.field].stated]
    words = [name for name in schema.fields(Role.WORDS) if row[name]]
    fields = figures or words or schema.fields(Role.SUBJECT, Role.MEASURE)
    cells = {cell for name in fields if row[name] for cell in row[name].sources.cells()}
    return cells | {cell._replace(column="") for cell in cells}


def _can_be_said(found: tuple[ledger.Ledger, pandas.DataFrame]) -> bool:
    """A / or 不适用 and several figures of one row need a table."""
    schema, rows = found
    stated = [sum(row[one.field].stated for one in schema.figures) for row in as_dicts(rows)]
    words = [bool(row.get(schema.field(Role.WORDS))) for row in as_dicts(rows)]
    return all(number <= 1 and (number or said) for number, said in zip(stated, words, strict=True))


def _sentence(schema: ledger.Ledger, rows: pandas.DataFrame, period: Period) -> Prose:
    def said(row: Any) -> str:
        values = row._asdict()
        about = f"{values[schema.field(Role.SUBJECT)]}{values[schema.field(Role.MEASURE)]}"
        words = values.get(schema.field(Role.WORDS), "")
        figure = next((values[one.field] for one in schema.figures if values[one.field].stated), None)
        if figure is None:
            return f"{about}：{words}"
        span = _span(values.get(schema.field(Role.BASIS), ""), values.get(schema.field(Role.AS_OF)), period)
        return f"{about}{span}{figure}{values.get('change', '')}{given(words, '（', '）')}"

    return listed(rows, said, end="")


def _span(basis: str, as_of: DateFact | None, period: Period) -> str:
    """What a figure counts, where that is not the period: 本年 is the period's own year, of an earlier one its date is said."""
    if basis != YEAR_SO_FAR or as_of is None or not as_of.when.last or as_of.when.last.year >= period.year:
        return basis if basis in _SINCE_LONG else ""
    from_january = as_of.when.first == date(as_of.when.last.year, 1, 1)
    return f"{'' if from_january else '截至'}{as_of}累计"


def _tables(found: Sequence[tuple[ledger.Ledger, pandas.DataFrame]], name: str, caption: str, period: Period) -> Table:
    made = []
    for number, (schema, rows) in enumerate(found):
        called = f"{name}-{number}" if number else name
        one = table(rows, dict(_columns(schema, rows, period)), name=called, caption=caption)
        assert isinstance(one, Table), "there are rows"
        made.append(Table(one.html.replace(f' id="{called}">', f' id="{called}" data-role="rest">', 1), one.text))
    return Table("\n".join(one.html for one in made), "\n".join(one.text for one in made))


def _columns(schema: ledger.Ledger, rows: pandas.DataFrame, period: Period) -> Iterator[tuple[str, str]]:
    """Field and heading of what tells a row; beside its figure what earlier periods state."""
    for field in schema.fields(*_SHOWN):
        yield field, schema.column(field).heading
        if schema.column(field) in schema.figures[:1]:
            yield from ((name, heading) for name, heading in headings(period).items() if name in rows)
