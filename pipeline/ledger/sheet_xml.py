"""The cells of one worksheet part, as Excel shows them (ECMA-376-1, 18.3). Nothing is calculated.

Read here rather than through a library: calamine gives a failed formula as a blank cell and 77% as 0.77, and openpyxl
costs a kernel more to import than all its ledgers cost to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import InvalidOperation
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from .number_format import GENERAL, as_shown, exact

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Styles:
    """``formats`` gives the number format of each cell style; ``since_1904`` how the workbook counts days."""

    formats: list[str] = field(default_factory=list)
    since_1904: bool = False

    def of(self, cell: Element) -> str:
        """The number format of a cell."""
        index = int(cell.get("s", "0"))
        return self.formats[index] if index < len(self.formats) else GENERAL


@dataclass(frozen=True)
class Cell:
    """A cell that holds something. ``fault`` is a problem's code where its text cannot be trusted."""

    row: int
    column: int
    text: str
    fault: str = ""
    detail: str = ""
    numeric: bool = False


def cells(part: IO[bytes], strings: list[str], styles: Styles) -> Iterator[Cell | tuple[int, int, int, int]]:
    """The filled cells in order, positions from 0, then the merged ranges.

    Raises:
        xml.etree.ElementTree.ParseError, ValueError, IndexError: the part is damaged.
    """
    above = -1
    for _, element in iterparse(part):
        name = element.tag.rpartition("}")[2]
        if name == "row":
            above = min(int(element.get("r", above + 2)), LAST_ROW) - 1
            yield from _row(element, above, strings, styles)
            element.clear()
        elif name == "mergeCell":
            first, _, last = element.get("ref", "").partition(":")
            yield (*_position(first), *_position(last or first))


def _row(element: Element, row: int, strings: list[str], styles: Styles) -> Iterator[Cell]:
    column = -1
    for child in element:
        here = _position(child.get("r")) or (row, column + 1)  # the reference is optional (18.3.1.4)
        column = here[1]
        cell = _cell(child, here, strings, styles)
        if cell:
            yield cell


def text_of(element: Element) -> str:
    """The text of a shared or inline string: its runs, without the phonetic guide."""
    if len(element) == 1 and element[0].tag.endswith("}t"):
        text = element[0].text or ""
    else:
        runs = [child for child in element if child.tag.rpartition("}")[2] in ("t", "r")]
        text = "".join(node.text or "" for run in runs for node in run.iter() if node.tag.rpartition("}")[2] == "t")
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _position(reference: str | None) -> tuple[int, int] | None:
    """B7 is (6, 1)."""
    if reference is None:
        return None
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        msg = f"{reference!r} is not a cell"
        raise ValueError(msg)
    column = 0
    for character in match[1]:
        column = column * 26 + ord(character) - ord("A") + 1
    if column > LAST_COLUMN or int(match[2]) > LAST_ROW:
        msg = f"{reference!r} lies outside a sheet"
        raise ValueError(msg)
    return int(match[2]) - 1, column - 1


def _cell(element: Element, here: tuple[int, int], strings: list[str], styles: Styles) -> Cell | None:
    parts = {child.tag.rpartition("}")[2]: child for child in element}
    kind, formula = element.get("t", "n"), "f" in parts
    stored = parts["v"].text or "" if "v" in parts else ""
    if kind == "inlineStr":
        stored = text_of(parts["is"]) if "is" in parts else ""
    if not stored:
        unsaved = formula and kind != "str"
        return Cell(*here, "", "formula-without-value", parts["f"].text or "") if unsaved else None
    if kind == "s":
        return Cell(*here, strings[int(stored)])
    if kind == "b":
        return Cell(*here, "TRUE" if stored == "1" else "FALSE")
    if kind == "d":
        return Cell(*here, stored.replace("T", " ").removesuffix("Z"))
    if kind != "n":
        return Cell(*here, stored)
    return _number(here, stored, styles.of(element), styles.since_1904, formula)


def _number(here: tuple[int, int], stored: str, form: str, since_1904: bool, formula: bool) -> Cell:
    try:
        shown = as_shown(stored, form, since_1904=since_1904)
    except InvalidOperation:
        msg = f"{stored!r} is not a number"
        raise ValueError(msg) from None
    if shown.doubt:
        return Cell(*here, shown.text, "number-format", form)
    if shown.rounded and not formula:
        return Cell(*here, shown.text, "rounded", f"{exact(stored):f}", numeric=True)
    return Cell(*here, shown.text, numeric=True)
