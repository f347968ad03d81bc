"""An .xlsx workbook opened with care: sizes first, no macro, no link followed, nothing executed."""

from __future__ import annotations

import os
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

from .columns import TABLES, stem_of
from .grid import Grid, unreadable
from .messages import Words, nearest_of
from .number_format import BUILT_IN, GENERAL
from .problems import Problem, letter
from .sheet_xml import Cell, Styles, cells, text_of

LARGEST = 400_000_000  # bytes unpacked; the largest half-year of ledgers is a thousandth of it
_MOST_PARTS = 2_000
KINDS = {
    ".et": Words("WPS 的 .et 文件", "a WPS .et file"),
    ".ods": Words("OpenDocument 的 .ods 文件", "an OpenDocument .ods file"),
    ".xlsb": Words("二进制 .xlsb 工作簿", "a binary .xlsb workbook"),
    ".numbers": Words("Numbers 文件", "a Numbers document"),
}
HOW_TO = "填写说明"
_DAMAGE = (zipfile.BadZipFile, ParseError, KeyError, ValueError, IndexError, TypeError, NotImplementedError, EOFError)


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
    problems: list[Problem] = field(default_factory=list)
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _strings: list[str] = field(default_factory=list)
    _styles: Styles = field(default_factory=Styles)

    def grid(self, sheet: str, stem: str) -> Grid:
        """The cells of one sheet."""
        grid = Grid(self.path.name, f"{self.path.name}#{stem}", sheet)
        try:
            with zipfile.ZipFile(self.path) as package, package.open(self._sheets[sheet].part) as part:
                _fill(grid, cells(part, self._strings, self._styles))
        except _DAMAGE as error:
            grid.problems.append(grid.problem("broken-workbook", params={"reason": _reason(error)}))
        return grid

    def problem(self, code: str, sheet: str = "", **params: object) -> None:
        """Add a problem of the workbook or of one of its sheets."""
        self.problems.append(Problem(self.path.name, code, sheet, params=params))


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
    except _DAMAGE as error:
        book.problem("broken-workbook", reason=_reason(error))
    return book


def _reason(error: Exception) -> Words:
    """What is damaged, as far as it helps."""
    if isinstance(error, KeyError):  # zipfile names the part that is not there
        part = str(error.args[0]).partition("'")[2].partition("'")[0]
        return Words(f"缺少 {part}", f"{part} is missing")
    if isinstance(error, ParseError):
        line, column = error.position
        return Words(f"XML 第 {line} 行第 {column} 列有错", f"faulty XML at line {line}, column {column}")
    if isinstance(error, zipfile.BadZipFile | EOFError):
        return Words("不是完整的压缩包", "it is no complete package")
    return Words("内容不合规范", "its content is not as the format has it")


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
    main = next(target for kind, _, target in _relations(package, "") if kind == "officeDocument")
    root = _xml(package, main)
    targets = {key: (kind, target) for kind, key, target in _relations(package, main)}
    for kind, target in targets.values():
        if kind == "sharedStrings":
            book._strings = list(_shared_strings(package, target))
        elif kind == "styles":
            book._styles.formats = _formats(_xml(package, target))
    for element in root.iter():
        name = _local(element)
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


def _relations(package: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """(kind, id, target part) of every relation of a part inside the package; links to elsewhere are not followed."""
    folder, name = posixpath.split(part)
    root = _xml(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    found = []
    for element in root:
        target = element.get("Target", "")
        if element.get("TargetMode") != "External":
            joined = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append((element.get("Type", "").rpartition("/")[2], element.get("Id", ""), joined))
    return found


def _xml(package: zipfile.ZipFile, part: str) -> Element:
    raw = package.read(part)
    if b"<!DOCTYPE" in raw[:4096]:
        msg = f"{part} declares a document type"
        raise ValueError(msg)
    return fromstring(raw)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _shared_strings(package: zipfile.ZipFile, part: str) -> Iterator[str]:
    with package.open(part) as stream:
        for _, element in iterparse(stream):
            if _local(element) == "si":
                yield text_of(element)
                element.clear()


def _formats(root: Element) -> list[str]:
    """The number format of each cell style."""
    own = {int(e.get("numFmtId")): e.get("formatCode", "") for e in root.iter() if _local(e) == "numFmt"}
    styles = next((e for e in root.iter() if _local(e) == "cellXfs"), ())
    numbers = [int(style.get("numFmtId", "0")) for style in styles]
    return [own.get(number) or BUILT_IN.get(number, GENERAL if number < 164 else "") for number in numbers]


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
        params = {"format": detail, "stored": detail}
        shown = f"={detail}" if code == "formula-without-value" and detail else text
        grid.problems.append(
            Problem(grid.file, code, grid.sheet, tuple(rows), letter(column), value=shown, params=params)
        )
