"""A copy of a period's ledgers for whoever mends them: every problem on its cell, and a sheet that lists them with links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ..findings import ERROR, Finding, Place
from .grid import Grid
from .look import OURS
from .own_workbook import written
from .places import Places
from .workbook import PROBLEM_LIST

_MOST_ROWS = 20_000  # of a ledger that is copied; of a longer one the list alone is of use
_MOST_CELLS = 200  # marked for one problem
_COLOURS = {"错误": "FFC7CE", "警告": "FFEB9C", "未写入报告": "D9D2E9"}
_HEADS = {"序号": 6, "类别": 12, "工作表": 16, "单元格": 14, "列": 12, "问题": 100}
_LEAD = "【检查】"


def marked(places: Places, problems: Sequence[Finding], notes: Sequence[str]) -> bytes:
    """The workbook's bytes. The copy keeps what openpyxl reads, which is not every chart and picture; of CSV files the texts.

    Args:
        notes: what is to be read above the list.
    """
    grids = [(stem, grid) for stem in places.found if (grid := places.grid(stem)) is not None]
    book = _copied(places.folder, [grid for _, grid in grids]) or _of_texts(places, grids)
    sheets = {(grid.file, grid.sheet): grid.sheet or places.ledgers[stem].sheet for stem, grid in grids}
    listed = sorted(problems, key=lambda one: list(_COLOURS).index(_kind(one)))
    for one in listed:
        name = sheets.get((one.place.file, one.place.sheet), one.place.sheet)
        if isinstance(sheet := book[name] if name in book.sheetnames else None, Worksheet):
            _mark(sheet, one)
    _list(book, listed, sheets, notes)
    return written(book)


def _kind(problem: Finding) -> str:
    if problem.code == "left-out":
        return "未写入报告"
    return "错误" if problem.severity == ERROR else "警告"


def _said(problem: Finding) -> str:
    """What is said of the cell it stands on."""
    return problem.text("zh").removeprefix(problem.place.text("zh")).lstrip(" ：")


def _copied(folder: Path, grids: Iterable[Grid]) -> Workbook | None:
    """The workbook with its styles, where the ledgers are in one that openpyxl can read and that is not too long."""
    files = {grid.file for grid in grids}
    if len(files) != 1 or not all(grid.sheet and grid.columns and grid.height <= _MOST_ROWS for grid in grids):
        return None
    try:
        book = load_workbook(folder / files.pop())
    except Exception:  # it reads fewer workbooks than we do, and says so in many ways
        return None
    if PROBLEM_LIST in book.sheetnames:
        del book[PROBLEM_LIST]
    for sheet in book.worksheets:
        for comment in (cell.comment for row in sheet.iter_rows() for cell in row if cell.comment):
            comment.text = comment.text.partition(_LEAD)[0].rstrip()  # what an earlier copy said, saved as the ledger
            comment.width, comment.height = 260, 110
    return book


def _of_texts(places: Places, grids: Iterable[tuple[str, Grid]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for stem, grid in grids:
        sheet = book.create_sheet(places.ledgers[stem].sheet)
        for index, texts in grid.columns.items() if grid.height <= _MOST_ROWS else ():
            for row, text in enumerate(texts, 1):
                if text:
                    _write(sheet, row, index + 1, str(text))
    return book


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Put words into a cell, never a formula."""
    cell = sheet.cell(row, column, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
    assert isinstance(cell, Cell), "a sheet that we fill has no merged cells"
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _mark(sheet: Worksheet, problem: Finding) -> None:
    """Colour the cells of a problem and say it on them; without a column it is the row's, without a row the heading's."""
    kind = _kind(problem)
    fill = PatternFill("solid", fgColor=_COLOURS[kind])
    said = f"{_LEAD}{kind}：{_said(problem)}"
    for row in (problem.place.rows or (1,))[:_MOST_CELLS]:
        first = _top_left(sheet, row, _column(problem.place))
        there = first.comment.text.rstrip() if first.comment else ""
        if said not in there:
            first.comment = _comment("\n".join(filter(None, (there, said))))
        of_row = problem.place.rows and not problem.place.column
        for cell in _filled(sheet, row) if of_row else [first]:
            if kind == "错误" or cell.fill.fgColor.rgb != f"00{_COLOURS['错误']}":
                cell.fill = fill


def _column(place: Place) -> int:
    return column_index_from_string(place.column) if place.column else 1


def _top_left(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the first of those it is merged with: only that one can be coloured."""
    cell: Any = sheet.cell(row, column)
    merged = next((each for each in sheet.merged_cells.ranges if cell.coordinate in each), None)
    found = sheet.cell(merged.min_row, merged.min_col) if merged else cell
    assert isinstance(found, Cell), "the first of merged cells is one"
    return found


def _filled(sheet: Worksheet, row: int) -> Iterator[Cell]:
    for cells in sheet.iter_rows(row, row, 1, max(sheet.max_column, 1)):
        yield from (cell for cell in cells if isinstance(cell, Cell))


def _comment(text: str) -> Comment:
    return Comment(text, OURS, width=360, height=min(60 + 18 * (len(text) // 24 + text.count("\n")), 400))


def _list(
    book: Workbook, problems: Sequence[Finding], sheets: dict[tuple[str, str], str], notes: Sequence[str]
) -> None:
    sheet = book.create_sheet(PROBLEM_LIST, 0)
    for row, note in enumerate(notes, 1):
        _write(sheet, row, 1, note).font = Font(bold=row == 1, size=14 if row == 1 else 11)
    top = len(notes) + 1
    for column, (head, width) in enumerate(_HEADS.items(), 1):
        cell = _write(sheet, top, column, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBF7")
        sheet.column_dimensions[cell.column_letter].width = width
    for number, problem in enumerate(problems, 1):
        place, row = problem.place, top + number
        name = sheets.get((place.file, place.sheet), place.sheet)
        cells = place.address.rpartition("!")[2] if "!" in place.address else str(place.line or "")
        said = (str(number), _kind(problem), name or place.file, cells, place.heading, _said(problem))
        for column, text in enumerate(said, 1):
            _write(sheet, row, column, text).alignment = Alignment(vertical="top", wrap_text=column == len(said))
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=_COLOURS[_kind(problem)])
        if name in book.sheetnames:
            _link(sheet.cell(row, 4 if cells else 3), name, f"{place.column or 'A'}{place.row or 1}")
    sheet.freeze_panes = f"A{top + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0  # as many pages as it takes, none cut
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is sheet
    book.active = 0


def _link(cell: Any, sheet: str, to: str) -> None:
    location = f"{quote_sheetname(sheet)}!{to}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=str(cell.value))
    cell.font = Font(color="0563C1", underline="single")
