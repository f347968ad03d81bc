"""A clerk's habit: a small workbook or CSV as somebody fills it in, and what is right to read or to tell of it.

Most habits change one thing in a workbook with the sheet 指标 and three rows that have no fault (``USUAL``).
Every figure is made up (示例).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from samples import Sample, csv_bytes
from workbooks import saved, zipped

from pipeline.ledger import TABLES

HEADINGS = TABLES["indicators"].headings()
USUAL = [
    ["改革创新", None, "一业一证", "办件量", 322, None, "件", "当期", "2021-06"],
    ["改革创新", None, "一链办理", "办件量", 190, None, "件", "当期", "2021-06"],
    ["改革创新", None, "跨省通办", "办件量", 67, None, "件", "当期", "2021-06"],
]


@dataclass(frozen=True)
class Habit:
    """What ``build`` puts into a half-year, and what is right.

    ``reads`` is what cells are read as, their columns lettered as in the usual sheet; ``rows`` which rows are read.
    ``told`` names what problems there are about, each once: a cell ``E2``, a row ``5``, a column ``K``, ``""`` for a sheet
    or a file.
    """

    name: str
    build: Callable[[Sample], None]
    reads: dict[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    rows: tuple[int, ...] = (2, 3, 4)


HABITS: list[Habit] = []


def habit(*told: str, rows: Iterable[int] = (2, 3, 4), **reads: str):
    """Register a function that changes the usual sheet; ``E2="322件"`` is a cell that is read so."""

    def register(change: Callable[[Worksheet], object]) -> Callable[[Worksheet], object]:
        def build(sample: Sample) -> None:
            put(sample, usual_book(change))

        HABITS.append(Habit(change.__name__.replace("_", " "), build, reads, told, tuple(rows)))
        return change

    return register


def file_habit(*told: str, rows: Iterable[int] = (2, 3, 4), **reads: str):
    """Register a function that writes files of the half-year itself; it has no ledger yet."""

    def register(write: Callable[[Sample], object]) -> Callable[[Sample], object]:
        def build(sample: Sample) -> None:
            sample.only()
            write(sample)

        HABITS.append(Habit(write.__name__.replace("_", " "), build, reads, told, tuple(rows)))
        return write

    return register


def usual_book(change: Callable[[Worksheet], object] | None = None) -> Workbook:
    """A workbook with the usual sheet, and something changed in it."""
    book = Workbook()
    book.active.title = "指标"
    for line in [HEADINGS, *USUAL]:
        book.active.append(line)
    if change:
        change(book.active)
    return book


def put(sample: Sample, book: Workbook, name: str = "tables.xlsx") -> None:
    """Make a workbook the half-year's only ledgers."""
    sample.only()
    sample.write(name, saved(book))


def with_xml(sample: Sample, pattern: str, text: str, change: Callable[[Worksheet], object] | None = None) -> None:
    """Put the usual workbook down with something else in its sheet's part, which openpyxl would not write."""
    with zipfile.ZipFile(io.BytesIO(saved(usual_book(change)))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = "xl/worksheets/sheet1.xml"
    sheet, changed = re.subn(pattern, lambda _: text, parts[part].decode())
    assert changed == 1
    sample.only()
    sample.write("tables.xlsx", zipped(parts | {part: sheet.encode()}))


def usual_lines() -> list[list[str]]:
    """The usual rows as lines of a CSV, headings first."""
    width = len(HEADINGS)
    return [list(HEADINGS), *([str(cell or "") for cell in [*line, *[""] * (width - len(line))]] for line in USUAL)]


def put_csv(sample: Sample, lines: list[list[str]], encoding: str = "utf-8-sig") -> None:
    """Write lines as the half-year's 指标."""
    sample.write("tables/indicators.csv", csv_bytes(lines, encoding))
