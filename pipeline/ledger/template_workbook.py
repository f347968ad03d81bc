"""The workbook of a new period: one sheet a ledger, explained where it is filled in."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..period import Period
from .columns import DATE, FIGURE, Column, Ledger
from .declared_ledgers import DeclaredLedgers
from .own_workbook import written
from .roles import Role
from .workbook import HOW_TO

_LAST_ROW = 2000  # how far down the drop-downs reach
_HEAD, _REQUIRED = PatternFill("solid", fgColor="DDEBF7"), PatternFill("solid", fgColor="FCE4D6")
_WIDE, _NARROW = 36, 14
_LONG = (Role.WORDS, Role.DETAIL, Role.ITEM, Role.NOTE, Role.DOCUMENT_NAME, Role.RULE)
_RULES = (
    "一张工作表就是一张台账，一行写一件事；表头不要改，列可以不填但不要合并单元格。",
    "表头上有批注，鼠标放上去就能看到每一列怎样填；橙色表头的列必填，带下拉箭头的从列表中选。",
    "数字照原样写：10余、3万余、约200、3.4万、-24.76%、77%、减少4件、由64%上升到81%、由第5位上升到第3位、第1位、11.44%以下。",
    "约数词只能有一个：余、近、约、超、左右、以上、以下；写在数字里或“限定词”列，不要两处都写。",
    "阿拉伯数字后面可以写“万”“亿”，不写“千”“百”“十”：写 3000余，不写 3千余。",
    "空着＝还不知道，0（也可写“没有”“未产生”）＝没有发生，“/”＝没有这项职权或数据，“不适用”＝不涉及；四者不同。",
    "计数要写口径：当期、本年累计、开办以来累计，时点数写“时点”；确实查不清的写“未注明”。",
    "日期写 2024-03-15、2024-03、2024H1（上半年）、2024、2024年初、2024年3月上旬，年份写全。",
    "备注写着“结转待核”的行是从上一期带过来的，核对后删去这四个字；不再需要的整行删去。",
    "数字与上一期相同、确实没变的，在备注写“未变”。",
    "不写当事人姓名、案号、身份证号和手机号。",
    "填好后运行 halfyear check，会逐格指出问题。",
)


def workbook(period: Period, ledgers: DeclaredLedgers, rows: dict[str, list[list[str]]], sections: list[str]) -> bytes:
    """The workbook's bytes, the same for the same arguments; ``rows`` are the texts each ledger begins with."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet), "a new workbook begins with a sheet"
    _how_to(first, period, ledgers)
    lists = _lists(ledgers, sections)
    for stem, ledger in ledgers.items():
        _sheet(book.create_sheet(ledger.sheet), ledger, rows[stem], lists)
    book.active = 1
    return written(book)


def _how_to(sheet: Worksheet, period: Period, ledgers: DeclaredLedgers) -> None:
    sheet.title = HOW_TO
    sheet.append([f"{period.label}台账 填写说明"])
    for number, rule in enumerate(_RULES, 1):
        sheet.append([f"{number}. {rule}"])
    sheet.append([])
    sheet.append(["工作表", "写什么"])
    for ledger in ledgers.values():
        sheet.append([ledger.sheet, ledger.zh])
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[len(_RULES) + 3]:
        cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 80


def _sheet(sheet: Worksheet, ledger: Ledger, rows: list[list[str]], lists: dict[str, str]) -> None:
    sheet.append(ledger.headings())
    for row in rows:
        sheet.append([text or None for text in row])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(ledger.columns, 1):
        _head(sheet, number, column)
        choices = lists.get(column.refers_to, _list(column.choices))
        if choices:
            _drop_down(sheet, number, column, choices)
    for cells in sheet.iter_rows(min_row=2, max_row=sheet.max_row):
        for cell in cells:
            cell.number_format = "@"


def _head(sheet: Worksheet, number: int, column: Column) -> None:
    cell = sheet.cell(1, number)
    cell.font = Font(bold=True)
    cell.fill = _REQUIRED if column.required else _HEAD
    cell.alignment = Alignment(horizontal="center", vertical="center")
    cell.comment = Comment(f"{'必填。' if column.required else ''}{column.zh}", "halfyear", width=260, height=110)
    place = sheet.column_dimensions[get_column_letter(number)]
    is_any_figure = column.kind == FIGURE and not (column.counts or column.unit)  # 由64%上升到81%
    place.width = _WIDE if column.role in _LONG or is_any_figure else _NARROW
    if column.kind in (FIGURE, DATE):
        place.number_format = "@"  # what is typed stays as typed: 84.50, 2021-10, 77%


def _lists(ledgers: DeclaredLedgers, sections: list[str]) -> dict[str, str]:
    """What columns that refer to something offer: texts, or the cells that hold them."""
    cells = ""
    for stem, column in ledgers.having(Role.INITIATIVE_NAME).items():
        letter = get_column_letter(1 + ledgers[stem].columns.index(column))
        cells = cells or f"'{ledgers[stem].sheet}'!${letter}$2:${letter}${_LAST_ROW}"
    return {"initiative": cells, "section": _list(sections), "table": _list(ledgers.sheets)}


def _list(texts: Sequence[str]) -> str:
    joined = ",".join(texts)
    listed = all("," not in text and '"' not in text for text in texts)  # a comma always parts two of them
    return f'"{joined}"' if joined and listed and len(joined) <= 250 else ""  # Excel holds 255 characters of a list


def _drop_down(sheet: Worksheet, number: int, column: Column, choices: str) -> None:
    validation = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
    validation.errorTitle, validation.error = column.heading, "请从列表中选择。"
    letter = get_column_letter(number)
    validation.add(f"{letter}2:{letter}{_LAST_ROW}")
    sheet.add_data_validation(validation)
