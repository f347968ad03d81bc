"""An .xlsx workbook opened with care: sizes first, no macro, no link followed, nothing executed."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ..findings import Finding, Place, Words, nearest_of
from .columns import TABLES, stem_of
from .grid import Grid, unreadable
from .package import DAMAGE, damage, formats, local, relations, shared_strings, xml
from .sheet_xml import Cell, Styles, cells

LARGEST = 400_000_000  # bytes unpacked; the largest half-year of ledgers is a thousandth of it
_MOST_PARTS = 2_000
KINDS = {
    ".et": Words("WPS 的 .et 文件", "a WPS .et file"),
    ".ods": Words("OpenDocument 的 .ods 文件", "an OpenDocument .ods file"),
    ".xlsb": Words("二进制 .xlsb 工作簿", "a binary .xlsb workbook"),
    ".numbers": Words("Numbers 文件", "a Numbers document"),
}
HOW_TO = "填写说明"


@dataclass
class Sheet:
    """One worksheet: its name, its part in the package and whether Excel hides it."""

    name: str
    part: str
    hidden: bool


@dataclass
class Workbook:
    """The sheets that are ledgers, as (stem, sheet name) in ``tables``; the workbook's problems as a whole."""

    path: Path
    tables: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _strings: list[str] = field(default_factory=list)
    _styles: Styles = field(default_factory=Styles)

    def grid(self, sheet: str, stem: str) -> Grid:
        """The cells of one sheet."""
        grid = Grid(self.path.name, f"{self.path.name}#{stem}", sheet)
        try:
            with zipfile.ZipFile(self.path) as package, package.open(self._sheets[sheet].part) as part:
                _fill(grid, cells(part, self._strings, self._styles))
        except DAMAGE as error:
            grid.problems.append(grid.problem("broken-workbook", reason=damage(error)))
        return grid

    def problem(self, code: str, sheet: str = "", **params: object) -> None:
        """Add a problem of the workbook or of one of its sheets."""
        self.problems.append(Finding(code, Place(self.path.name, sheet), params=params))


def read(path: Path) -> Workbook:
    """Open a workbook; again only when the file has changed."""
    status = os.stat(path)
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _modified: int, _size: int) -> Workbook:
    book = Workbook(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(512_000)
    except OSError as error:
        book.problem("unreadable", reason=unreadable(error))
        return book
    if head.startswith(b"\xd0\xcf\x11\xe0"):  # the old compound file; a protected workbook is wrapped in one
        book.problem("encrypted" if "EncryptedPackage".encode("utf-16-le") in head else "xls")
        return book
    try:
        with zipfile.ZipFile(path) as package:
            if _harmless(package, book):
                _open(package, book)
    except DAMAGE as error:
        book.problem("broken-workbook", reason=damage(error))
    return book


def _harmless(package: zipfile.ZipFile, book: Workbook) -> bool:
    """Whether the package is one to unpack; zipfile unpacks no more of a part than the size it declares here."""
    parts = package.infolist()
    names = {part.filename for part in parts}
    size = sum(part.file_size for part in parts)
    if size > LARGEST:
        book.problem("workbook-too-large", size=size // 1_000_000, limit=LARGEST // 1_000_000)
    elif len(parts) > _MOST_PARTS:
        book.problem("workbook-too-many", parts=len(parts), limit=_MOST_PARTS)
    elif any(part.flag_bits & 1 for part in parts):
        book.problem("encrypted")
    elif any(name.endswith("vbaProject.bin") for name in names):
        book.problem("macros")
    elif "xl/workbook.bin" in names or "mimetype" in names or "Index/Document.iwa" in names:
        suffix = ".ods" if "mimetype" in names else ".xlsb" if "xl/workbook.bin" in names else ".numbers"
        book.problem("other-workbook", kind=KINDS[suffix])
    return not book.problems


def _open(package: zipfile.ZipFile, book: Workbook) -> None:
    main = next(target for kind, _, target in relations(package, "") if kind == "officeDocument")
    root = xml(package, main)
    targets = {key: (kind, target) for kind, key, target in relations(package, main)}
    for kind, target in targets.values():
        if kind == "sharedStrings":
            book._strings = list(shared_strings(package, target))
        elif kind == "styles":
            book._styles.formats = formats(xml(package, target))
    for element in root.iter():
        name = local(element)
        if name == "workbookPr":
            book._styles.since_1904 = element.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            key = next(value for attribute, value in element.attrib.items() if attribute.endswith("}id"))
            if targets[key][0] == "worksheet":
                hidden = element.get("state", "visible") != "visible"
                _sheet(book, Sheet(element.get("name", ""), targets[key][1], hidden))


def _sheet(book: Workbook, sheet: Sheet) -> None:
    """Know a ledger by its sheet's name, in Chinese or as the file would be called."""
    name = sheet.name.strip()
    stem = stem_of(name)
    book._sheets[sheet.name] = sheet
    if stem:
        book.tables.append((stem, sheet.name))
        if sheet.hidden:
            book.problem("hidden-sheet", sheet.name)
    elif not sheet.hidden and name != HOW_TO:
        names = tuple(ledger.sheet for ledger in TABLES.values())
        near = nearest_of(name, names)
        book.problem("sheet-misnamed" if near else "unknown-sheet", sheet.name, nearest=near, allowed=names)


def _fill(grid: Grid, found: Iterator[Cell | tuple[int, int, int, int]]) -> None:
    import numpy as np

    columns: dict[int, dict[int, str]] = {}
    faults: dict[tuple[int, str, str, str], list[int]] = {}
    for each in found:
        if not isinstance(each, Cell):
            grid.merges.append(each)
            continue
        columns.setdefault(each.column, {})[each.row] = "" if each.fault not in ("", "rounded") else each.text
        grid.height = max(grid.height, each.row + 1)
        if each.numeric:
            grid.ambiguous.add((each.row, each.column))
        if each.fault:
            faults.setdefault((each.column, each.fault, each.text, each.detail), []).append(each.row + 1)
    for index, texts in sorted(columns.items()):
        grid.columns[index] = np.full(grid.height, "", object)
        grid.columns[index][list(texts)] = list(texts.values())
    for (column, code, text, detail), rows in faults.items():
        shown = f"={detail}" if code == "formula-without-value" and detail else text
        grid.problems.append(
            grid.problem(code, rows=tuple(rows), column=column, value=shown, format=detail, stored=detail)
        )
