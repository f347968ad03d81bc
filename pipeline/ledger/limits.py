"""The one limiter of what a ledger's file may ask of this machine: sizes, counts and time.

A ledger of a period is a hundredth of any of these. What is larger is refused by name before it costs memory or time.
docs/limits.md tells them to users.
"""

from __future__ import annotations

import time
from io import BufferedReader
from pathlib import Path

from .. import input_file
from ..input_file import LimitError

FILE = 200_000_000  # bytes of a CSV file, and of each part of a workbook once unpacked
PARTS = 2_000  # parts of a workbook
SMALL_PART = 20_000_000  # bytes of the parts that only describe: relations, styles, the list of sheets
SHEETS = 1_000  # of a workbook
MERGES = 10_000  # merged ranges of one sheet
FORMAT = 255  # characters of a number format, as in Excel
LINE = 1_000_000  # bytes of one line of a CSV file
CELL = 32_767  # characters of one cell, as in Excel
COLUMNS = 16_384  # as in Excel
PLACES = 20_000_000  # rows times columns that hold something
CELLS = 300_000  # cells of one sheet that hold something
ELEMENTS = 1_500_000  # XML elements of one part
DEPTH = 64  # XML elements inside each other
SECONDS = 60.0  # to read one file


class Budget:
    """The time and the XML elements that reading one file may still take."""

    def __init__(self) -> None:
        self._end = time.monotonic() + SECONDS
        self.elements = ELEMENTS

    def look(self) -> None:
        """Stop where the time or the elements are used up.

        Raises:
            LimitError: they are.
        """
        if self.elements < 0:
            raise LimitError(code="too-many-elements", limit=ELEMENTS)
        if time.monotonic() > self._end:
            raise LimitError(code="too-slow", limit=int(SECONDS))


def opened(path: Path) -> BufferedReader:
    """A ledger's file, in ``data/PERIOD`` or its ``tables``.

    Raises:
        LimitError: it is none to read, or too large. OSError: it cannot be opened.
    """
    folder = path.parent.parent if path.parent.name == "tables" else path.parent
    return input_file.opened(path, folder / ".." / "..", FILE)  # resolved, link by link, only where there is a link


def one_sheet(height: int, width: int) -> None:
    """Refuse a sheet whose rows and columns, however empty, take too much room.

    Raises:
        LimitError: they do.
    """
    if width > COLUMNS or height * width > PLACES:
        raise LimitError(code="sheet-too-large", height=height, width=width, limit=PLACES, most=COLUMNS)


def merged(ranges: int, rows: int) -> None:
    """Refuse more merged ranges, or ranges over more rows, than a sheet has.

    Raises:
        LimitError: there are more.
    """
    if ranges > MERGES or rows > PLACES:
        raise LimitError(code="too-many-merges", limit=MERGES)
