"""What a cell shows: paragraphs, headings and tables, the same in JupyterLab and in the report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..document.markup import Prose, named
from ..document.mentions import with_known_figures
from ..facts import DateFact, Fact
from ..facts.element import marked, plain, reference_element
from ..facts.frame_cells import as_read, headed, refuse_missing, there
from ..facts.printed import seen
from ..findings import Said
from ..ledger.roles import Role, fields_of

if TYPE_CHECKING:
    import pandas

NOT_FILLED = "尚未填报"
_SHORT = 6  # characters: 持平, —, 不适用; what is longer is a remark
_START = ' style="text-align: start"'  # for JupyterLab, which sets every cell at the right; the report has its own rule


def say(text: str) -> Prose:
    """A paragraph worded by an f-string: ``say(f"本期受理{accepted}。")``. Lines of the source are joined without blanks.

    It is text, not Markdown: what a cell says, or the f-string around it, prints as typed.

    Example:
        >>> say(f"办件量{reform.fact('一业一证', '办件量')}。")
        办件量322件。
    """
    return Prose(marked(re.sub(r"(?<!\n)\n[ \t]*(?!\n)", "", f"{text}".strip())))


def heading(level: int, text: str) -> Prose:
    """A heading inside a loop; ``level`` counts as in Markdown (1 is the section's title), ``text`` is no Markdown.

    Example:
        >>> heading(3, "一业一证")
        ### 一业一证
    """
    line = re.sub(r"\s*\n\s*", " ", f"{text}".strip())
    return Prose(f"{'#' * level} {marked(line)}")


def reference(name: str) -> str:
    """A mention of the table or chart called ``name``; the report prints its number there (表1, 图1), a notebook its name.

    Example:
        >>> say(f"（见{reference('handled')}）")
        （见handled）
    """
    return reference_element(named(name))


class Table:
    """A table of the report: caption above, unit at the right, one header row, the first column naming the rows."""

    __slots__ = ("html", "text")

    def __init__(self, html: str, text: str) -> None:
        self.html, self.text = html, text

    def _repr_html_(self) -> str:
        return with_known_figures(seen(self.html))

    def __repr__(self) -> str:
        return self.text


def table(
    rows: pandas.DataFrame,
    columns: Mapping[str, str] | Sequence[str],
    *,
    name: str,
    caption: str,
    unit: str = "",
    note: str = "",
) -> Table | Prose:
    """Show ``rows`` as a table.

    Args:
        rows: one row a line of the table; cells are facts or text, blank cells stay empty.
        columns: field → heading, in order, or fields alone, headed as in the ledger; a column that is blank in every row is left out.
        name: what ``reference`` calls it, in a-z, 0-9 and -.
        caption: what it shows. unit: printed once at the right (单位：件), and then not in the cells; a figure in another
            unit keeps its own, and where all are in another that one is printed.
        note: a remark under the table.

    With no rows there is nothing to show; where the whole ledger is still empty, the table says 尚未填报.

    Raises:
        FactError: the rows have no such field.

    Example:
        >>> table(law.table("cases"), {"kind": "类型", "count": "数量"}, name="cases", caption="案件")
        案件
          类型 数量
        行政诉讼 7件
        行政复议 1件
    """
    if rows.empty:
        return Prose(f"{marked(caption)}：{NOT_FILLED}。" if rows.attrs.get("unfilled") else "")
    wanted = headed(rows, columns).items()
    shown = {field: title for field, title in wanted if field not in rows or rows[field].map(_filled).any()}
    refuse_missing(rows, shown, Said("table-named", name=name))
    unit = _unit_of(rows, list(shown), unit)
    figures = [_of_figures(rows[field]) for field in shown]
    heads = zip(shown.values(), figures, strict=True)
    head = "".join(f'<th scope="col"{"" if right else _START}>{marked(title)}</th>' for title, right in heads)
    cells = rows[list(shown)].itertuples(index=False, name=None)
    body = "\n".join(
        _row(one, figures, unit=unit, inside=internal) for one, internal in zip(cells, inside(rows), strict=True)
    )
    return Table(
        f'<figure class="table" id="{named(name)}">\n<figcaption>{marked(caption)}</figcaption>\n'
        + (f'<p class="unit">单位：{marked(unit)}</p>\n' if unit else "")
        + f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        + (f'<p class="note">注：{marked(note)}</p>\n' if note else "")
        + "</figure>",
        f"{plain(caption)}\n{as_read(rows[list(shown)]).rename(columns=shown).to_string(index=False)}",
    )


def inside(rows: pandas.DataFrame) -> list[bool]:
    """Which rows must not leave the house: those whose 公开属性 is neither blank nor 主动公开.

    A frame that lost what it knew of its columns (a merge does that) is known by the usual name of that column.
    """
    usual = [str(Role.DISCLOSURE)] if Role.DISCLOSURE in rows else []
    said = [rows[name].map(str) for name in {*fields_of(rows, Role.DISCLOSURE), *usual}]
    return [any(one not in ("", "主动公开") for one in row) for row in zip(*said, strict=True)] or [False] * len(rows)


def _unit_of(rows: pandas.DataFrame, fields: list[str], wanted: str) -> str:
    """The unit that the figures have, where it is not the one wanted; none where there are several others."""
    cells = (cell for field in fields for cell in rows[field])
    units = list(dict.fromkeys(cell.unit for cell in cells if isinstance(cell, Fact) and cell.stated and cell.unit))
    if not wanted or not units or wanted in units:
        return wanted
    return units[0] if len(units) == 1 else ""


def _of_figures(cells: pandas.Series) -> bool:
    """Whether a column is one of figures, which stand at the right with its heading and the short words among them."""
    filled = [cell for cell in cells if _filled(cell)]
    return 2 * sum(isinstance(cell, Fact) for cell in filled) > len(filled)


def _row(cells: tuple[Any, ...], figures: list[bool], *, unit: str, inside: bool) -> str:
    first, *rest = (_cell(cell, unit, right) for cell, right in zip(cells, figures, strict=True))
    mark = ' data-disclosure="internal"' if inside else ""
    return (
        f'<tr{mark}><th scope="row"{_START}>{first[0]}</th>'
        + "".join(f"<td{kind}>{text}</td>" for text, kind in rest)
        + "</tr>"
    )


def _cell(cell: Any, unit: str, right: bool) -> tuple[str, str]:
    """A cell's markup, and its class or style: figures stand at the right, words at the left.

    Args:
        right: whether its column is one of figures.
    """
    if isinstance(cell, Fact):
        if not cell.stated:
            return marked(cell.quantity), ' class="number"'
        return format(cell, "n" if unit and cell.unit in ("", unit) else ""), ' class="number"'
    if isinstance(cell, DateFact):
        return format(cell, ""), _START
    if not there(cell):
        return "", ""
    if isinstance(cell, Prose):
        return cell.markdown, _START
    return marked(cell), "" if right and len(str(cell)) <= _SHORT else _START


def _filled(cell: Any) -> bool:
    if not there(cell):
        return False
    return cell.stated or cell.quantity.state != "blank" if isinstance(cell, Fact) else bool(str(cell).strip())
