"""The workbook of a new period: one sheet a ledger, explained where it is filled in."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..period import Period
from .columns import DATE, FIGURE, TEXT, Column, Ledger
from .coming_again import StartingRow
from .declared_ledgers import DeclaredLedgers
from .look import OURS
from .own_workbook import written
from .recurring import recurs, side_by_side
from .roles import Role
from .workbook import CHOICES, HOW_TO

_LAST_ROW = 2000  # how far down the drop-downs reach
_HEAD, _REQUIRED = PatternFill("solid", fgColor="DDEBF7"), PatternFill("solid", fgColor="FCE4D6")
_BEFORE, _GREY = PatternFill("solid", fgColor="EDEDED"), "808080"
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
    "日期写 2024-03-15、2024-03、2024Q1（一季度）、2024H1（上半年）、2024、2024年初、2024年3月上旬，年份写全。",
    "灰色的“上期”列供比对：上一期台账在 data 里的，以那里的为准；不在的，请在灰色列填上一期的数，报告据此写环比。",
    "上一期有、这一期还没填的行已经列出，填上数即可；这一期没有的整行删去，新增的写在下面；上一期的文字在批注里。",
    "备注写着“结转待核”的行是从上一期带过来的，核对后删去这四个字；不再需要的整行删去。",
    "数字与上一期相同、确实没变的，在备注写“未变”。",
    "不写当事人姓名、案号、身份证号和手机号。",
    "填好后运行 halfyear check，会逐格指出问题。",
)


def workbook(
    period: Period, ledgers: DeclaredLedgers, rows: dict[str, list[StartingRow]], sections: list[str]
) -> bytes:
    """The workbook's bytes, the same for the same arguments; ``rows`` are those that each ledger begins with."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet), "a new workbook begins with a sheet"
    _how_to(first, period, ledgers)
    offered = _Offered(ledgers, sections, book)
    for stem, ledger in ledgers.items():
        _sheet(book.create_sheet(ledger.sheet), ledger, rows[stem], offered, period.base)
    offered.put_away()
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


def _sheet(sheet: Worksheet, ledger: Ledger, rows: list[StartingRow], offered: _Offered, base: Period) -> None:
    columns = side_by_side(ledger)
    sheet.append([column.heading for column in columns])
    for row in rows:
        sheet.append([row.texts[column.field] or None for column in columns])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        _head(sheet, number, column, f"{base.label}的数。" if column.base_of else "")
        choices = offered.choices(ledger, column, rows)
        if choices:
            _drop_down(sheet, number, column, choices)
        for place, row in enumerate(rows, 2):
            _cell(sheet.cell(place, number), column, row.said_before.get(column.field, ""))


def _cell(cell: Cell | MergedCell, column: Column, said_before: str) -> None:
    cell.number_format = "@"
    if column.base_of:
        cell.fill, cell.font = _BEFORE, Font(name=cell.font.name, size=cell.font.size, color=_GREY)
    if said_before:
        cell.comment = Comment(f"上期：{said_before}", OURS, width=260, height=110)


def _head(sheet: Worksheet, number: int, column: Column, whose: str) -> None:
    cell = sheet.cell(1, number)
    cell.font = Font(bold=True)
    cell.fill = _BEFORE if column.base_of else _REQUIRED if column.required else _HEAD
    cell.alignment = Alignment(horizontal="center", vertical="center")
    cell.comment = Comment(f"{'必填。' if column.required else ''}{whose}{column.zh}", OURS, width=260, height=110)
    place = sheet.column_dimensions[get_column_letter(number)]
    is_any_figure = column.role == Role.FIGURE and not (column.counts or column.unit)  # 由64%上升到81%
    place.width = _WIDE if column.role in _LONG or is_any_figure else _NARROW
    if column.kind in (FIGURE, DATE):
        place.number_format = "@"  # what is typed stays as typed: 84.50, 2021-10, 77%


class _Offered:
    """What the drop-downs offer: a list in the validation itself, or cells; longer lists stand on a hidden sheet."""

    def __init__(self, ledgers: DeclaredLedgers, sections: list[str], book: Workbook) -> None:
        self._book, self._sheet = book, book.create_sheet(CHOICES)
        self._lists = {"initiative": "", "section": _list(sections), "table": _list(ledgers.sheets)}
        for stem, column in ledgers.having(Role.INITIATIVE_NAME).items():
            letter = get_column_letter(1 + side_by_side(ledgers[stem]).index(column))
            here = f"'{ledgers[stem].sheet}'!${letter}$2:${letter}${_LAST_ROW}"
            self._lists["initiative"] = self._lists["initiative"] or here

    def choices(self, ledger: Ledger, column: Column, rows: list[StartingRow]) -> str:
        """The formula of what a column offers; "" where it offers nothing."""
        if column.refers_to or column.choices:
            return self._lists.get(column.refers_to, _list(column.choices))
        in_use = list(dict.fromkeys(text for row in rows if (text := row.texts[column.field])))
        return self._cells(f"{ledger.sheet} {column.heading}", in_use) if in_use and _is_key(ledger, column) else ""

    def put_away(self) -> None:
        """Hide the sheet behind the others; one that holds nothing is taken out."""
        self._book.move_sheet(self._sheet, len(self._book.sheetnames))
        self._sheet.sheet_state = "hidden"
        if not self._sheet["A1"].value:
            self._book.remove(self._sheet)

    def _cells(self, name: str, texts: list[str]) -> str:
        number = self._sheet.max_column + 1 if self._sheet["A1"].value else 1
        for row, text in enumerate((name, *texts), 1):
            self._sheet.cell(row, number, text).number_format = "@"
        letter = get_column_letter(number)
        return f"'{CHOICES}'!${letter}$2:${letter}${len(texts) + 1}"


def _is_key(ledger: Ledger, column: Column) -> bool:
    """Whether rows that come again are known by it, or counted in it."""
    return recurs(ledger) and column.kind == TEXT and (column.field in ledger.key or column.role == Role.UNIT)


def _list(texts: Sequence[str]) -> str:
    joined = ",".join(texts)
    listed = all("," not in text and '"' not in text for text in texts)  # a comma always parts two of them
    return f'"{joined}"' if joined and listed and len(joined) <= 250 else ""  # Excel holds 255 characters of a list


def _drop_down(sheet: Worksheet, number: int, column: Column, choices: str) -> None:
    closed = bool(column.refers_to or column.choices)  # elsewhere new words are written as well
    validation = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=closed)
    validation.errorTitle, validation.error = column.heading, "请从列表中选择。"
    letter = get_column_letter(number)
    validation.add(f"{letter}2:{letter}{_LAST_ROW}")
    sheet.add_data_validation(validation)
