"""Columns of figures: what stands among numbers lines up with them."""

from __future__ import annotations

import lxml.html

from .tables import cells_in_place, width_of

_SHORT = 6.0  # ems; a longer text in a column of figures is a remark, and reads from the left


def align_figures(article: lxml.html.HtmlElement) -> None:
    """In a column where most cells are numbers, its heading and 持平, —, 不适用 get class ``align-right``."""
    for table in article.iter("table"):
        columns: dict[int, list[lxml.html.HtmlElement]] = {}
        for cell in cells_in_place(table):
            if cell.columns == 1:
                columns.setdefault(cell.column, []).append(cell.element)
        for cells in columns.values():
            _align(cells)


def _align(cells: list[lxml.html.HtmlElement]) -> None:
    filled = [cell for cell in cells if cell.get("scope") != "col" and cell.text_content().strip()]
    others = [cell for cell in filled if "number" not in cell.classes]
    if len(others) >= len(filled) / 2:
        return
    for cell in cells:
        short = cell.get("scope") == "col" or width_of(cell.text_content().strip()) <= _SHORT
        if short and "number" not in cell.classes and "align-" not in cell.get("class", ""):
            cell.classes.add("align-right")
