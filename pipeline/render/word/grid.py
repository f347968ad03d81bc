"""How a table's cells stand in Word's grid, at which size, and how wide its columns are."""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html

from ..tables import Cell, cells_in_place, width_of

# the styles for cells, the largest first: twips a character (小四, 五号, 小五, 六号), and left and right of it together
_SIZES = {"TableText": 240, "TableTextMedium": 210, "TableTextSmall": 180, "TableTextTiny": 150}
PADDINGS = {"TableText": 170, "TableTextMedium": 170, "TableTextSmall": 120, "TableTextTiny": 60}
_LONG_HEADING = 6.0  # ems; a longer heading may take two lines
_WRAPS = 9.0  # ems; a longer text may take several before the type gets smaller
_LONGEST = 24.0
_READABLE = ("TableText", "TableTextMedium", "TableTextSmall")
_SMALL = ("TableTextSmall", "TableTextTiny")


@dataclass(frozen=True)
class GridCell:
    """A place in a row: a cell that begins here, the rest of one above (``continues``), or nothing."""

    element: lxml.html.HtmlElement | None
    column: int
    span: int
    falls: bool = False
    continues: bool = False


def table_grid(table: lxml.html.HtmlElement) -> tuple[list[list[GridCell]], int]:
    """The rows of a table, all with the same columns, and how many of them are its head."""
    cells = cells_in_place(table)
    rows = max((cell.row for cell in cells), default=-1) + 1
    columns = max((cell.column + cell.columns for cell in cells), default=0)
    owner: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        for row in range(cell.row, min(rows, cell.row + cell.rows)):
            for column in range(cell.column, cell.column + cell.columns):
                owner.setdefault((row, column), cell)
    heads = max((cell.row + 1 for cell in cells if cell.element.getparent().getparent().tag == "thead"), default=0)
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
            cells.append(GridCell(cell.element, column, end - column, falls=falls))
        else:
            cells.append(GridCell(None, column, end - column, continues=True))
        column = end
    return cells


def table_style(grid: list[list[GridCell]], room: int) -> tuple[str, list[int]]:
    """The style for the cells' text, the largest in which no short text breaks, and the columns' widths in twips."""
    wanted, least = _measured(grid)
    short = [min(want, _WRAPS) for want in wanted]
    style = next((name for name in _READABLE if sum(short) <= _ems(name, room, len(wanted))), "")
    style = style or next((name for name in _SMALL if sum(least) <= _ems(name, room, len(wanted))), _SMALL[-1])
    ems = _ems(style, room, len(wanted))
    if sum(wanted) > ems:
        level = _level(wanted, least, ems)
        wanted = [max(low, min(want, level)) for want, low in zip(wanted, least, strict=True)]
    scaled = [int(PADDINGS[style] + ems * _SIZES[style] * want / sum(wanted)) for want in wanted]
    return style, [*scaled[:-1], room - sum(scaled[:-1])]


def needs_turning(table: lxml.html.HtmlElement, room: int) -> bool:
    """Whether the figures of a table would break even in 小五, the smallest type for an upright page."""
    _, least = _measured(table_grid(table)[0])
    return sum(least) > _ems("TableTextSmall", room, len(least))


def _ems(style: str, room: int, columns: int) -> float:
    """How many characters of a style stand side by side in so many columns."""
    return (room - PADDINGS[style] * columns) / _SIZES[style]


def _measured(grid: list[list[GridCell]]) -> tuple[list[float], list[float]]:
    """For each column, in ems: the width that breaks no text, and the least, which breaks no figure."""
    columns = max((cell.column + cell.span for row in grid for cell in row), default=1)
    wanted, least = [2.0] * columns, [2.0] * columns
    for cell in (cell for row in grid for cell in row if cell.element is not None and cell.span == 1):
        text = width_of(" ".join(cell.element.text_content().split()))
        if cell.element.get("scope") == "col" and text > _LONG_HEADING:
            text = text / 2 + 0.5
        wanted[cell.column] = max(wanted[cell.column], min(text + 0.5, _LONGEST))
        least[cell.column] = max(least[cell.column], min(text, 8.0 if "number" in cell.element.classes else 3.0))
    return wanted, least


def _level(wanted: list[float], least: list[float], free: float) -> float:
    """The width above which columns are cut so that all fit: the longest texts give way first."""
    low, high = 0.0, max(wanted)
    for _ in range(24):
        middle = (low + high) / 2
        taken = sum(max(floor, min(want, middle)) for want, floor in zip(wanted, least, strict=True))
        low, high = (middle, high) if taken <= free else (low, middle)
    return low
