"""CSV as offices save it: UTF-8 with or without its mark, GB18030, Excel's UTF-16 text; commas, tabs or semicolons."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from ..findings import Words
from .grid import CARRIED, Grid, unreadable

if TYPE_CHECKING:
    import pandas as pd

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OTHER_KINDS = (
    (b"PK\x03\x04", Words(" .xlsx 工作簿", "an .xlsx workbook")),
    (b"\xd0\xcf\x11\xe0", Words(" .xls 工作簿", "an .xls workbook")),
    (b"%PDF", Words(" PDF", "a PDF")),
    (b"\x1f\x8b", Words("压缩文件", "a compressed file")),
)
_LINE_ENDS = b"\t\n\r"
# the bytes with which everything begins that no one means to type: controls, # of a failed formula, = of a formula,
# zero-width blanks and turned directions (E2), marks and lost characters (EF)
_RARE = bytes({*range(32), 127, ord("#"), ord("="), 0xE2, 0xEF} - set(_LINE_ENDS))
_COMMON = bytes(set(range(256)) - set(_RARE))


def read(path: Path, file: str) -> Grid:
    """The grid of one CSV file, its problems with it; ``file`` is what problems call it."""
    grid = Grid(file, file)
    try:
        raw = path.read_bytes()
    except OSError as error:
        grid.problems.append(grid.problem("unreadable", reason=unreadable(error)))
        return grid
    text = _text(raw, grid)
    if text is not None and text.strip():
        _fill(grid, text)
    return grid


def _text(raw: bytes, grid: Grid) -> bytes | None:
    """The file as UTF-8 without its mark, or None with a problem where the encoding is in doubt.

    What claims to be UTF-8 is not decoded twice: a cell that is not shows itself when the records are read.
    """
    kind = next((kind for mark, kind in _OTHER_KINDS if raw.startswith(mark)), None)
    if not kind and raw.lstrip()[:5].lower() in (b"<html", b"<?xml", b"<!doc", b"<tabl"):
        kind = Words("网页", "a web page")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[3:] if encoding == "utf-8" else _recoded(raw[2:], encoding, grid)
    if kind or b"\x00" in raw:
        grid.problems.append(grid.problem("not-text", kind=kind or Words("二进制数据", "binary data")))
        return None
    return raw


def _recoded(raw: bytes, encoding: str, grid: Grid) -> bytes | None:
    """``raw`` from another encoding."""
    try:
        return raw.decode(encoding).encode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    grid.problems.append(grid.problem("encoding", line=line))
    return None


def _begins_as_utf8(raw: bytes) -> bool:
    """Whether the first line holds Chinese in UTF-8, so that a later failure is not another encoding's file."""
    first = raw.partition(b"\n")[0]
    try:
        return not first.isascii() and bool(first.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _not_utf8(raw: bytes, grid: Grid) -> bytes | None:
    """The file from GB18030, unless it began as UTF-8."""
    if not _begins_as_utf8(raw):
        return _recoded(raw, "gb18030", grid)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        grid.problems.append(grid.problem("mixed-encoding", line=line))
    return None


def _fill(grid: Grid, text: bytes) -> None:
    """Put the records of ``text`` into the grid."""
    import pandas as pd

    try:
        frame = _records(text)
    except UnicodeDecodeError:
        recoded = _not_utf8(text, grid)
        if recoded is not None:
            _fill(grid, recoded)
        return
    except pd.errors.ParserError:
        grid.problems.append(grid.problem("unclosed-quote"))
        return
    grid.clean = not text.translate(None, _COMMON) and b"\xe9\x94\x9f\xe6\x96\xa4" not in text  # 锟斤
    grid.carried = CARRIED.encode() in text
    grid.height = len(frame)
    grid.columns = {index: frame[name].to_numpy() for index, name in enumerate(frame.columns)}


def _records(text: bytes) -> pd.DataFrame:
    """Every record as text, as wide as the widest."""
    import pandas as pd

    separator = _separator(text)
    options = {
        "header": None,
        "index_col": False,
        "dtype": object,
        "na_filter": False,
        "skip_blank_lines": False,
        "sep": separator,
    }
    try:
        return pd.read_csv(io.BytesIO(text), **options)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        # the first record gives the width: here a wider one follows, or the first is a blank line
        if not isinstance(error, pd.errors.EmptyDataError) and "Expected" not in str(error):
            raise
    width = max(line.count(separator.encode()) for line in text.splitlines()) + 1
    return pd.read_csv(io.BytesIO(text), names=range(width), **options)


def _separator(text: bytes) -> str:
    """The comma, unless the first line has none and is parted by tabs or semicolons."""
    first = text.lstrip().partition(b"\n")[0]
    return next((mark for mark in (",", "\t", ";") if mark.encode() in first), ",")
