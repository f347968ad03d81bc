"""How a table fits its sheet: type size, column widths, and whether it has to be turned."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count

import lxml.html

from ..document.elements import around
from ..facts.figure_text import AFTER, BEFORE

UPRIGHT, TURNED = 442.2, 637.7  # points: 156 mm and 225 mm, the sides of the type area (GB/T 9704-2012, 5.2.1)
SIZES = (12.0, 10.5, 9.0, 7.5, 5.5)  # 小四, 五号, 小五, 六号, 七号
_INSET = 8.0  # points, both sides of a cell
_LATIN = 0.56  # ems; a figure or letter in the faces a report comes with
_PITCH = 225 / 25.4 * 72 / 22  # points, a line of the page (5.2.3)
_LEADING, _AIR = 1.5, 3.0  # the ems from line to line in a cell of several, and the points around them
_DATE = r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"
_BEFORE, _AFTER = ("|".join(hedges) for hedges in ((*BEFORE, "第"), AFTER))
_UNIT = r"(?:人次|小时|个百分点|[\u4e00-\u9fff])?"
_WORD = re.compile(
    rf"{_DATE}|(?:{_BEFORE})?[!-~]+[余多]?[万亿]?[余多]?(?:(?:{_AFTER})|{_UNIT}(?:{_AFTER})?)|.", re.DOTALL
)
_FEW_LINES = 3
_SHORT_HEADING = 6.0  # ems
_HEADING_PIECE = re.compile(r"[（(][^（）()]*[）)]?|[^（(、/·]+[、/·]*|.")  # the unit in brackets, one of several words
_LONGEST = 18.0  # ems; a longer word, such as an address, is cut
_LEAST = 4.0  # ems; Han text in fewer is a column of scraps
_TALL = 10.0  # lines of the page; a row that takes more may be divided, so that none can be taller than a page
MOST_OF_A_HEAD = 11.0  # lines of the page, half of it; a taller head is not repeated
_WHOLE = 9  # lines; a table that takes up to two fifths of a page is kept on one
_ENDS_A_LINE = frozenset(
    ("br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "pre", "blockquote", "tr", "table", "figure", "hr")
)
_JOINT = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Cell:
    """A cell in its place: ``text`` at ``row`` and ``column``, covering ``rows`` × ``columns``.

    ``joint`` ems may be set between a Han character and a figure or letter beside it; these are ``latin`` ems wide.
    """

    element: lxml.html.HtmlElement
    row: int
    column: int
    rows: int
    columns: int
    joint: float = 0.0
    latin: float = _LATIN

    @cached_property
    def text(self) -> str:
        """What it says."""
        return self.element.text_content().strip()

    @cached_property
    def width(self) -> float:
        """The ems its longest line takes, unbroken."""
        return max(map(self.width_of, self.lines))

    @cached_property
    def lines(self) -> list[str]:
        """What it says, parted where its markup ends a line."""
        return [line.strip() for line in _parted(self.element)] if len(self.element) else [self.text]

    def width_of(self, text: str) -> float:
        """The ems that a piece of it takes on one line."""
        return width_of(text, self.latin) + (self.joint * len(_JOINT.findall(text)) if self.joint else 0.0)


@dataclass(frozen=True)
class TablePlan:
    """How to set a table: ``size`` in points, ``widths`` of the columns in points, ``turned`` onto a turned sheet.

    ``squeezed`` where the columns had to be narrower than their words are.
    """

    size: float
    widths: tuple[float, ...]
    turned: bool
    squeezed: bool = False


def cells_in_place(table: lxml.html.HtmlElement, *, joint: float = 0.0, latin: float = _LATIN) -> list[Cell]:
    """The cells of a table with rows and columns counted from 0, row and column spans resolved.

    ``joint`` is the room, in ems, that whoever sets the table may leave between Han characters and figures, ``latin``
    how wide a figure or Latin letter may be.
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
            cells.append(Cell(element, row, column, rows, columns, joint, latin))
            column += columns
    return cells


def plan_table(cells: Sequence[Cell], room: float = UPRIGHT) -> TablePlan:
    """The plan that keeps the type largest on an upright sheet, then smaller, then on a turned one.

    Where there are fewer points of ``room`` than a sheet has, as in another table's cell, nothing is turned.

    六号 and 七号 are for tables of other notebooks alone whose figures would break in 小五 on a turned sheet.
    Type gets smaller too where that saves cells from more than three lines; where it does not, the table is kept low.
    Numbers, dates and Latin words of up to 32 letters are never broken; Han text is, but not into lines of less than four characters.
    A column that would still not fit is squeezed in proportion, on the turned sheet at the smallest size.
    """
    columns = max((cell.column + cell.columns for cell in cells), default=1)
    measures = [_measured(cells, columns, whole_headings=whole) for whole in (True, False)]
    steps = ((False, SIZES[:2]), (True, SIZES[:3]), (True, SIZES[3:4]), (True, SIZES[4:]))
    for turned, sizes in steps if room >= UPRIGHT else ((False, SIZES),):
        side = TURNED if turned else room
        fitting = [(size, *ems) for size in sizes for ems in measures if _total(ems[1], size) <= side]
        for size, wanted, needed in fitting:
            plan = TablePlan(size, _shared(wanted, needed, size, side), turned)
            if max(lines_of(cell, plan) for cell in cells) <= _FEW_LINES:
                return plan
        if fitting:
            size, wanted, needed = next(one for one in fitting if one[0] == fitting[-1][0])
            ways = (TablePlan(size, share(wanted, needed, size, side), turned) for share in (_shared, _balanced))
            return min(ways, key=lambda plan: table_height(cells, plan))
    side = TURNED if room >= UPRIGHT else room
    return TablePlan(SIZES[-1], _squeezed(measures[-1][1], side), room >= UPRIGHT, squeezed=True)


@lru_cache(maxsize=4096)
def width_of(text: str, latin: float = _LATIN) -> float:
    """The width of ``text`` on one line in ems: Han and full-width characters 1, others ``latin``."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else latin for character in text)


def lines_of(cell: Cell, plan: TablePlan) -> int:
    """About how many lines a cell takes under ``plan``."""
    room = cell_room(cell, plan)
    return sum(max(1, math.ceil(cell.width_of(line) * plan.size / room - 0.02)) for line in cell.lines)


def cell_room(cell: Cell, plan: TablePlan) -> float:
    """The points that a line of a cell has under ``plan``."""
    return max(plan.size, sum(plan.widths[cell.column : cell.column + cell.columns]) - _INSET)


def heading_pieces(cell: Cell) -> list[str]:
    """What a column's heading says, parted where a line of it may end first: 发放宣传品 and （份）."""
    is_plain = not len(cell.element) and cell.element.get("scope") == "col" and " " not in cell.text
    return _HEADING_PIECE.findall(cell.text) or [cell.text] if is_plain else [cell.text]


def divisible_rows(cells: Sequence[Cell], plan: TablePlan) -> frozenset[int]:
    """The rows so tall that a page may end inside them."""
    return frozenset(row for row, height in _row_heights(cells, plan).items() if height > _TALL)


def divisible_spans(cells: Sequence[Cell], plan: TablePlan) -> frozenset[Cell]:
    """The cells over rows so tall together that a page may end between them."""
    heights = _row_heights(cells, plan)
    return frozenset(
        cell for cell in cells if sum(heights.get(row, 1.0) for row in range(cell.row, cell.row + cell.rows)) > _TALL
    )


def table_height(cells: Sequence[Cell], plan: TablePlan) -> float:
    """About how many lines of the page the rows take."""
    return sum(_row_heights(cells, plan).values())


def stays_whole(cells: Sequence[Cell], plan: TablePlan) -> bool:
    """Whether a table is so short that it stands on one page; others break between rows."""
    return not plan.turned and table_height(cells, plan) <= _WHOLE


def in_row_of(kind: str, cell: lxml.html.HtmlElement) -> bool:
    """Whether a cell stands in a row of that class: a ``total``, or the head of a ``group``."""
    return kind in around(cell).classes


def side_apart(cell: lxml.html.HtmlElement) -> str:
    """On which side a total has its parts: above it, or below it where it is the first row."""
    return "bottom" if around(cell).getprevious() is None else "top"


def _row_heights(cells: Iterable[Cell], plan: TablePlan) -> dict[int, float]:
    """About how many lines of the page each row takes."""
    rows: dict[int, float] = {}
    for cell in cells:
        pictures = 9.0 * sum(1 for _ in cell.element.iter("img"))
        text = (lines_of(cell, plan) * _LEADING * plan.size + _AIR) / _PITCH
        rows[cell.row] = max(rows.get(cell.row, 1.0), text + pictures)
    return rows


def _parted(element: lxml.html.HtmlElement) -> list[str]:
    """The text of an element by lines: blocks and ``<br>`` end one, and so does each line of preformatted text."""
    lines = [""]

    def add(text: str | None, *, preformatted: bool) -> None:
        first, *others = text.split("\n") if text and preformatted else [text or ""]
        lines[-1] += first
        lines.extend(others)

    def walk(parent: lxml.html.HtmlElement, preformatted: bool) -> None:
        add(parent.text, preformatted=preformatted)
        for child in parent:
            ends = child.tag in _ENDS_A_LINE
            lines.extend([""] if ends and lines[-1].strip() else [])
            walk(child, preformatted or child.tag == "pre")
            lines.extend([""] if ends and lines[-1].strip() else [])
            add(child.tail, preformatted=preformatted)

    walk(element, preformatted=False)
    return [line for line in lines if line.strip()] or [""]


def _measured(cells: Sequence[Cell], count: int, *, whole_headings: bool) -> tuple[list[float], list[float]]:
    """For each column, in ems: the width that breaks no line, and the least it can be set in."""
    wanted, needed = [1.0] * count, [1.0] * count
    for cell in sorted(cells, key=lambda cell: cell.columns):
        words = [cell.width_of(word) for word in _WORD.findall(cell.text)]
        least = min(_LONGEST, max([_least(cell, whole_headings), *words]))
        for widths, width in ((wanted, cell.width), (needed, least)):
            span = range(cell.column, cell.column + cell.columns)
            lacking = width - sum(widths[column] for column in span)
            if lacking > 0:
                for column in span:
                    widths[column] += lacking / cell.columns
    return wanted, needed


def _least(cell: Cell, whole_headings: bool) -> float:
    """Numbers stay whole, and where it can be so do short headings and short pieces of one; a long one may take two lines,
    other text any."""
    width = cell.width
    if "number" in cell.element.classes:
        return width
    piece = max(map(cell.width_of, heading_pieces(cell)))
    if whole_headings and cell.element.tag == "th" and piece <= _SHORT_HEADING:
        return piece
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


def _balanced(wanted: Sequence[float], needed: Sequence[float], size: float, room: float) -> tuple[float, ...]:
    """Widths at which no column takes more lines than another, as far as each has what it needs."""
    tried = ([max(need, 10 * want / tenths) for want, need in zip(wanted, needed, strict=True)] for tenths in count(10))
    ems = next(ems for ems in tried if ems == needed or _total(ems, size) <= room)
    return _shared(ems, ems, size, room)


def _squeezed(needed: Sequence[float], room: float) -> tuple[float, ...]:
    return tuple(ems * room / sum(needed) for ems in needed)


def _rows(table: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The rows of this table, none of a table inside it, the head first and the foot last."""
    parts = [child for name in ("thead", "tr", "tbody", "tfoot") for child in table.iterchildren(name)]
    for part in parts:
        yield from [part] if part.tag == "tr" else part.iterchildren("tr")


def _number(written: str | None) -> int:
    return int(written) if written and written.strip().isdigit() else 1
