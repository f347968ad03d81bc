"""Columns of figures: what stands among numbers lines up with them."""

from __future__ import annotations

import lxml.html

from .tables import cells_in_place, width_of

_SHORT = 6.0  # ems; a longer text in a column of figures is a remark, and reads from the left


def align_figures(article: lxml.html.HtmlElement) -> None:
    """In a column where most cells are numbers, 持平, — and 不适用 become class ``align-right`` as the numbers are."""
    for table in article.iter("table"):
        columns: dict[int, list[lxml.html.HtmlElement]] = {}
        for cell in cells_in_place(table):
            if cell.element.tag == "td" and cell.columns == 1:
                columns.setdefault(cell.column, []).append(cell.element)
        for cells in columns.values():
            others = [cell for cell in cells if "number" not in cell.classes]
            if len(others) < len(cells) / 2:
                for cell in others:
                    if width_of(cell.text_content().strip()) <= _SHORT and "align-" not in cell.get("class", ""):
                        cell.classes.add("align-right")
