"""A table of the document: repeated header rows, rows that stay whole, columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import lxml.html

from ..column_alignment import Columns, alignment, columns_of
from ..table_plan import MOST_OF_A_HEAD, divisible_rows, plan_table, stays_whole, table_height
from .context import Place
from .table_grid import PADDING, GridCell, grid_cells, table_grid, table_style

WriteCell = Callable[[lxml.html.HtmlElement, Place], list[str]]


def table_xml(table: lxml.html.HtmlElement, place: Place, caption: str, write_cell: WriteCell) -> str:
    """``w:tbl`` of a ``<table>`` at the size and with the columns it has in the PDF; nothing for one without cells.

    ``write_cell`` gives the blocks of a cell; ``caption`` is what is read out first.
    """
    cells = grid_cells(table)
    if not cells:
        return ""
    plan, (grid, heads) = plan_table(cells), table_grid(cells)
    columns, whole = columns_of(cells, plan), stays_whole(cells, plan)
    style, widths = table_style(plan, place.room)
    inside = place.within(style=style, indent=0, list_id=0)
    divisible = divisible_rows(cells, plan)
    if table_height([cell for cell in cells if cell.row < heads], plan) > MOST_OF_A_HEAD:
        heads = 0  # repeated, it would leave no room on any page
    rows = []
    for number, line in enumerate(grid):
        keep = number < heads or (whole and number < len(grid) - 1)
        written = "".join(_cell(cell, widths, columns, inside.within(keep_next=keep), write_cell) for cell in line)
        head = "<w:tblHeader/>" if number < heads else ""
        rows.append(f"<w:tr><w:trPr>{'' if number in divisible else '<w:cantSplit/>'}{head}</w:trPr>{written}</w:tr>")
    return f"<w:tbl>{_properties(heads, caption)}{_columns(widths)}{''.join(rows)}</w:tbl>"


def _properties(heads: int, caption: str) -> str:
    title = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    first = 'w:val="0020" w:firstRow="1"' if heads else 'w:val="0000" w:firstRow="0"'
    return (
        '<w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {first} w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{title}</w:tblPr>"
    )


def _columns(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _cell(cell: GridCell, widths: list[int], columns: Columns, place: Place, write_cell: WriteCell) -> str:
    width = sum(widths[cell.column : cell.column + cell.span])
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merged = "<w:vMerge/>" if cell.continues else '<w:vMerge w:val="restart"/>' if cell.falls else ""
    inside, blocks = place.within(room=width - PADDING), []
    if cell.cell is not None:
        side, inset = alignment(cell.cell, columns)
        free = max(0, round(inset * 20) - PADDING // 2)
        blocks = write_cell(cell.cell.element, inside.within(align=side, inset=free))
    if not blocks or blocks[-1].startswith("<w:tbl>"):
        blocks.append(f'<w:p><w:pPr><w:pStyle w:val="{place.style}"/></w:pPr></w:p>')  # Word wants a paragraph last
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}</w:tcPr>{"".join(blocks)}</w:tc>'
