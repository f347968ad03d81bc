"""A table of the document: repeated header rows, rows that stay whole, columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import lxml.html

from .context import Place
from .grid import PADDINGS, GridCell, table_grid, table_style

_KEPT_TOGETHER = 20  # rows; a longer table may run over the page

WriteCell = Callable[[lxml.html.HtmlElement, Place], list[str]]


def table_xml(table: lxml.html.HtmlElement, place: Place, caption: str, write_cell: WriteCell) -> str:
    """``w:tbl`` of a ``<table>``; nothing for one without cells.

    ``write_cell`` gives the blocks of a cell; ``caption`` is what is read out first.
    """
    grid, heads = table_grid(table)
    if not grid:
        return ""
    style, widths = table_style(grid, place.room)
    inside = place.within(style=style, indent=0, list_id=0)
    rows = []
    for number, cells in enumerate(grid):
        keep = number < heads or (len(grid) <= _KEPT_TOGETHER and number < len(grid) - 1)
        written = "".join(_cell(cell, widths, inside.within(keep_next=keep), write_cell) for cell in cells)
        head = "<w:tblHeader/>" if number < heads else ""
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{written}</w:tr>")
    return f"<w:tbl>{_properties(heads, caption, style)}{_columns(widths)}{''.join(rows)}</w:tbl>"


def _properties(heads: int, caption: str, style: str) -> str:
    title = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    first = 'w:val="0020" w:firstRow="1"' if heads else 'w:val="0000" w:firstRow="0"'
    return (
        '<w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/>{_margins(style)}'
        f'<w:tblLook {first} w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{title}</w:tblPr>"
    )


def _margins(style: str) -> str:
    """Narrower margins in the cells of crowded tables; the table style has those of the others."""
    side = PADDINGS[style] // 2
    if side == 85:
        return ""
    sides = "".join(f'<w:{name} w:w="{side}" w:type="dxa"/>' for name in ("left", "right"))
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _columns(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _cell(cell: GridCell, widths: list[int], place: Place, write_cell: WriteCell) -> str:
    width = sum(widths[cell.column : cell.column + cell.span])
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merged = "<w:vMerge/>" if cell.continues else '<w:vMerge w:val="restart"/>' if cell.falls else ""
    inside = place.within(room=width - PADDINGS[place.style], align=_align(cell.element))
    blocks = [] if cell.element is None else write_cell(cell.element, inside)
    if not blocks or blocks[-1].startswith("<w:tbl>"):
        blocks.append(f'<w:p><w:pPr><w:pStyle w:val="{place.style}"/></w:pPr></w:p>')  # Word wants a paragraph last
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}</w:tcPr>{"".join(blocks)}</w:tc>'


def _align(cell: lxml.html.HtmlElement | None) -> str:
    if cell is None:
        return ""
    for name in ("left", "center", "right"):
        if f"align-{name}" in cell.classes:
            return name
    return "right" if "number" in cell.classes else ""
