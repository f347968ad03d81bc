"""Tables with more columns than any sheet holds, divided into parts that each fit, the first column in all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from copy import deepcopy

import lxml.html
from lxml import etree

from ..document.elements import around
from .table_plan import Cell, cells_in_place, plan_table

Measure = Callable[[lxml.html.HtmlElement], list[Cell]]

_FEWEST = 4  # columns of a part


def divide_wide_tables(article: lxml.html.HtmlElement, measured: Measure = cells_in_place) -> None:
    """Put further parts behind each table whose columns would be narrower than their words even in the smallest type.

    On a screen such a table scrolls; on paper it would be cut off. ``measured`` gives a table's cells as they will be set.
    """
    for table in list(article.iter("table")):
        if next(table.iterancestors("table"), None) is None:
            _divide(table, measured)


def _divide(table: lxml.html.HtmlElement, measured: Measure) -> None:
    cells = measured(table)
    count = max((cell.column + cell.columns for cell in cells), default=0)
    if count <= 2 * _FEWEST or not plan_table(cells).squeezed:
        return
    parts = [table]
    for pieces in range(2, count // _FEWEST + 1):
        parts = [_part(table, cells, columns) for columns in _shares(count, pieces)]
        if not any(plan_table(measured(part)).squeezed for part in parts):
            break
    _put_in(table, parts)


def _shares(count: int, pieces: int) -> Iterator[frozenset[int]]:
    """The columns of each part: the first one, and a like share of the others."""
    edges = [1 + round((count - 1) * piece / pieces) for piece in range(pieces + 1)]
    for begin, end in itertools.pairwise(edges):
        yield frozenset((0, *range(begin, end)))


def _part(table: lxml.html.HtmlElement, cells: list[Cell], columns: frozenset[int]) -> lxml.html.HtmlElement:
    """The table with these columns alone; a cell that reaches over others as well is in each part, as far as it goes."""
    part = deepcopy(table)
    part.tail = None
    originals = list(table.iter("td", "th"))
    copies = dict(zip(originals, part.iter("td", "th"), strict=True))
    for cell in cells:
        copy = copies[cell.element]
        width = len(columns & set(range(cell.column, cell.column + cell.columns)))
        copy.attrib.pop("colspan", None)
        if width > 1:
            copy.set("colspan", str(width))
        elif not width:
            around(copy).remove(copy)
    for group in part.xpath("./colgroup | ./col"):
        part.remove(group)
    return part


def _put_in(table: lxml.html.HtmlElement, parts: list[lxml.html.HtmlElement]) -> None:
    """The first part in place of the table, the others behind its figure, each saying what it goes on with."""
    figure = next(table.iterancestors("figure"), None)
    place = table if figure is None else figure
    number = figure.find("figcaption/span[@class='number']") if figure is not None else None
    for part in reversed(parts[1:]):
        for element in part.iter():
            element.attrib.pop("id", None)
        further = lxml.html.Element("figure", {"class": "table"})
        if number is not None:
            etree.SubElement(further, "figcaption").text = f"{number.text_content().strip()}（续）"
        further.append(part)
        place.addnext(further)
    parts[0].tail = table.tail
    around(table).replace(table, parts[0])
