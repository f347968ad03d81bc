"""How a sheet shows its cells, as far as it hides, revokes or remarks on what they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from .xml_parts import local

if TYPE_CHECKING:  # a ledger in CSV needs none of it
    from xml.etree.ElementTree import Element

    from .cell_styles import Styles

OURS = "halfyear"  # who signs the comments that we write
Cell = tuple[int, int]  # row and column from 0
Area = tuple[int, int, int, int]  # first row, first column, last row, last column from 0


@dataclass
class Look:
    """What a sheet says of the look of its rows, columns and cells, each from 0.

    ``hidden_columns`` are pairs of a first and a last one; ``struck`` cells bear a line through them, ``unseen`` ones are
    in the colour of their ground, ``blank_zeros`` hold a zero that the sheet does not show; ``conditional`` areas take another
    number format where a condition holds; ``comments`` are those of single cells.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    struck: set[Cell] = field(default_factory=set)
    unseen: set[Cell] = field(default_factory=set)
    blank_zeros: set[Cell] = field(default_factory=set)
    conditional: list[Area] = field(default_factory=list)
    comments: dict[Cell, str] = field(default_factory=dict)
    _shows_zeros: bool = True
    _areas: str = ""

    def element(self, name: str, attributes: dict[str, str], row: int, styles: Styles) -> None:
        """Take note of an element outside the cells; ``row`` is the one it stands in or is."""
        if name == "row" and (_is_on(attributes.get("hidden")) or _is_nought(attributes.get("ht"))):
            self.hidden_rows.add(row)
        elif name == "col" and (_is_on(attributes.get("hidden")) or _is_nought(attributes.get("width"))):
            first, last = (int(attributes.get(end, "0")) - 1 for end in ("min", "max"))
            self.hidden_columns.append((first, last))
        elif name == "sheetView":
            self._shows_zeros = _is_on(attributes.get("showZeros", "1"))
        elif name == "conditionalFormatting":
            self._areas = attributes.get("sqref", "")
        elif name == "cfRule" and attributes.get("dxfId") in styles.conditional:
            self.conditional += filter(None, map(area, self._areas.split()))

    def cell(self, where: Cell, style: int, number: str, styles: Styles) -> None:
        """Take note of a cell that holds something; ``number`` is what it stores, "" for a text."""
        if style in styles.struck:
            self.struck.add(where)
        if style in styles.unseen:
            self.unseen.add(where)
        if not self._shows_zeros and number and _is_nought(number):
            self.blank_zeros.add(where)

    def hides(self, column: int) -> bool:
        """Whether a column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def __str__(self) -> str:
        """All of it, the same for the same look."""
        cells = [sorted(each) for each in (self.hidden_rows, self.struck, self.unseen, self.blank_zeros)]
        return repr((cells, self.hidden_columns, self.conditional, sorted(self.comments.items())))


def area(reference: str) -> Area | None:
    """B7:C9 is (6, 1, 8, 2); None where it is no area of cells."""
    from .sheet_xml import position

    first, _, last = reference.partition(":")
    try:
        return (*position(first), *position(last or first))
    except ValueError:
        return None


def comments(root: Element) -> dict[Cell, str]:
    """What a part of comments says of each cell, but for our own."""
    authors = [each.text for each in root.iter() if local(each.tag) == "author"]
    ours = str(authors.index(OURS)) if OURS in authors else ""
    found = {}
    for comment in root.iter():
        place = area(comment.get("ref", "")) if local(comment.tag) == "comment" else None
        if place and comment.get("authorId") != ours:
            runs = (each.text or "" for each in comment.iter() if local(each.tag) == "t")
            found[place[:2]] = "".join(runs)
    return found


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


def _is_nought(value: str | None) -> bool:
    try:
        return value is not None and not Decimal(value.strip())
    except InvalidOperation:
        return False
