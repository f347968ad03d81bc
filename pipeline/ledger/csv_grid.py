"""CSV as offices save it: UTF-8 with or without its mark, GB18030, Excel's UTF-16 text; commas, tabs or semicolons."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from .grid import Grid

if TYPE_CHECKING:
    import pandas as pd

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OTHER_KINDS = (
    (b"PK\x03\x04", "xlsx 工作簿 / an xlsx workbook"),
    (b"\xd0\xcf\x11\xe0", "xls 工作簿 / an xls workbook"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
)
_SUSPICIOUS = "#\ufffd锟烫\u200b\ufeff\u202e\u2028\x00"  # one character each: searching for one is nearly free


def read(path: Path, file: str) -> Grid:
    """The grid of one CSV file, its problems with it; ``file`` is what problems call it."""
    grid = Grid(file, file)
    try:
        raw = path.read_bytes()
    except OSError as error:
        grid.problems.append(grid.problem("unreadable", params={"reason": error.strerror or type(error).__name__}))
        return grid
    text = _decoded(raw, grid)
    if text is not None:
        _fill(grid, text)
    return grid


def _decoded(raw: bytes, grid: Grid) -> str | None:
    """The text, or None with a problem where the encoding is in doubt."""
    kind = next((kind for mark, kind in _OTHER_KINDS if raw.startswith(mark)), "")
    if not kind and raw.lstrip()[:5].lower() in (b"<html", b"<?xml", b"<!doc", b"<tabl"):
        kind = "HTML / XML"
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], encoding, grid)
    if kind or b"\x00" in raw:
        grid.problems.append(grid.problem("not-text", params={"kind": kind or "二进制数据 / binary data"}))
        return None
    return _strict(raw, "utf-8", grid)


def _strict(raw: bytes, encoding: str, grid: Grid) -> str | None:
    """``raw`` as ``encoding``, or where that fails and the headings are not UTF-8 either, as GB18030."""
    code = "encoding"
    for attempt in (encoding, "gb18030"):
        try:
            return raw.decode(attempt)
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
        if _begins_as_utf8(raw):
            code = "mixed-encoding"
            break
    grid.problems.append(grid.problem(code, params={"line": line}))
    return None


def _begins_as_utf8(raw: bytes) -> bool:
    """Whether the first line holds Chinese in UTF-8, so that a later failure is not another encoding's file."""
    first = raw.partition(b"\n")[0]
    try:
        return not first.isascii() and bool(first.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _fill(grid: Grid, text: str) -> None:
    """Put the records of ``text`` into the grid."""
    import pandas as pd

    if not text.strip():
        return
    grid.clean = not any(mark in text for mark in _SUSPICIOUS)
    separator = _separator(text)
    try:
        frame = _records(text, separator)
    except pd.errors.ParserError:
        grid.problems.append(grid.problem("unclosed-quote"))
        return
    grid.height = len(frame)
    grid.columns = {index: frame[name].to_numpy() for index, name in enumerate(frame.columns)}


def _records(text: str, separator: str) -> pd.DataFrame:
    """Every record as text, as wide as the widest."""
    import pandas as pd

    raw = text.encode()
    options = {
        "header": None,
        "index_col": False,
        "dtype": object,
        "na_filter": False,
        "skip_blank_lines": False,
        "sep": separator,
    }
    try:
        return pd.read_csv(io.BytesIO(raw), **options)
    except pd.errors.ParserError as error:
        if "Expected" not in str(error):  # what is expected is the width of the first record; a wider one follows
            raise
    width = max(line.count(separator) for line in text.splitlines()) + 1
    return pd.read_csv(io.BytesIO(raw), names=range(width), **options)


def _separator(text: str) -> str:
    """The comma, unless the first line has none and is parted by tabs or semicolons."""
    first = text.partition("\n")[0]
    return next((mark for mark in (",", "\t", ";") if mark in first), ",")
