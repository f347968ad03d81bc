"""A table of the document: repeated header rows, rows that stay whole, columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html

from ..column_alignment import Columns, alignment, columns_of
from ..table_plan import MOST_OF_A_HEAD, divisible_rows, in_row_of, side_apart, stays_whole, table_height
from .context import Place
from .line import in_heading_face
from .paragraph import paragraph, styled
from .table_grid import PADDING, GridCell, planned, table_grid, table_style
from .wordprocessing import Element, is_called, w

WriteCell = Callable[[lxml.html.HtmlElement, Place], list[Element]]


def word_table(table: lxml.html.HtmlElement, place: Place, caption: str, write_cell: WriteCell) -> list[Element]:
    """``w:tbl`` of a ``<table>`` at the size and with the columns it has in the PDF; nothing for one without cells.

    ``write_cell`` gives the blocks of a cell; ``caption`` is what is read out first.
    """
    cells, plan = planned(table)
    if not cells:
        return []
    grid, heads = table_grid(cells)
    columns, whole = columns_of(cells, plan), stays_whole(cells, plan)
    style, widths = table_style(plan, place.room)
    inside = place.within(style=style, indent=0, list_id=0)
    divisible = divisible_rows(cells, plan)
    if table_height([cell for cell in cells if cell.row < heads], plan) > MOST_OF_A_HEAD:
        heads = 0  # repeated, it would leave no room on any page
    rows = []
    for number, line in enumerate(grid):
        keep = number < heads or _is_of(line, "group") or (whole and number < len(grid) - 1)
        written = [_cell(cell, widths, columns, inside.within(keep_next=keep), write_cell) for cell in line]
        whole_row = [] if number in divisible else [w("cantSplit")]
        head = [w("tblHeader")] if number < heads else []
        rows.append(w("tr", w("trPr", *whole_row, *head), *written))
    return [w("tbl", _properties(heads, caption), _columns(widths), *rows)]


def _properties(heads: int, caption: str) -> Element:
    first = {"val": "0020", "firstRow": 1} if heads else {"val": "0000", "firstRow": 0}
    return w(
        "tblPr",
        w("tblStyle", val="ReportTable"),
        w("tblW", w=5000, type="pct"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        w("tblLook", **first, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        *([w("tblCaption", val=caption)] if caption else []),
    )


def _columns(widths: list[int]) -> Element:
    return w("tblGrid", *(w("gridCol", w=width) for width in widths))


def _cell(cell: GridCell, widths: list[int], columns: Columns, place: Place, write_cell: WriteCell) -> Element:
    width = sum(widths[cell.column : cell.column + cell.span])
    span = [w("gridSpan", val=cell.span)] if cell.span > 1 else []
    merged = [w("vMerge")] if cell.continues else [w("vMerge", val="restart")] if cell.falls else []
    ruled: list[Element] = []
    inside, blocks = place.within(room=width - PADDING), []
    if cell.cell is not None:
        side, inset = alignment(cell.cell, columns)
        free = max(0, round(inset * 20) - PADDING // 2)
        blocks = write_cell(cell.cell.element, inside.within(align=side, inset=free))
        if _is_of([cell], "total"):  # set apart from its parts by a stronger rule
            ruled = [w("tcBorders", w(side_apart(cell.cell.element), val="single", sz=12, space=0, color="auto"))]
        if _is_of([cell], "total") or _is_of([cell], "group"):
            in_heading_face(blocks)
    if not blocks or is_called(blocks[-1], "tbl"):
        blocks.append(paragraph(styled(place.style)))  # Word wants a paragraph last
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *span, *merged, *ruled), *blocks)


def _is_of(line: list[GridCell], kind: str) -> bool:
    return any(one.cell is not None and in_row_of(kind, one.cell.element) for one in line)
