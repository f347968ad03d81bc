"""A table of the document: repeated header rows, rows that stay whole, columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import lxml.html

from .context import Place
from .size import em_width

_MANY_COLUMNS = 9
_KEPT_TOGETHER = 20  # rows; a longer table may run over the page
_PADDING = 120  # twips left and right of a cell's text
_LARGE, _SMALL = 240, 180  # twips a character of the two styles for cells

WriteCell = Callable[[lxml.html.HtmlElement, Place], list[str]]


@dataclass
class _Cell:
    """A cell where it begins, or the rest of one that hangs down from the row above."""

    element: lxml.html.HtmlElement | None
    column: int
    span: int
    falls: int  # rows below that it reaches into


def table_xml(table: lxml.html.HtmlElement, place: Place, caption: str, write_cell: WriteCell) -> str:
    """``w:tbl`` of a ``<table>``; ``write_cell`` gives the blocks of a cell, ``caption`` what is read out first."""
    rows = _rows(table)
    grid = _grid(rows)
    columns = max((cell.column + cell.span for row in grid for cell in row), default=1)
    small = columns >= _MANY_COLUMNS or place.style == "TableTextSmall"
    widths = _widths(grid, columns, place.room, _SMALL if small else _LARGE)
    heads = sum(1 for row in rows if row.getparent().tag == "thead")
    inside = place.within(style="TableTextSmall" if small else "TableText", indent=0, list_id=0)
    written = [
        _row(
            cells,
            widths,
            inside.within(keep_next=len(rows) <= _KEPT_TOGETHER and number < len(rows) - 1),
            number < heads,
            write_cell,
        )
        for number, cells in enumerate(grid)
    ]
    return f"<w:tbl>{_properties(heads, caption)}{_columns(widths)}{''.join(written)}</w:tbl>"


def _rows(table: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The rows of this table and of none inside it, the foot last."""
    own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table and row.xpath("td|th")]
    return sorted(own, key=lambda row: {"thead": 0, "tfoot": 2}.get(row.getparent().tag, 1))


def _grid(rows: list[lxml.html.HtmlElement]) -> list[list[_Cell]]:
    """The cells of each row at their columns, with fillers under cells that span rows."""
    hanging: dict[int, _Cell] = {}
    grid = []
    for number, row in enumerate(rows):
        cells, column = [], 0
        waiting = list(row.xpath("td|th"))
        while waiting or any(at >= column for at in hanging):
            if column in hanging:
                above = hanging.pop(column)
                cell = _Cell(None, column, above.span, above.falls - 1)
            elif waiting:
                element = waiting.pop(0)
                free = min((at for at in hanging if at > column), default=column + 99) - column
                span = min(_number(element, "colspan"), free)
                cell = _Cell(element, column, span, min(_number(element, "rowspan"), len(rows) - number) - 1)
            else:
                cell = _Cell(lxml.html.Element("td"), column, 1, 0)
            cells.append(cell)
            column += cell.span
        hanging = {cell.column: cell for cell in cells if cell.falls > 0}
        grid.append(cells)
    return _filled(grid)


def _filled(grid: list[list[_Cell]]) -> list[list[_Cell]]:
    """Every row with the same number of columns: Word would end a short row early."""
    columns = max((cells[-1].column + cells[-1].span for cells in grid), default=1)
    for cells in grid:
        end = cells[-1].column + cells[-1].span
        cells += [_Cell(lxml.html.Element("td"), column, 1, 0) for column in range(end, columns)]
    return grid


def _number(cell: lxml.html.HtmlElement, name: str) -> int:
    text = cell.get(name, "")
    return max(1, min(int(text), 99)) if text.isdigit() else 1


def _widths(grid: list[list[_Cell]], columns: int, room: int, size: int) -> list[int]:
    """Twips a column: each as wide as its longest text where all fit, else no narrower than its longest figure."""
    wanted, least = [2.0] * columns, [2.0] * columns
    for cell in (cell for row in grid for cell in row if cell.element is not None and cell.span == 1):
        text = " ".join(cell.element.text_content().split())
        head = cell.element.get("scope") == "col"  # stands once, so it may take two lines
        wanted[cell.column] = max(wanted[cell.column], min(em_width(text) / (2 if head else 1) + 0.5, 24.0))
        figure = "number" in cell.element.classes
        least[cell.column] = max(least[cell.column], min(em_width(text), 8.0) if figure else min(em_width(text), 3.0))
    free = room - columns * _PADDING
    if sum(wanted) * size > free:
        spare = max(0.0, free / size - sum(least))
        more = [want - low if want > low else 0.0 for want, low in zip(wanted, least, strict=True)]
        wanted = [low + spare * extra / (sum(more) or 1) for low, extra in zip(least, more, strict=True)]
    scaled = [int(_PADDING + free * want / sum(wanted)) for want in wanted]
    return [*scaled[:-1], room - sum(scaled[:-1])]


def _properties(heads: int, caption: str) -> str:
    title = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    first = 'w:val="0020" w:firstRow="1"' if heads else 'w:val="0000" w:firstRow="0"'
    return (
        '<w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {first} w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{title}</w:tblPr>"
    )


def _columns(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _row(cells: list[_Cell], widths: list[int], place: Place, head: bool, write_cell: WriteCell) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    written = "".join(_cell(cell, widths, place, head, write_cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def _cell(cell: _Cell, widths: list[int], place: Place, head: bool, write_cell: WriteCell) -> str:
    width = sum(widths[cell.column : cell.column + cell.span])
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merged = "<w:vMerge/>" if cell.element is None else '<w:vMerge w:val="restart"/>' if cell.falls > 0 else ""
    inside = place.within(room=width - _PADDING, align=_align(cell.element, head), keep_next=place.keep_next or head)
    blocks = write_cell(lxml.html.Element("td") if cell.element is None else cell.element, inside)
    if not blocks or blocks[-1].startswith("<w:tbl>"):
        blocks.append(f'<w:p><w:pPr><w:pStyle w:val="{place.style}"/></w:pPr></w:p>')  # Word wants a paragraph last
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}</w:tcPr>{"".join(blocks)}</w:tc>'


def _align(cell: lxml.html.HtmlElement | None, head: bool) -> str:
    if cell is None:
        return ""
    for name in ("left", "center", "right"):
        if f"align-{name}" in cell.classes:
            return name
    return "center" if head else "right" if "number" in cell.classes else ""
