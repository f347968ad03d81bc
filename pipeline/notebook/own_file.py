"""An analyst's own CSV file in ``data/PERIOD`` as a frame whose figures and words know the file's cells."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from .. import reads
from ..errors import DataError, FactError
from ..facts import Fact, Quantity, Sources, StatedError, StatedWords
from ..findings.place import letter
from ..ledger.columns import FIGURE, TEXT, Column, Ledger, Shared
from ..ledger.csv_grid import read
from ..ledger.declaration import standard_columns
from ..ledger.grid import Grid
from ..ledger.reading import with_parts
from ..ledger.records import Records
from ..ledger.roles import Role
from ..own_files import digest_of
from .named_rows import LedgerRows

_WITH_UNIT = re.compile(r"(?P<name>.+?)\s*[（(](?P<unit>[^（()）]+)[)）]")
_NOT_PUBLISHED = "公开属性"
_MEASURE = "指标"


def own_file(folder: Path, name: str) -> pd.DataFrame:
    """The rows of ``data/PERIOD/NAME``: the first line names the columns, a unit in brackets behind a name is its figures'.

    A column of which every filled cell is a figure holds facts, any other words; the index is the row as Excel shows it.

    Raises:
        FactError: there is no such CSV file in the folder, or its columns are not named. DataError: it cannot be read.
    """
    path = folder / name
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or path.suffix.lower() != ".csv":
        raise FactError("own-file-name", value=name)
    with reads.known():
        if not path.is_file():
            raise FactError("own-file-missing", value=name, folder=f"data/{folder.name}")
        reads.note("file", os.path.abspath(path), digest_of(path))
        grid = read(path, name)
    if grid.problems:
        raise DataError("ledger-has-errors", details=grid.problems, table=name)
    return _frame(grid, _headings(grid, name))


def _headings(grid: Grid, name: str) -> list[str]:
    headings = [grid.text(0, column) for column in sorted(grid.columns)]
    if not headings or "" in headings or len(set(headings)) < len(headings):
        raise FactError("own-file-headings", value=name, found=headings or "—")
    return headings


def _frame(grid: Grid, headings: list[str]) -> pd.DataFrame:
    rows = [row for row in range(1, grid.height) if any(grid.text(row, column) for column in grid.columns)]
    named = [_WITH_UNIT.fullmatch(heading) for heading in headings]
    fields = [match["name"] if match else heading for match, heading in zip(named, headings, strict=True)]
    index = pd.Index([row + 1 for row in rows], dtype="int64", name="row")
    columns = {}
    for column, (field, heading, match) in enumerate(zip(fields, headings, named, strict=True)):
        texts = [grid.text(row, column) for row in rows]
        sources = [Sources.cell(grid.source, row + 1, heading) for row in rows]
        cells = _figures(texts, sources, match["unit"] if match else "") or _words(texts, sources)
        columns[field] = pd.Series(cells, index=index, dtype=object)
    frame = LedgerRows(columns, index=index)
    frame.attrs |= {"source": grid.source, "file": grid.file, "sheet": grid.file, "stem": grid.file}
    frame.attrs["headings"] = dict(zip(fields, headings, strict=True))
    frame.attrs["letters"] = {field: letter(column) for column, field in enumerate(fields)}
    frame.attrs["roles"] = {_NOT_PUBLISHED: str(Role.DISCLOSURE)} if _NOT_PUBLISHED in fields else {}
    frame.attrs["identifying"] = []
    frame.attrs["totals"] = Shared(with_parts(frame, _records(grid, frame)))
    return frame


def _records(grid: Grid, frame: pd.DataFrame) -> Records:
    """The same rows as those of a ledger, so that totals are known as there: the first words say what a row is about."""
    roles = {said["title"]: Role(name) for name, said in standard_columns().items()} | {_MEASURE: Role.MEASURE}
    columns: list[Column] = []
    for field, heading in frame.attrs["headings"].items():
        unit = _WITH_UNIT.fullmatch(heading)
        if any(isinstance(cell, Fact) for cell in frame[field]):
            columns.append(Column(field, heading, Role.FIGURE, "", "", FIGURE, unit=unit["unit"] if unit else ""))
            continue
        role = roles.get(
            heading, Role.CLASS if any(column.role == Role.SUBJECT for column in columns) else Role.SUBJECT
        )
        columns.append(Column(field, heading, role, "", "", TEXT))
    ledger = Ledger(grid.file, grid.file, "", "", tuple(columns))
    places = {str(field): place for place, field in enumerate(frame)}
    return Records(ledger, grid, frame.index.to_numpy(), places=places, first=1)


def _figures(texts: list[str], sources: list[Sources], unit: str) -> list[Any]:
    """The column as facts; nothing where one cell is no figure, or none is filled."""
    try:
        quantities = [Quantity.parse(text, unit=unit) for text in texts]
    except StatedError:
        return []
    facts = [Fact(quantity, cell) for quantity, cell in zip(quantities, sources, strict=True)]
    return facts if any(texts) else []


def _words(texts: list[str], sources: list[Sources]) -> list[Any]:
    return [StatedWords(text, cell) if text else StatedWords() for text, cell in zip(texts, sources, strict=True)]
