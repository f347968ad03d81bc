"""Where the ledgers of a period lie: CSV files in tables/, or the sheets of tables.xlsx."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..findings import Finding, Place, nearest_of
from ..input_file import LimitError
from . import csv_grid, limits
from .declared_ledgers import DeclaredLedgers, ledgers_for
from .grid import Grid
from .records import Records
from .unread_files import unread_files

WORKBOOK = "tables.xlsx"
MOST_LEDGERS = 64  # those of three periods and some: a report and what it is compared with
_OTHER_WORKBOOKS = {".xls": "xls", ".xlsm": "macros", ".et": "", ".ods": "", ".xlsb": "", ".numbers": ""}


_SHEETS: dict[tuple[str, str, str], str] = {}  # what a sheet holds by its workbook's content


def keep(kept: dict[Any, Any], key: Any, value: Any) -> None:
    """Put ``value`` into ``kept`` in place of what has been there longest, where there are many."""
    kept.pop(key, None)
    kept[key] = value
    while len(kept) > MOST_LEDGERS:
        del kept[next(iter(kept))]


def _names(folder: Path) -> list[str]:
    """The names in a folder, sorted; none where there is no such folder. Asked for at each look at a ledger."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


@dataclass
class Places:
    """The sheets found for each ledger, read when asked for, and the problems with files as such."""

    folder: Path
    ledgers: DeclaredLedgers
    found: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    _grids: dict[str, Grid] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Places:
        """Look through ``data/PERIOD``."""
        ledgers = ledgers_for(folder)
        places = cls(folder, ledgers, problems=list(ledgers.problems))
        for name in _names(folder / "tables"):
            places._file(name)
        for name in _names(folder):
            if name.startswith("tables."):
                places._workbook(folder / name)
        for stem, where in places.found.items():
            places._once(stem, where)
        return places

    def all_problems(self) -> list[Finding]:
        """Those of the files of ledgers, and every file that nothing reads: asked for where people are told."""
        told = frozenset(problem.place.file for problem in self.problems)
        return [*self.problems, *(unread_files(self.folder, told=told) if self.folder.is_dir() else ())]

    @classmethod
    def of_workbook(cls, path: Path, ledgers: DeclaredLedgers) -> Places:
        """The ledgers of one workbook, whatever it is called and wherever it lies."""
        from . import workbook

        places, book = cls(path.parent, ledgers), workbook.read(path)
        places.problems += book.problems
        for sheet in book.sheets.values():
            places._sheet(path.name, sheet.name, sheet.hidden)
        for stem, where in places.found.items():
            places._once(stem, where)
        return places

    def grid(self, stem: str) -> Grid | None:
        """The grid of a ledger, or None where there is none."""
        if stem not in self.found:
            return None
        file, sheet = self.found[stem][0]
        path = self.folder / file
        if not sheet:
            return csv_grid.read(path, file)
        from . import workbook

        if stem not in self._grids:
            self._grids[stem] = workbook.read(path).grid(sheet, stem)
        return self._grids[stem]

    def records(self) -> dict[str, Records]:
        """The rows of every ledger that is there, by stem, in the order of the ledgers."""
        grids = ((stem, self.grid(stem)) for stem in self.ledgers)
        return {stem: Records.of(grid, self.ledgers[stem]) for stem, grid in grids if grid is not None}

    def mark(self, stem: str) -> str:
        """What a ledger is read from: SHA-256 of its file or of the cells of its sheet, and its place; "" where there is none."""
        if stem not in self.found:
            return ""
        file, sheet = self.found[stem][0]
        try:
            with limits.opened(self.folder / file) as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except (OSError, LimitError):  # told when it is read
            return ""
        if sheet:
            key = (content, stem, sheet)
            if key not in _SHEETS:
                grid = self.grid(stem)
                assert grid is not None, "found above"
                keep(_SHEETS, key, grid.content())
            content = _SHEETS[key]
        return f"{content} {self.found[stem]}"

    def _file(self, name: str) -> None:
        file, (stem, suffix) = f"tables/{name}", os.path.splitext(name)
        if name.startswith((".", "~$")):
            return
        if suffix == ".csv" and stem in self.ledgers:
            self.found.setdefault(stem, []).append((file, ""))
        elif suffix.lower() == ".xlsx":
            self.problems.append(Finding("misplaced-workbook", Place(file), params={"wanted": WORKBOOK}))
        elif suffix.lower() in _OTHER_WORKBOOKS:
            self._other(suffix, file)
        elif stem not in self.ledgers.faulty:
            near = nearest_of(stem.lower(), tuple(self.ledgers))
            params = {"nearest": near, "allowed": tuple(self.ledgers)}
            self.problems.append(Finding("unknown-file" if near else "stray-file", Place(file), params=params))

    def _other(self, suffix: str, file: str) -> None:
        from .workbook import KINDS

        kind = suffix.lower()
        code = _OTHER_WORKBOOKS[kind] or "other-workbook"
        self.problems.append(Finding(code, Place(file), params={"kind": KINDS.get(kind, "")}))

    def _workbook(self, path: Path) -> None:
        if path.suffix.lower() in _OTHER_WORKBOOKS:
            self._other(path.suffix, path.name)
        if path.name != WORKBOOK:
            return
        from . import workbook

        book = workbook.read(path)
        self.problems += book.problems
        for sheet in book.sheets.values():
            self._sheet(path.name, sheet.name, sheet.hidden)

    def _sheet(self, file: str, sheet: str, hidden: bool) -> None:
        """Know a ledger by its sheet's name, in Chinese or as the file would be called."""
        from .workbook import NO_LEDGERS

        name = sheet.strip()
        stem = self.ledgers.stem_of(name)
        if stem:
            self.found.setdefault(stem, []).append((file, sheet))
            self.problems += [Finding("hidden-sheet", Place(file, sheet))] if hidden else []
        elif not hidden and name not in NO_LEDGERS and name not in self.ledgers.faulty:
            names = self.ledgers.sheets
            near = nearest_of(name, names)
            code, params = "sheet-misnamed" if near else "unknown-sheet", {"nearest": near, "allowed": names}
            self.problems.append(Finding(code, Place(file, sheet), params=params))

    def _once(self, stem: str, where: list[tuple[str, str]]) -> None:
        (file, sheet), *others = where
        for other, other_sheet in others:
            shown = f"{file} {sheet}".rstrip()
            self.problems.append(Finding("table-twice", Place(other, other_sheet), params={"other": shown}))
