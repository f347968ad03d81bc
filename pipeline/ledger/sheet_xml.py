"""The cells of one worksheet part, as Excel shows them (ECMA-376-1, 18.3). Nothing is calculated.

Read here rather than through a library: docs/design.md has the figures of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import InvalidOperation
from functools import lru_cache
from typing import IO, NamedTuple

from . import limits
from .cell_styles import Styles
from .look import Look
from .number_format import GENERAL, Shown, as_shown, exact, text_shown
from .xml_parts import local, parse

LAST_ROW = 1_048_576
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?\s*", re.ASCII)
_NOT_HELD, _TOO_LONG, _BROKEN, _STRUCK = "formula-without-value", "cell-too-long", "broken-cell", "struck-in-part"

Merge = tuple[int, int, int, int]
shown = lru_cache(maxsize=16_384)(as_shown)


class Cell(NamedTuple):
    """A cell that holds something.

    ``text`` is a text, a figure or a date as this product writes it; ``words`` what stands in a cell of a number, None
    where that is in doubt; ``fault`` is a problem's code where the text cannot be trusted.
    """

    row: int
    column: int
    text: str
    fault: str = ""
    detail: str = ""
    numeric: bool = False
    words: str | None = None


def cells(
    part: IO[bytes], strings: Strings, styles: Styles, look: Look, budget: limits.Budget
) -> Iterator[Cell | Merge]:
    """The filled cells in order, positions from 0, and the merged ranges; what the sheet hides or revokes goes into ``look``.

    Raises:
        xml.parsers.expat.ExpatError, ValueError, LimitError: the part is damaged or too large.
    """
    sheet = _Sheet(strings, styles, look)
    for _ in parse(part, sheet.start, sheet.end, sheet.text, budget):
        yield from sheet.found
        sheet.found.clear()


class Strings(NamedTuple):
    """The texts that cells refer to by number, None for what no cell can hold; ``struck`` in part are those numbers."""

    texts: list[str | None]
    struck: set[int]


def shared_strings(part: IO[bytes], budget: limits.Budget) -> Strings:
    """The part's texts, without their phonetic guides."""
    strings = _Strings()
    for _ in parse(part, strings.start, strings.end, strings.text, budget):
        pass
    return Strings(strings.found, strings.struck)


def _is_line_through(kind: str, attributes: dict[str, str]) -> bool:
    return kind == "strike" and attributes.get("val", "1") in ("1", "true")


class _Text:
    """The characters between a tag and its end, no more of them than a cell may hold."""

    def __init__(self) -> None:
        self._pieces: list[str] | None = None
        self._room = 0
        self.too_long = False

    def begin_cell(self) -> None:
        """A new text, of one or several runs."""
        self._room, self.too_long = limits.CELL, False

    def begin(self) -> None:
        """A run of it."""
        self._pieces = []

    def text(self, data: str) -> None:
        if self._pieces is not None:
            self._room -= len(data)
            if self._room >= 0:
                self._pieces.append(data)
            else:
                self.too_long = True

    def taken(self) -> str:
        """What has been read; nothing is read from here on."""
        pieces, self._pieces = self._pieces or [], None
        return "".join(pieces)


class _Strings(_Text):
    """Shared strings: texts and runs of text, in the order in which cells count them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.struck: set[int] = set()
        self._runs: list[str] = []
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "si":
            self._runs = []
            self.begin_cell()
        elif _is_line_through(kind, attributes):
            self.struck.add(len(self.found))
        elif kind == "rPh":
            self._phonetic = True
        elif kind == "t" and not self._phonetic:
            self.begin()

    def end(self, name: str) -> None:
        kind = local(name)
        if kind == "t" and not self._phonetic:
            self._runs.append(self.taken())
        elif kind == "rPh":
            self._phonetic = False
        elif kind == "si":
            self.found.append(None if self.too_long else _unescaped("".join(self._runs)))


class _Sheet(_Text):
    """The rows of a sheet as they pass by."""

    def __init__(self, strings: Strings, styles: Styles, look: Look) -> None:
        super().__init__()
        self.found: list[Cell | Merge] = []
        self._strings, self._styles, self._look = strings, styles, look
        self._space: str | None = None  # the namespace of the root: what others put among the rows is theirs
        self._row, self._column = -1, -1
        self._attributes: dict[str, str] = {}
        self._value = ""
        self._formula: str | None = None
        self._runs: list[str] = []
        self._in_cell = self._phonetic = self._struck = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._space is None:
            self._space = name.removesuffix(local(name))
        kind = name.removeprefix(self._space)
        if self._in_cell:
            self._phonetic = self._phonetic or kind == "rPh"
            self._struck = self._struck or _is_line_through(kind, attributes)
            if kind in ("v", "f") or (kind == "t" and not self._phonetic):
                self.begin()
        elif kind == "c":
            self._in_cell, self._struck, self._attributes = True, False, attributes
            self._value, self._formula, self._runs = "", None, []
            self.begin_cell()
        elif kind == "row":
            self._row = self._numbered(attributes.get("r")) if "r" in attributes else self._row + 1
            self._column = -1
        elif kind == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.found.append((*position(first), *position(last or first)))
        if not self._in_cell:
            self._look.element(kind, attributes, self._row, self._styles)

    def end(self, name: str) -> None:
        if not self._in_cell:
            return
        kind = name.removeprefix(self._space or "")
        if kind == "v":
            self._value = self.taken()
        elif kind == "t" and not self._phonetic:
            self._runs.append(self.taken())
        elif kind == "f":
            self._formula = self.taken()
        elif kind == "rPh":
            self._phonetic = False
        elif kind == "c":
            self._in_cell = False
            self._cell()

    @staticmethod
    def _numbered(number: str | None) -> int:
        row = int(number or 0)
        if not 0 < row <= LAST_ROW:
            msg = f"{number!r} is no row"
            raise ValueError(msg)
        return row - 1

    def _cell(self) -> None:
        reference = self._attributes.get("r")
        here = position(reference) if reference else (max(self._row, 0), self._column + 1)  # optional (18.3.1.4)
        self._column = here[1]
        if here[1] >= limits.COLUMNS:
            msg = "a cell lies outside a sheet"
            raise ValueError(msg)
        found = self._read(here)
        if found:
            self.found.append(found)
            style = self._styles.index(self._attributes.get("s"))
            self._look.cell(here, style, self._value if found.numeric else "", self._styles)

    def _read(self, here: tuple[int, int]) -> Cell | None:
        kind, stored = self._attributes.get("t", "n"), self._value
        if kind == "inlineStr" and self._runs:
            stored = _unescaped("".join(self._runs))
        if self.too_long:
            return Cell(*here, stored[:40], _TOO_LONG, str(limits.CELL))
        if not stored:
            unsaved = self._formula is not None and kind != "str"
            return Cell(*here, "", _NOT_HELD, self._formula or "") if unsaved else None
        if kind in ("s", "str", "inlineStr"):
            return self._text(here, kind, stored)
        if kind == "b":
            return Cell(*here, "TRUE" if stored.strip() in ("1", "true") else "FALSE")
        if kind == "d":
            return Cell(*here, stored.replace("T", " ").removesuffix("Z"))
        if kind == "e":
            return Cell(*here, stored)
        return self._number(here, stored)

    def _text(self, here: tuple[int, int], kind: str, stored: str) -> Cell:
        if kind == "s":
            number = stored.strip()
            if not (number.isascii() and number.isdigit() and int(number) < len(self._strings.texts)):
                return Cell(*here, stored, _BROKEN)
            shared, self._struck = self._strings.texts[int(number)], int(number) in self._strings.struck
            if shared is None:
                return Cell(*here, "", _TOO_LONG, str(limits.CELL))
            stored = shared
        elif kind == "str":
            stored = _unescaped(stored)
        if self._struck:
            return Cell(*here, stored, _STRUCK)
        form = self._styles.of(self._attributes.get("s"))
        return Cell(*here, stored if form in ("@", GENERAL) or not stored else text_shown(stored, form))

    def _number(self, here: tuple[int, int], stored: str) -> Cell:
        if not _NUMBER.fullmatch(stored):
            return Cell(*here, stored, _BROKEN)
        form = self._styles.of(self._attributes.get("s"))
        try:
            found: Shown = shown(stored, form, since_1904=self._styles.since_1904)
        except (InvalidOperation, OverflowError):
            return Cell(*here, stored, _BROKEN)
        if found.fault:
            return Cell(*here, found.text, found.fault, form, words=found.words)
        if found.rounded and self._formula is None:
            return Cell(*here, found.text, "rounded", f"{exact(stored):f}", numeric=True, words=found.words)
        return Cell(*here, found.text, numeric=True, words=found.words)


def _unescaped(text: str) -> str:
    """``_x000A_`` is a line break; pairs of halves become the character they mean (ECMA-376-1, 22.4.2.4)."""
    if "_x" not in text:
        return text
    whole = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def position(reference: str) -> tuple[int, int]:
    """B7 is (6, 1)."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or int(match[2]) > LAST_ROW:
        msg = f"{reference!r} is not a cell"
        raise ValueError(msg)
    column = 0
    for character in match[1].upper():
        column = column * 26 + ord(character) - ord("A") + 1
    if column > limits.COLUMNS:
        msg = f"{reference!r} lies outside a sheet"
        raise ValueError(msg)
    return int(match[2]) - 1, column - 1
