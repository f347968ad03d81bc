"""What a cell shows: paragraphs, headings and tables, the same in JupyterLab and in the report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..document.markup import ForTheReport, Prose, named
from ..document.mentions import with_known_figures
from ..facts import Fact
from ..facts.element import marked, plain, reference_element
from ..facts.frame_cells import as_read, field_named, headed, refuse_missing, there
from ..facts.printed import seen
from ..findings import Said
from .said_once import constants_of, gathered, remark, units_of
from .table_markup import TableMarkup, inside

if TYPE_CHECKING:
    import pandas

NOT_FILLED = "尚未填报"
_LINE_OF_SOURCE = re.compile(r"(?<!\n)\n[ \t]*(?!\n)")


def say(text: str) -> Prose:
    """A paragraph worded by an f-string: ``say(f"本期受理{accepted}。")``. Lines of the source are joined without blanks.

    It is text, not Markdown: what a cell says, or the f-string around it, prints as typed.

    Example:
        >>> say(f"办件量{reform.fact('一业一证', '办件量')}。")
        办件量322件。
    """
    return Prose(marked(_LINE_OF_SOURCE.sub("", f"{text}".strip())))


def heading(level: int, text: str) -> Prose:
    """A heading that a loop makes, shown there by ``display(heading(…))``; ``level`` counts as in Markdown (1 is the section's title), ``text`` is no Markdown.

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


class Table(ForTheReport):
    """A table of the report: caption above, unit at the right, one header row, the first column naming the rows."""

    __slots__ = ("html", "text")

    def __init__(self, html: str, text: str) -> None:
        self.html, self.text = html, text

    def _repr_html_(self) -> str:
        self.was_shown = True
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
    groups: str = "",
) -> Table | Prose:
    """Show ``rows`` as a table.

    Args:
        rows: one row a line of the table; cells are facts or text, blank cells stay empty.
        columns: field → heading, in order, or fields alone, headed as in the ledger. A column that is blank in every row is
            left out; words or a date that all of several rows have stand under the table instead (口径：均未注明). One record
            alone is set down the page.
        name: what ``reference`` calls it, in a-z, 0-9 and -.
        caption: what it shows. unit: printed once at the right (单位：件), and then not in the cells; without it the one that
            all figures have. A unit that a whole column has stands in its heading; a figure in any other keeps its own.
        note: a remark under the table.
        groups: the one of these fields by which rows stand together, each group under a head in place of its column.

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
    shown = {field: title for field, title in wanted if field not in rows or any(map(_filled, rows[field]))}
    refuse_missing(rows, shown, Said("table-named", name=name))
    constants = {field: shown[field] for field in constants_of(rows, list(shown))}
    groups = field_named(rows, groups)
    gathering = gathered(rows, groups if groups in shown else "")
    left = [field for field in shown if field not in constants and not (gathering and field == groups)]
    units = units_of(rows, left, unit)
    markup = TableMarkup(
        {field: units.heading(field, shown[field]) for field in left},
        {field: units.of(field) for field in left},
        frozenset(field for field in left if _of_figures(rows[field])),
    )
    if gathering:
        cells = markup.of_groups(gathering)
    else:
        cells = markup.of_record(rows) if len(rows) == 1 and len(left) > 2 else markup.of_rows(rows)
    remarks = [remark(constants, rows, inside(rows)), f"注：{marked(note)}" if note else ""]
    return Table(
        f'<figure class="table" id="{named(name)}">\n<figcaption>{marked(caption)}</figcaption>\n'
        + (f'<p class="unit">单位：{marked(units.table)}</p>\n' if units.table else "")
        + f"{cells}\n"
        + "".join(f'<p class="note">{one}</p>\n' for one in remarks if one)
        + "</figure>",
        f"{plain(caption)}\n{as_read(rows[list(shown)]).rename(columns=shown).to_string(index=False)}",
    )


def _of_figures(cells: pandas.Series) -> bool:
    """Whether a column is one of figures, which stand at the right with its heading and the short words among them."""
    filled = [cell for cell in cells if _filled(cell)]
    return 2 * sum(isinstance(cell, Fact) for cell in filled) > len(filled)


def _filled(cell: Any) -> bool:
    if not there(cell):
        return False
    return cell.stated or cell.quantity.state != "blank" if isinstance(cell, Fact) else bool(str(cell).strip())
