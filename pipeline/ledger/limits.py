"""The one limiter of what a ledger's file may ask of this machine: sizes, counts and time.

A ledger of a period is a thousandth of any of these. What is larger is refused by name before it costs memory or time.
docs/limits.md tells them to users.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from io import BufferedReader
from pathlib import Path
from typing import Any

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
CELLS = 500_000  # cells of one sheet that hold something
ELEMENTS = 3_000_000  # XML elements of one part
DEPTH = 64  # XML elements inside each other
SECONDS = 60.0  # to read one file


class LimitError(Exception):
    """A file that asks for more than a limit allows; ``code`` and ``params`` are those of its problem."""

    def __init__(self, *, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


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
    """A regular file of a size to read; not waiting for a pipe and not reading a device without end.

    Raises:
        LimitError: it is something else, lies outside its workspace through a link, or is too large.
        OSError: it cannot be opened.
    """
    look_at(path)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    stream = os.fdopen(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):  # exchanged since
        stream.close()
        raise LimitError(code="not-a-file")
    return stream


def look_at(path: Path) -> None:
    """Refuse what is no file of the workspace, or too large; ``path`` is in ``data/PERIOD`` or its ``tables``.

    Raises:
        LimitError: it is refused.
        OSError: there is nothing to look at.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise LimitError(code="not-a-file")
    if path.is_symlink() or path.parent.is_symlink():
        folder = path.parent.parent if path.parent.name == "tables" else path.parent
        target = path.resolve()
        if not target.is_relative_to(folder.resolve().parent.parent):
            raise LimitError(code="link-outside", target=str(target))
    if status.st_size > FILE:
        raise LimitError(code="file-too-large", size=status.st_size // 1_000_000, limit=FILE // 1_000_000)


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
