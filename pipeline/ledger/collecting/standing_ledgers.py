"""The ledgers of a period as they stand, and texts put into their cells without changing anything else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import DataError
from ...findings import ERROR, Finding, Place
from ...findings.place import letter
from ...leftovers import temporary
from ...renaming import rename
from .. import workbook
from ..columns import Ledger
from ..csv_text import as_csv
from ..grid import Grid
from ..places import WORKBOOK, Places
from ..records import Records
from .sent import Known, SentRow, sent_rows

_LOST = ("xl/charts/", "xl/media/", "xl/pivot", "xl/externalLinks/", "xl/ctrlProps/", "xl/slicers/")
Cells = dict[tuple[int, int], str]  # (row as Excel shows it, column from 0) → text


@dataclass
class StandingLedger:
    """One ledger in its file: rows by what they are known by, and the cells to be written into it."""

    ledger: Ledger
    file: str
    sheet: str
    grid: Grid | None = None
    head: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[Known, SentRow] = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)
    last: int = 1

    @classmethod
    def of(cls, places: Places, ledger: Ledger) -> StandingLedger:
        """The ledger as the folder holds it, else one without rows, in the folder's workbook or a file of its own."""
        grid = places.grid(ledger.stem)
        if grid is None:
            in_book = (places.folder / WORKBOOK).exists()
            made = cls(ledger, WORKBOOK if in_book else f"tables/{ledger.stem}.csv", ledger.sheet if in_book else "")
            made.columns = {column.field: index for index, column in enumerate(ledger.columns)}
            made.cells = {(1, index): text for index, text in enumerate(ledger.headings())}
            return made
        records = Records.of(grid, ledger)
        faults = [problem for problem in records.problems if problem.severity == ERROR]
        if faults:
            raise DataError("not-collected", details=faults)
        rows = {row.known: row for row in sent_rows(records, "")}
        made = cls(ledger, grid.file, grid.sheet, grid, records.first, dict(records.places), rows)
        made.last = max((records.first, *(row.row for row in rows.values())))
        return made

    @property
    def changed(self) -> bool:
        """Whether a cell below the headings is to be written."""
        return any(row > self.head for row, _ in self.cells)

    def put(self, row: int, name: str, text: str) -> Place:
        """Have ``text`` written into a field of a row; where the file has no such column, it gets one."""
        if name not in self.columns:
            self.columns[name] = max((*self.columns.values(), *(self.grid.columns if self.grid else ()))) + 1
            self.cells[self.head, self.columns[name]] = self.ledger.column(name).heading
        self.cells[row, self.columns[name]] = text
        return Place(self.file, self.sheet, (row,), letter(self.columns[name]), self.ledger.column(name).heading)

    def next_row(self) -> int:
        """A new row below all others."""
        self.last += 1
        return self.last


def write(folder: Path, ledgers: Mapping[str, StandingLedger]) -> list[str]:
    """Write what is to be written; the files. Each appears whole or stays as it was.

    Raises:
        DataError: writing into the workbook would lose something that is in it.
    """
    changed = [one for one in ledgers.values() if one.changed]
    contents = {one.file: _csv_bytes(one) for one in changed if not one.sheet}
    in_book = {one.sheet: one.cells for one in changed if one.sheet}
    with temporary(".collect", folder) as staging:
        if in_book:
            (staging / WORKBOOK).write_bytes(_workbook_bytes(folder / WORKBOOK, in_book))
            _nothing_lost(folder / WORKBOOK, staging / WORKBOOK, in_book)
        for name, content in contents.items():
            (staging / name).parent.mkdir(exist_ok=True)
            (staging / name).write_bytes(content)
        names = [*contents, *([WORKBOOK] if in_book else [])]
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            rename(staging / name, folder / name)
    return names


def _csv_bytes(one: StandingLedger) -> bytes:
    """The file's texts with the new ones."""
    old = one.grid.columns if one.grid else {}
    height = max(one.grid.height if one.grid else 0, *(row for row, _ in one.cells))
    width = max((*old, *(column for _, column in one.cells))) + 1
    lines = [["" for _ in range(width)] for _ in range(height)]
    for column, texts in old.items():
        for row, text in enumerate(texts):
            lines[row][column] = str(text)
    for (row, column), text in one.cells.items():
        lines[row - 1][column] = text
    return as_csv(lines)


def _workbook_bytes(file: Path, sheets: Mapping[str, Cells]) -> bytes:
    from openpyxl import load_workbook
    from openpyxl.cell.cell import Cell

    try:
        book = load_workbook(file)
    except Exception as error:  # it reads fewer workbooks than we do, and says so in many ways
        raise _refused(file, f"{type(error).__name__}") from error
    for name, cells in sheets.items():
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for (row, column), text in cells.items():
            cell = sheet.cell(row, column + 1)
            if not isinstance(cell, Cell):
                raise _refused(file, f"{name}!{cell.coordinate}")
            cell.value = text or None
            cell.data_type, cell.number_format = "s" if text else "n", "@"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _nothing_lost(before: Path, after: Path, sheets: Mapping[str, Cells]) -> None:
    """Hold every cell that was not to be written against what it was, and the package against parts that openpyxl drops."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        parts = {name for name in old.namelist() if name.startswith(_LOST)} - {*new.namelist()}
    if parts:
        raise _refused(before, min(parts))
    now = dict(_cells(after))
    for (sheet, row, column), text in _cells(before):
        if (row, column) not in sheets.get(sheet, {}) and now.get((sheet, row, column), "") != text:
            raise _refused(before, f"{sheet}!{letter(column)}{row}")


def _cells(file: Path) -> Iterator[tuple[tuple[str, int, int], str]]:
    book = workbook.read(file)
    for name in book.sheets:
        for column, texts in book.grid(name, name).columns.items():
            yield from (((name, row, column), str(text)) for row, text in enumerate(texts, 1) if text)


def _refused(file: Path, what: str) -> DataError:
    return DataError("not-collected", details=[Finding("collect-would-lose", Place(file.name), params={"what": what})])
