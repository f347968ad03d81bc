"""Cells that reach over rows and columns: each place of a table belongs to one cell, whatever the spans say."""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html
from lxml import etree

_MOST = 1000  # columns; the limit that HTML itself sets (HTML, 4.9.11)


@dataclass(frozen=True)
class _Placed:
    element: lxml.html.HtmlElement
    line: lxml.html.HtmlElement
    column: int
    rows: int
    columns: int
    is_cut: bool


def settle_spans(table: lxml.html.HtmlElement) -> bool:
    """Cut spans that reach into another cell, out of their part of the table or over columns in which none begins.

    A browser lays such cells over each other; on paper one would hide the other. Rows without a cell go, and rows that
    end early get empty cells. Whether any two cells lay over each other.
    """
    parts = [_placed(lines) for lines in _parts(table)]
    starts = sorted({cell.column for cells in parts for cell in cells})
    for cells in parts:
        filled: dict[lxml.html.HtmlElement, int] = {}
        lines = list(dict.fromkeys(cell.line for cell in cells))
        for cell in cells:
            spanned = sum(cell.column <= start < cell.column + cell.columns for start in starts)
            _set_spans(cell.element, cell.rows, spanned)
            first = lines.index(cell.line)
            for line in lines[first : first + cell.rows]:
                filled[line] = filled.get(line, 0) + spanned
        for line in lines:
            for _ in range(len(starts) - filled[line]):
                etree.SubElement(line, "td")
    return any(cell.is_cut for cells in parts for cell in cells)


def _set_spans(element: lxml.html.HtmlElement, rows: int, columns: int) -> None:
    for name, count in (("rowspan", rows), ("colspan", columns)):
        element.attrib.pop(name, None)
        if count > 1:
            element.set(name, str(count))


def _parts(table: lxml.html.HtmlElement) -> list[list[lxml.html.HtmlElement]]:
    """The rows of each head, body and foot: no cell reaches from one into the next."""
    parts: list[list[lxml.html.HtmlElement]] = []
    for child in table:
        if child.tag in ("thead", "tbody", "tfoot"):
            parts.append(child.findall("tr"))
        elif child.tag == "tr":
            before = child.getprevious()
            follows = before is not None and before.tag == "tr" and parts
            parts[-1].append(child) if follows else parts.append([child])
    return parts


def _placed(lines: list[lxml.html.HtmlElement]) -> list[_Placed]:
    """Each cell with its row, its column and the rows and columns that are free for it; rows without any are removed."""
    taken: set[tuple[int, int]] = set()
    empty = {row for row, line in enumerate(lines) if line.find("td") is None and line.find("th") is None}
    found = []
    for row, line in enumerate(lines):
        column = 0
        for element in line.iterchildren("th", "td"):
            while (row, column) in taken:
                column += 1
            reach = range(row, row + _count(element.get("rowspan"), len(lines) - row))
            wished = _count(element.get("colspan"), _MOST, none=1)
            columns = next((free for free in range(1, wished) if (row, column + free) in taken), wished)
            taken |= {(at, column + right) for at in reach for right in range(columns)}
            found.append(
                _Placed(element, line, column, sum(at not in empty for at in reach), columns, columns < wished)
            )
            column += columns
    for row in empty:
        lines[row].drop_tree()
    return found


def _count(written: str | None, most: int, none: int = _MOST) -> int:
    """A span; rows that are 0 reach to the end of the part, columns that are 0 are 1."""
    text = (written or "1").strip()
    return min(int(text[:6]) or none, most) if text.isdecimal() else 1
