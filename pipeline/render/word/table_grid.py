"""How a table's cells stand in Word's grid, in which style, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import lxml.html

from ...document.elements import around
from ..table_plan import SIZES, Cell, TablePlan, cells_in_place, plan_table

_NAMES = ("TableText", "TableTextMedium", "TableTextSmall", "TableTextTiny", "TableTextLeast")
_STYLES = dict(zip(SIZES, _NAMES, strict=True))
PADDING = 150  # twips, left and right of a cell together: half a point less than a plan counts with
_JOINT = 0.2  # ems; LibreOffice, and Word where a user turns it on, set this between Han characters and figures
_LATIN = 0.64  # ems; a machine without the document's faces puts others in their place, of which the widest are so wide


@dataclass(frozen=True)
class GridCell:
    """A place in a row: a cell that begins here, the rest of one above (``continues``), or nothing."""

    cell: Cell | None
    column: int
    span: int
    falls: bool = False
    continues: bool = False


def grid_cells(table: lxml.html.HtmlElement) -> list[Cell]:
    """The cells of a table in their places, with room for what an office suite sets between Han characters and figures, in its faces."""
    return cells_in_place(table, joint=_JOINT, latin=_LATIN)


@lru_cache(maxsize=1)  # asked of a table by its figure, by itself and by what writes it, one after another
def planned(table: lxml.html.HtmlElement) -> tuple[list[Cell], TablePlan]:
    """The cells of a table and how it is set."""
    cells = grid_cells(table)
    return cells, plan_table(cells)


def table_grid(cells: Sequence[Cell]) -> tuple[list[list[GridCell]], int]:
    """The rows of a table, all with the same columns, and how many of them are its head."""
    rows = max((cell.row for cell in cells), default=-1) + 1
    columns = max((cell.column + cell.columns for cell in cells), default=0)
    owner: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        for row in range(cell.row, min(rows, cell.row + cell.rows)):
            for column in range(cell.column, cell.column + cell.columns):
                owner.setdefault((row, column), cell)
    heads = max((cell.row + 1 for cell in cells if around(around(cell.element)).tag == "thead"), default=0)
    return [list(_row(owner, row, columns, rows)) for row in range(rows)], heads


def _row(owner: dict[tuple[int, int], Cell], row: int, columns: int, rows: int) -> list[GridCell]:
    cells, column = [], 0
    while column < columns:
        cell = owner.get((row, column))
        end = column + 1
        while cell is not None and end < columns and owner.get((row, end)) is cell:
            end += 1
        if cell is None:
            cells.append(GridCell(None, column, 1))
        elif cell.row == row:
            falls = min(rows, cell.row + cell.rows) > row + 1
            cells.append(GridCell(cell, column, end - column, falls=falls))
        else:
            cells.append(GridCell(None, column, end - column, continues=True))
        column = end
    return cells


def table_style(plan: TablePlan, room: int) -> tuple[str, list[int]]:
    """The style for the cells' text under ``plan``, and the columns' widths in twips, which fill ``room``."""
    scale = room / sum(plan.widths)
    widths = [int(width * scale) for width in plan.widths[:-1]]
    return _STYLES[plan.size], [*widths, room - sum(widths)]
