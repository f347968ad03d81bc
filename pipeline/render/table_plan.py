"""How a table fits its sheet: type size, column widths, and whether it has to be turned."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import lxml.html

UPRIGHT, TURNED = 442.2, 637.7  # points: 156 mm and 225 mm, the sides of the type area (GB/T 9704-2012, 5.2.1)
SIZES = (12.0, 10.5, 9.0, 7.5, 5.5)  # 小四, 五号, 小五, 六号, 七号
_INSET = 8.0  # points, both sides of a cell
_DATE = r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"
_WORD = re.compile(rf"{_DATE}|[!-~]+[余多]?[\u4e00-\u9fff]?|.", re.DOTALL)
_FEW_LINES = 3
_SHORT_HEADING = 6.0  # ems
_LEAST = 4.0  # ems; Han text in fewer is a column of scraps
_WHOLE = 9  # lines; a table that takes up to two fifths of a page is kept on one
_JOINT = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Cell:
    """A cell in its place: ``text`` at ``row`` and ``column``, covering ``rows`` × ``columns``.

    ``joint`` ems may be set between a Han character and a figure or letter beside it.
    """

    element: lxml.html.HtmlElement
    row: int
    column: int
    rows: int
    columns: int
    joint: float = 0.0

    @property
    def text(self) -> str:
        """What it says."""
        return self.element.text_content().strip()

    @property
    def width(self) -> float:
        """The ems it takes on one line."""
        return self.width_of(self.text)

    def width_of(self, text: str) -> float:
        """The ems that a piece of it takes on one line."""
        return width_of(text) + (self.joint * len(_JOINT.findall(text)) if self.joint else 0.0)


@dataclass(frozen=True)
class TablePlan:
    """How to set a table: ``size`` in points, ``widths`` of the columns in points, ``turned`` onto a turned sheet."""

    size: float
    widths: tuple[float, ...]
    turned: bool


def cells_in_place(table: lxml.html.HtmlElement, *, joint: float = 0.0) -> list[Cell]:
    """The cells of a table with rows and columns counted from 0, row and column spans resolved.

    ``joint`` is the room, in ems, that whoever sets the table may leave between Han characters and figures.
    """
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(_rows(table)):
        column = 0
        for element in line.iterchildren("th", "td"):
            while (row, column) in taken:
                column += 1
            rows, columns = (max(1, _number(element.get(name))) for name in ("rowspan", "colspan"))
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
            cells.append(Cell(element, row, column, rows, columns, joint))
            column += columns
    return cells


def plan_table(cells: Sequence[Cell]) -> TablePlan:
    """The plan that keeps the type largest on an upright sheet, then smaller, then on a turned one.

    六号 and 七号 are for tables of other notebooks alone whose figures would break in 小五 on a turned sheet.
    Type gets smaller too where that saves cells from more than three lines.
    Numbers, dates and Latin words are never broken; Han text is, but not into lines of less than four characters.
    A column that would still not fit is squeezed in proportion, on the turned sheet at the smallest size.
    """
    count = max((cell.column + cell.columns for cell in cells), default=1)
    measures = [_measured(cells, count, whole_headings=whole) for whole in (True, False)]
    steps = ((False, SIZES[:2]), (True, SIZES[:3]), (True, SIZES[3:4]), (True, SIZES[4:]))
    for turned, sizes in steps:
        room = TURNED if turned else UPRIGHT
        plans = [
            TablePlan(size, _shared(wanted, needed, size, room), turned)
            for size in sizes
            for wanted, needed in measures
            if _total(needed, size) <= room
        ]
        for plan in plans:
            if plan is plans[-1] or max(lines_of(cell, plan) for cell in cells) <= _FEW_LINES:
                return plan
    return TablePlan(SIZES[-1], _squeezed(measures[-1][1], TURNED), True)


def width_of(text: str) -> float:
    """The width of ``text`` on one line in ems: Han and full-width characters 1, others a little over one half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.56 for character in text)


def lines_of(cell: Cell, plan: TablePlan) -> int:
    """About how many lines a cell takes under ``plan``."""
    room = sum(plan.widths[cell.column : cell.column + cell.columns]) - _INSET
    return max(1, math.ceil(cell.width * plan.size / room - 0.02)) if cell.text else 1


def table_height(cells: Sequence[Cell], plan: TablePlan) -> float:
    """About how many lines of the page the rows take."""
    rows: dict[int, float] = {}
    for cell in cells:
        rows[cell.row] = max(rows.get(cell.row, 1.0), (1 + lines_of(cell, plan)) / 2)
    return sum(rows.values())


def stays_whole(cells: Sequence[Cell], plan: TablePlan) -> bool:
    """Whether a table is so short that it stands on one page; others break between rows."""
    return not plan.turned and table_height(cells, plan) <= _WHOLE


def _measured(cells: Sequence[Cell], count: int, *, whole_headings: bool) -> tuple[list[float], list[float]]:
    """For each column, in ems: the width that breaks no line, and the least it can be set in."""
    wanted, needed = [1.0] * count, [1.0] * count
    for cell in sorted(cells, key=lambda cell: cell.columns):
        words = [cell.width_of(word) for word in _WORD.findall(cell.text)]
        least = max([_least(cell, whole_headings), *words])
        for widths, width in ((wanted, cell.width), (needed, least)):
            span = range(cell.column, cell.column + cell.columns)
            lacking = width - sum(widths[column] for column in span)
            if lacking > 0:
                for column in span:
                    widths[column] += lacking / cell.columns
    return wanted, needed


def _least(cell: Cell, whole_headings: bool) -> float:
    """Numbers stay whole, and where it can be so do short headings; a long one may take two lines, other text any."""
    width = cell.width
    if "number" in cell.element.classes or (whole_headings and cell.element.tag == "th" and width <= _SHORT_HEADING):
        return width
    return min(width, max(_LEAST, width / 2) if cell.element.get("scope") == "col" else _LEAST)


def _total(ems: Sequence[float], size: float) -> float:
    return sum(ems) * size + _INSET * len(ems)


def _shared(wanted: Sequence[float], needed: Sequence[float], size: float, room: float) -> tuple[float, ...]:
    """What each column needs, and of the rest of the room as much as it wants, then an equal share."""
    widths = [ems * size + _INSET for ems in needed]
    lacking = [(want - need) * size for want, need in zip(wanted, needed, strict=True)]
    rest = room - sum(widths)
    given = min(1.0, rest / sum(lacking)) if sum(lacking) else 0.0
    widths = [width + lack * given for width, lack in zip(widths, lacking, strict=True)]
    spare = (room - sum(widths)) / len(widths)
    return tuple(width + spare for width in widths)


def _squeezed(needed: Sequence[float], room: float) -> tuple[float, ...]:
    return tuple(ems * room / sum(needed) for ems in needed)


def _rows(table: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The rows of this table, none of a table inside it, the head first and the foot last."""
    parts = [child for name in ("thead", "tr", "tbody", "tfoot") for child in table.iterchildren(name)]
    for part in parts:
        yield from [part] if part.tag == "tr" else part.iterchildren("tr")


def _number(written: str | None) -> int:
    return int(written) if written and written.strip().isdigit() else 1
