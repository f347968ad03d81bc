"""The markup of a table: heads, rows under the heads of their groups, a single record set down the page, totals marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..document.markup import Prose
from ..facts import DateFact, Fact
from ..facts.element import marked
from ..facts.frame_cells import is_total, there
from ..facts.stated_words import bare
from ..ledger.roles import Role, fields_of

if TYPE_CHECKING:
    import pandas

_START = ' style="text-align: start"'  # for JupyterLab, which sets every cell at the right; the report has its own rule
_SHORT = 6  # characters: 持平, —, 不适用; what is longer is a remark
_TOTALS = ("合计", "总计", "小计", "共计")


class TableMarkup(NamedTuple):
    """``heads`` gives the markup of each field's heading, in order; ``units`` the unit that a field's cells leave out;
    ``figures`` are the fields of figures, whose headings and short words stand at the right with them."""

    heads: dict[str, str]
    units: dict[str, str]
    figures: frozenset[str] = frozenset()

    def of_rows(self, rows: pandas.DataFrame) -> str:
        """The ``<table>`` of one row a record."""
        return f"<table>\n{self._head()}\n{self._body(rows)}\n</table>"

    def of_groups(self, groups: Sequence[tuple[Any, pandas.DataFrame]]) -> str:
        """The same, each group a ``<tbody>`` under a head of its own."""
        bodies = (self._body(rows, self._group_head(name)) for name, rows in groups)
        return "\n".join(["<table>", self._head(), *bodies, "</table>"])

    def of_record(self, rows: pandas.DataFrame) -> str:
        """A single record, one row a field: what names it stands at the head."""
        (internal,) = inside(rows)
        (name, _), *cells = (self._cell(field, rows[field].iloc[0]) for field in self.heads)
        first, *titles = self.heads.values()
        head = f'{_tr(internal)}<th scope="col">{first}</th><th scope="col">{name}</th></tr>'
        lines = (
            f'{_tr(internal)}<th scope="row"{_START}>{title}</th><td{kind}>{text}</td></tr>'
            for title, (text, kind) in zip(titles, cells, strict=True)
        )
        return "\n".join(
            ['<table class="record">', f"<thead>{head}</thead>", "<tbody>", *lines, "</tbody>", "</table>"]
        )

    def _head(self) -> str:
        cells = (
            f'<th scope="col"{"" if field in self.figures else _START}>{title}</th>'
            for field, title in self.heads.items()
        )
        return f"<thead><tr>{''.join(cells)}</tr></thead>"

    def _group_head(self, name: Any) -> str:
        """Rows without a group have no head."""
        text, _ = _shown(name)
        cell = f'<th scope="rowgroup" colspan="{len(self.heads)}"{_START}>{text}</th>'
        return f'<tr class="group">{cell}</tr>\n' if text else ""

    def _body(self, rows: pandas.DataFrame, before: str = "") -> str:
        cells = list(rows[list(self.heads)].itertuples(index=False, name=None))
        lines = map(self._row, cells, inside(rows), _totals(rows, self.heads, cells))
        return f"<tbody>\n{before}" + "\n".join(lines) + "\n</tbody>"

    def _row(self, cells: tuple[Any, ...], internal: bool, total: bool) -> str:
        (name, _), *rest = map(self._cell, self.heads, cells)
        others = "".join(f"<td{kind}>{text}</td>" for text, kind in rest)
        return f'{_tr(internal, total)}<th scope="row"{_START}>{name}</th>{others}</tr>'

    def _cell(self, field: str, cell: Any) -> tuple[str, str]:
        return _shown(cell, self.units.get(field, ""), right=field in self.figures)


def inside(rows: pandas.DataFrame) -> list[bool]:
    """Which rows must not leave the house: those whose 公开属性 is neither blank nor 主动公开.

    A frame that lost what it knew of its columns (a merge does that) is known by the usual name of that column.
    """
    usual = [str(Role.DISCLOSURE)] if Role.DISCLOSURE in rows else []
    said = [map(str, rows[name]) for name in {*fields_of(rows, Role.DISCLOSURE), *usual}]
    return [any(one not in ("", "主动公开") for one in row) for row in zip(*said, strict=True)] or [False] * len(rows)


def _totals(rows: pandas.DataFrame, fields: Iterable[str], cells: Iterable[tuple[Any, ...]]) -> list[bool]:
    """Which rows are the total of others: by their ledger, or because one of these cells says so."""
    known = [is_total(rows, field) for field in fields if field in rows.attrs.get("totals", {})]
    named = [any(isinstance(cell, str) and bare(cell) in _TOTALS for cell in row) for row in cells]
    return [any(each) for each in zip(named, *known, strict=True)]


def _tr(internal: bool, total: bool = False) -> str:
    kind, mark = (' class="total"' if total else ""), (' data-disclosure="internal"' if internal else "")
    return f"<tr{kind}{mark}>"


def _shown(cell: Any, unit: str = "", *, right: bool = False) -> tuple[str, str]:
    """A cell's markup, and its class or style: figures stand at the right, words at the left; short ones, in a column of
    figures, do not."""
    if isinstance(cell, Fact):
        if not cell.stated:
            return marked(cell.quantity), ' class="number"'
        if not unit or cell.unit not in ("", unit):
            return format(cell, ""), ' class="number"'
        return format(cell, "n") + cell.quantity.tail.removeprefix(cell.unit), ' class="number"'
    if isinstance(cell, DateFact):
        return format(cell, ""), _START
    if not there(cell):
        return "", ""
    if isinstance(cell, Prose):
        return cell.markdown, _START
    return marked(cell), "" if right and len(str(cell)) <= _SHORT else _START
