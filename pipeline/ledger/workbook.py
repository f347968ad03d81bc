"""An .xlsx workbook opened with care: sizes first, no macro, no link followed, nothing executed."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..findings import Finding, Place, Said, system_reason
from ..input_file import LimitError
from . import limits
from .cell_styles import Styles
from .grid import Grid
from .look import comments
from .package import DAMAGE, Package, damage
from .sheet_xml import Cell, Merge, Strings, cells, shared_strings
from .xml_parts import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KINDS = {
    ".et": Said("kind-et"),
    ".ods": Said("kind-ods"),
    ".xlsb": Said("kind-xlsb"),
    ".numbers": Said("kind-numbers"),
}
HOW_TO, CHOICES, PROBLEM_LIST = NO_LEDGERS = "填写说明", "选项", "问题清单"  # sheets that we add to a workbook
_STILL_READ = ("", "rounded")
PAUSE, _LOOKS = 0.25, 8  # seconds, and how often, that a file is looked at which somebody is saving
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
FIRST_PART = "xl/workbook.xml"  # where programs put it that leave out the relation to it


@dataclass
class Sheet:
    """One worksheet: its name, its part in the package and whether Excel hides it."""

    name: str
    part: str
    hidden: bool


@dataclass
class Workbook:
    """The worksheets of a workbook, and its problems as a whole."""

    path: Path
    problems: list[Finding] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    _strings: Strings = field(default_factory=lambda: Strings([], set()))
    _styles: Styles = field(default_factory=Styles)

    def grid(self, sheet: str, stem: str) -> Grid:
        """The cells of one sheet."""
        grid = Grid(self.path.name, f"{self.path.name}#{stem}", sheet)
        try:
            with (
                limits.opened(self.path) as stream,
                zipfile.ZipFile(stream) as archive,
                (package := Package(archive)).open(self.sheets[sheet].part) as part,
            ):
                _fill(grid, cells(part, self._strings, self._styles, grid.look, limits.Budget()))
                grid.look.comments = _comments(package, self.sheets[sheet].part)
        except LimitError as error:
            grid.columns, grid.height = {}, 0
            grid.problems.append(grid.problem(error.code, **error.params))
        except DAMAGE as error:
            grid.problems.append(grid.problem("broken-workbook", reason=damage(error)))
        return grid

    def problem(self, code: str, sheet: str = "", **params: Any) -> None:
        """Add a problem of the workbook or of one of its sheets."""
        self.problems.append(Finding(code, Place(self.path.name, sheet), params=params))


def read(path: Path) -> Workbook:
    """Open a workbook; again only when the file has changed. One that is still being saved is waited for."""
    before = _status(path)
    book = _read(path, *before)
    for _ in range(_LOOKS):
        faults = {problem.code for problem in book.problems} & {"broken-workbook", "unreadable"}
        if faults:
            time.sleep(PAUSE)
        now = _status(path)
        if not faults or (now == before and "unreadable" not in faults):
            break
        before, book = now, _read.__wrapped__(path, *now)
    return book


def _status(path: Path) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError:  # told when it is opened
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=8)
def _read(path: Path, _modified: int, _size: int) -> Workbook:
    book = Workbook(path)
    try:
        with limits.opened(path) as stream:
            head = stream.read(512_000)
            if head.startswith(b"\xd0\xcf\x11\xe0"):  # the old compound file; a protected workbook is wrapped in one
                book.problem("encrypted" if _PROTECTED in head + _directory(stream, head) else "xls")
                return book
            _unpack(stream, book)
    except LimitError as error:
        book.problem(error.code, **error.params)
    except OSError as error:
        book.problem("unreadable", reason=system_reason(error))
    return book


def _directory(stream: IO[bytes], head: bytes) -> bytes:
    """Where a compound file names its streams ([MS-CFB] 2.2), which may be far behind."""
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    stream.seek((int.from_bytes(head[48:52], "little") + 1) * sector)
    return stream.read(4 * sector)


def _unpack(stream: IO[bytes], book: Workbook) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            if _harmless(archive, book):
                _open(Package(archive), book)
    except DAMAGE as error:
        book.problem("broken-workbook", reason=damage(error))


def _harmless(archive: zipfile.ZipFile, book: Workbook) -> bool:
    """Whether the package is one to unpack."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > limits.PARTS:
        book.problem("workbook-too-many", parts=len(parts), limit=limits.PARTS)
    elif any(part.flag_bits & 1 for part in parts):
        book.problem("encrypted")
    elif any(name.endswith("vbaProject.bin") for name in names):
        book.problem("macros")
    elif "xl/workbook.bin" in names or "mimetype" in names or "Index/Document.iwa" in names:
        suffix = ".ods" if "mimetype" in names else ".xlsb" if "xl/workbook.bin" in names else ".numbers"
        book.problem("other-workbook", kind=KINDS[suffix])
    return not book.problems


def _open(package: Package, book: Workbook) -> None:
    main = _main_part(package)
    root = package.xml(main)
    targets = {key: (kind, target) for kind, key, target in package.relations(main)}
    for kind, target in targets.values():
        if kind == "sharedStrings" and target in package:
            with package.open(target) as part:
                book._strings = shared_strings(part, limits.Budget())
        elif kind == "styles" and target in package:
            book._styles.take(package.xml(target))
    for element in root:
        name = local(element.tag)
        if name == "workbookPr":  # the one in extLst is of later Excels and says nothing of days
            book._styles.since_1904 = element.get("date1904", "0") in ("1", "true")
        elif name == "sheets":
            if len(element) > limits.SHEETS:
                raise LimitError(code="too-many-sheets", sheets=len(element), limit=limits.SHEETS)
            for sheet in element:
                _sheet(book, sheet, targets)


def _comments(package: Package, sheet: str) -> dict[tuple[int, int], str]:
    """The comments on a sheet's cells; a sheet without any has mostly no relations either."""
    try:
        relations = package.relations(sheet)
    except LookupError:
        return {}
    parts = [target for kind, _, target in relations if kind == "comments" and target in package]
    return comments(package.xml(parts[0])) if parts else {}


def _main_part(package: Package) -> str:
    try:
        relations = package.relations("")
    except LookupError:
        relations = []
    return next((target for kind, _, target in relations if kind == "officeDocument"), FIRST_PART)


def _sheet(book: Workbook, element: Element, targets: dict[str, tuple[str, str]]) -> None:
    """Take note of a worksheet; charts on sheets are none."""
    key = next((value for attribute, value in element.attrib.items() if attribute.endswith("}id")), "")
    kind, part = targets.get(key, ("worksheet", ""))
    if kind != "worksheet":
        return
    name = element.get("name", "")
    book.sheets[name] = Sheet(name, part, element.get("state", "visible") != "visible")


def _fill(grid: Grid, found: Iterator[Cell | Merge]) -> None:
    """Put the cells where they stand; a fault that several cells share is one problem."""
    import numpy as np

    columns: dict[int, tuple[list[int], list[str]]] = {}
    faults: dict[tuple[int, str, str, str], list[int]] = {}
    count = 0
    for each in found:
        if not isinstance(each, Cell):
            grid.merges.append(each)
            continue
        count += 1
        if count > limits.CELLS:
            raise LimitError(code="too-many-cells", limit=limits.CELLS)
        rows, texts = columns.setdefault(each.column, ([], []))
        rows.append(each.row)
        texts.append(each.text if each.fault in _STILL_READ else "")
        grid.height = max(grid.height, each.row + 1)
        if each.numeric:
            grid.ambiguous.add((each.row, each.column))
        if each.words is not None and (each.fault or each.words != each.text):
            grid.words.setdefault(each.column, {})[each.row] = each.words
        if each.fault:
            faults.setdefault((each.column, each.fault, each.text, each.detail), []).append(each.row + 1)
    limits.one_sheet(grid.height, len(columns))
    limits.merged(len(grid.merges), sum(min(last, grid.height) - first + 1 for first, _, last, _ in grid.merges))
    for index, (rows, texts) in sorted(columns.items()):
        grid.columns[index] = np.full(grid.height, "", object)
        grid.columns[index][rows] = texts
    for (column, code, text, detail), rows in faults.items():
        if code != "rounded":
            grid.told.setdefault(column, set()).update(rows)
        params = {"format": detail, "stored": detail, "limit": detail}
        value = f"={detail}" if code == "formula-without-value" and detail else text
        grid.problems.append(grid.problem(code, rows=tuple(rows), column=column, value=value, **params))
