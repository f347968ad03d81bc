"""Tables of a semantic body as calls of the template."""

from __future__ import annotations

import re
from collections.abc import Callable

import lxml.html

from .tables import Cell, TablePlan, lines_of, width_of

_UNIT = re.compile(r"\D*$")  # what follows the last digit


def table_call(
    cells: list[Cell], plan: TablePlan, written: Callable[[lxml.html.HtmlElement], str], *, whole: bool
) -> str:
    """The call that sets a table under ``plan``; ``written`` gives the markup of a cell's contents.

    Rows of a ``whole`` table grow by half a line of the page, of one that may break by whole lines: the text after it
    stands on the grid either way.
    """
    insets, step = _number_insets(cells, plan), 0.5 if whole else 1
    flowing = frozenset(cell.column for cell in cells if cell.element.tag == "td" and lines_of(cell, plan) > 1)
    head, body = (
        "".join(
            _cell(cell, plan, _alignment(cell, insets, flowing), step, written(cell.element))
            for cell in cells
            if _in_head(cell) is wanted
        )
        for wanted in (True, False)
    )
    columns = "".join(f"{width:.2f}pt, " for width in plan.widths)
    header = f"table.header({head}), " if head else ""
    return f"grid-table({plan.size}pt, ({columns}), {header}\n{body})"


def table_height(cells: list[Cell], plan: TablePlan) -> float:
    """About how many lines of the page the rows take."""
    rows: dict[int, float] = {}
    for cell in cells:
        rows[cell.row] = max(rows.get(cell.row, 1.0), (1 + lines_of(cell, plan)) / 2)
    return sum(rows.values())


def _cell(cell: Cell, plan: TablePlan, alignment: list[str], step: float, written: str) -> str:
    long = lines_of(cell, plan) > 1 or "\n" in written
    heading = "true" if _in_head(cell) else "false"
    shown = f"lines({step}, {heading}, [{written}])" if long else f"[{written}]"
    face = "heading-cell" if _in_head(cell) else "row-head" if cell.element.tag == "th" else ""
    options = [*_spans(cell), *alignment, f"{face}({shown})" if face else shown]
    return f"table.cell({', '.join(options)}), "


def _spans(cell: Cell) -> list[str]:
    return [f"{name}: {count}" for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)) if count > 1]


def _alignment(cell: Cell, insets: list[float], flowing: frozenset[int]) -> list[str]:
    """Numbers in line under each other; names of rows, and columns where a text takes several lines, from the left."""
    classes = cell.element.classes
    if "number" in classes and cell.columns == 1 and insets[cell.column] >= 0 and cell.column not in flowing:
        return [f"align: right, inset: (right: {insets[cell.column]:.2f}pt, left: 2pt)"]
    for name in ("right", "left", "center"):
        if f"align-{name}" in classes:
            return [f"align: {name}"]
    from_left = cell.element.get("scope") == "row" or (cell.element.tag == "td" and cell.column in flowing)
    return ["align: left"] if from_left else []


def _number_insets(cells: list[Cell], plan: TablePlan) -> list[float]:
    """For each column the room right of its numbers, so that they stand in line and yet in the middle of the column.

    Numbers with different units behind them cannot stand in line: -1 says to centre each.
    """
    widest, units = [0.0] * len(plan.widths), [set[str]() for _ in plan.widths]
    for cell in cells:
        if cell.columns == 1 and "number" in cell.element.classes and cell.text:
            widest[cell.column] = max(widest[cell.column], width_of(cell.text) * plan.size)
            units[cell.column].add(_UNIT.search(cell.text)[0])
    return [
        max(2.0, (width - wide) / 2) if len(unit) < 2 else -1
        for width, wide, unit in zip(plan.widths, widest, units, strict=True)
    ]


def _in_head(cell: Cell) -> bool:
    return next(cell.element.iterancestors("thead", "table")).tag == "thead"
