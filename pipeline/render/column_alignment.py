"""Columns of a table: figures in line under each other, short words in the middle, sentences from the left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import lxml.html

from .table_plan import Cell, TablePlan, cells_in_place, lines_of, plan_table, width_of

_SHORT = 6.0  # ems; a longer text in a column of figures is a remark, and reads from the left
_PLACED = frozenset(("number", "align-left", "align-right", "align-center"))
_UNIT = re.compile(r"\D*$")  # what follows the last digit


@dataclass(frozen=True)
class Columns:
    """What the cells of each column have in common.

    Attributes:
        insets: points right of the figures, so that they stand in line and yet in the middle of the column; -1 where
            figures with different units behind them cannot stand in line.
        flowing: the columns in which a text takes several lines.
    """

    insets: tuple[float, ...]
    flowing: frozenset[int]


def columns_of(cells: Sequence[Cell], plan: TablePlan) -> Columns:
    """The columns of a table that is set under ``plan``."""
    widest, units = [0.0] * len(plan.widths), [set[str]() for _ in plan.widths]
    for cell in cells:
        if cell.columns == 1 and "number" in cell.element.classes and cell.text:
            widest[cell.column] = max(widest[cell.column], cell.width * plan.size)
            unit = _UNIT.search(cell.text)
            units[cell.column].add(unit[0] if unit else "")
    insets = (
        max(2.0, (width - wide) / 2) if len(different) < 2 else -1.0
        for width, wide, different in zip(plan.widths, widest, units, strict=True)
    )
    flowing = (cell.column for cell in cells if cell.element.tag == "td" and lines_of(cell, plan) > 1)
    return Columns(tuple(insets), frozenset(flowing))


def alignment(cell: Cell, columns: Columns) -> tuple[str, float]:
    """``left``, ``center`` or ``right``, and for a figure in line the points to leave at its right."""
    classes = cell.element.classes
    in_line = cell.columns == 1 and columns.insets[cell.column] >= 0 and cell.column not in columns.flowing
    if in_line and "number" in classes:
        return "right", columns.insets[cell.column]
    for name in ("right", "left", "center"):
        if f"align-{name}" in classes:
            return name, 0.0
    from_left = cell.element.get("scope") in ("row", "rowgroup") or (
        cell.element.tag == "td" and cell.column in columns.flowing
    )
    return ("left" if from_left else "center"), 0.0


def align_for_page(article: lxml.html.HtmlElement) -> None:
    """For a page, whose columns are as wide as the window lets them: short words of a column get class ``middle``.

    Figures stand at the right. So do the heading of a column where most cells are numbers, and 持平, —, 不适用 among
    them: class ``align-right``.
    """
    for table in article.iter("table"):
        cells = cells_in_place(table)
        if not cells:
            continue
        placed = columns_of(cells, plan_table(cells))
        columns: dict[int, list[lxml.html.HtmlElement]] = {}
        for cell in cells:
            if cell.columns == 1:
                columns.setdefault(cell.column, []).append(cell.element)
            classes = cell.element.classes
            if _PLACED.isdisjoint(classes) and alignment(cell, placed)[0] == "center":
                classes.add("middle")
        for elements in columns.values():
            _align(elements)


def _align(cells: list[lxml.html.HtmlElement]) -> None:
    filled = [cell for cell in cells if cell.get("scope") != "col" and cell.text_content().strip()]
    others = [cell for cell in filled if "number" not in cell.classes]
    if len(others) >= len(filled) / 2:
        return
    for cell in cells:
        short = cell.get("scope") == "col" or width_of(cell.text_content().strip()) <= _SHORT
        if short and "number" not in cell.classes and "align-" not in cell.get("class", ""):
            cell.classes.discard("middle")
            cell.classes.add("align-right")
