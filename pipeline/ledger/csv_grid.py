"""CSV as offices save it: UTF-8 with or without its mark, GB18030, Excel's UTF-16 text; commas, tabs or semicolons."""

from __future__ import annotations

import csv
import io
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from ..findings import system_reason
from ..input_file import LimitError
from . import limits
from .csv_text import SEPARATORS, NotTextError, as_utf8, from_gb18030, separator, without_hint
from .grid import CARRIED, Grid

if TYPE_CHECKING:
    import numpy as np

_SHORT = 100_000  # bytes: the cells of a longer text are apart sooner than pandas has begun
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_ENDS = b"\t\n\r"
# the bytes with which everything begins that no one means to type: controls, # of a failed formula, = of a formula,
# zero-width blanks and turned directions (E2, D8), marks and lost characters (EF), more controls (C2), other planes (F0 on)
_RARE = bytes({*range(32), 127, ord("#"), ord("="), 0xC2, 0xD8, 0xE2, 0xEF, *range(0xF0, 0xF5)} - set(_LINE_ENDS))
_COMMON = bytes(set(range(256)) - set(_RARE))


def read(path: Path, file: str) -> Grid:
    """The grid of one CSV file, its problems with it; ``file`` is what problems call it."""
    grid = Grid(file, file)
    try:
        with limits.opened(path) as stream:
            text = as_utf8(stream.read())
        if text.strip():
            _fill(grid, text)
    except (LimitError, NotTextError) as error:
        grid.columns, grid.height = {}, 0
        grid.problems.append(grid.problem(error.code, **error.params))
    except OSError as error:
        grid.problems.append(grid.problem("unreadable", reason=system_reason(error)))
    return grid


def _fill(grid: Grid, text: bytes) -> None:
    """Put the records of ``text`` into the grid."""
    import pandas as pd

    try:
        try:
            columns = _records(grid, text)
        except UnicodeDecodeError:
            text = from_gb18030(text)
            columns = _records(grid, text)
    except pd.errors.ParserError:
        grid.problems.append(grid.problem("unclosed-quote"))
        return
    grid.clean = not text.translate(None, _COMMON) and b"\xe9\x94\x9f\xe6\x96\xa4" not in text  # 锟斤
    grid.carried = CARRIED.encode() in text
    grid.height = max(map(len, columns), default=0)
    grid.columns = dict(enumerate(columns))
    if b'"' in text and len(text) > limits.CELL:
        _look_at_cells(grid)


def _look_at_cells(grid: Grid) -> None:
    """Leave out, and tell, cells with more than Excel can hold: a quotation mark may have opened a whole file."""
    for index, cells in list(grid.columns.items()):
        long = [row for row, text in enumerate(cells) if isinstance(text, str) and len(text) > limits.CELL]
        if long:
            grid.told[index] = {row + 1 for row in long}
            cells = grid.columns[index] = cells.copy()
        for row in long:
            value, cells[row] = cells[row][:40], ""
            grid.problems.append(
                grid.problem("cell-too-long", rows=(row + 1,), column=index, value=value, limit=limits.CELL)
            )


def _records(grid: Grid, text: bytes) -> list[np.ndarray]:
    """Every record as text, as wide as the widest, column by column; the grid is told where they differ."""
    import pandas as pd

    text, hinted = without_hint(text)
    if not text:
        return []  # the hint stands alone
    mark = hinted or separator(text)
    rows = text.count(b"\n") or text.count(b"\r")
    limits.one_sheet(rows, text[: limits.LINE].splitlines()[0].count(mark) + 1)
    try:
        return _as_they_stand(text, mark) or _as_wide_as(None, text, mark)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        # the first record gives the width: here a wider one follows, or the first is a blank line
        if not isinstance(error, pd.errors.EmptyDataError) and "Expected" not in str(error):
            raise
    width = max(line.count(mark) for line in text.splitlines()) + 1
    limits.one_sheet(rows, width)
    grid.widths = _widths(text, mark)
    return _as_wide_as(width, text, mark)


def _widths(text: bytes, mark: bytes) -> list[int]:
    """How many fields each record has; nothing where that cannot be told."""
    lines = io.StringIO(text.decode(), newline="")
    try:
        return [len(record) for record in csv.reader(lines, delimiter=mark.decode("latin-1"))]
    except csv.Error:
        return []


def _as_they_stand(text: bytes, mark: bytes) -> list[np.ndarray]:
    """The columns of a short text that nothing but its marks and ends of lines takes apart, as pandas gives them.

    Nothing where something is quoted, or the first record is blank or is not the widest.
    """
    import numpy as np

    if len(text) > _SHORT or mark not in SEPARATORS or b'"' in text or text.startswith(_BYTE_ORDER_MARK):
        return []
    lines = text.decode().replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    first, *others = (line.split(mark.decode()) for line in lines)
    if first == [""] or any(len(record) > len(first) for record in others):
        return []
    columns = zip_longest(first, *others, fillvalue="")
    return [np.fromiter(column, object, len(lines)) for column in columns]


def _as_wide_as(width: int | None, text: bytes, mark: bytes) -> list[np.ndarray]:
    """The columns of the records with so many fields; by default as many as the first has."""
    import pandas as pd

    frame = pd.read_csv(
        io.BytesIO(text),
        names=None if width is None else range(width),
        header=None,
        index_col=False,
        dtype=object,
        na_filter=False,
        skip_blank_lines=False,
        sep=mark.decode("latin-1"),
    )
    return [frame[name].to_numpy() for name in frame]
