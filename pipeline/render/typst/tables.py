"""Tables of a semantic body as calls of the template."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html

from ..column_alignment import Columns, alignment, columns_of
from ..table_plan import Cell, TablePlan, lines_of


def table_call(
    cells: list[Cell], plan: TablePlan, written: Callable[[lxml.html.HtmlElement], str], *, whole: bool
) -> str:
    """The call that sets a table under ``plan``; ``written`` gives the markup of a cell's contents.

    Rows of a ``whole`` table grow by half a line of the page, of one that may break by whole lines: the text after it
    stands on the grid either way.
    """
    placed, step = columns_of(cells, plan), 0.5 if whole else 1
    head, body = (
        "".join(
            _cell(cell, plan, _alignment(cell, placed), step, written(cell.element))
            for cell in cells
            if _in_head(cell) is wanted
        )
        for wanted in (True, False)
    )
    columns = "".join(f"{width:.2f}pt, " for width in plan.widths)
    header = f"table.header({head}), " if head else ""
    return f"grid-table({plan.size}pt, ({columns}), {header}\n{body})"


def _cell(cell: Cell, plan: TablePlan, alignment: list[str], step: float, written: str) -> str:
    long = lines_of(cell, plan) > 1 or "\n" in written
    heading = "true" if _in_head(cell) else "false"
    shown = f"lines({step}, {heading}, [{written}])" if long else f"[{written}]"
    face = "heading-cell" if _in_head(cell) else "row-head" if cell.element.tag == "th" else ""
    options = [*_spans(cell), *alignment, f"{face}({shown})" if face else shown]
    return f"table.cell({', '.join(options)}), "


def _spans(cell: Cell) -> list[str]:
    return [f"{name}: {count}" for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)) if count > 1]


def _alignment(cell: Cell, columns: Columns) -> list[str]:
    """The options that differ from those of all cells, which are centred."""
    side, inset = alignment(cell, columns)
    if inset:
        return [f"align: {side}, inset: (right: {inset:.2f}pt, left: 2pt)"]
    return [] if side == "center" else [f"align: {side}"]


def _in_head(cell: Cell) -> bool:
    return next(cell.element.iterancestors("thead", "table")).tag == "thead"
