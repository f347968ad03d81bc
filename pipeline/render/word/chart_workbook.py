"""The workbook inside a chart that Word draws: its numbers, each in a format that says it as the report does."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from ...document.chart_data import ChartData, Point
from ...workbook_file import workbook_bytes
from .wordprocessing import legal

_DIGITS = re.compile(r"-?\d+(?:\.(\d+))?")


def chart_workbook(data: ChartData) -> bytes:
    """One sheet: what names the places in column A, a column a series; what is not stated is blank."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    sheet.append(["", *(_cell(series.legend or data.title) for series in data.series)])
    for place, label in enumerate(data.labels):
        points = [series.points[place] for series in data.series]
        sheet.append([_cell(label), *(None if point is None else _number(point.value) for point in points)])
        for column, point in enumerate(points, 2):
            if point is not None:
                sheet.cell(place + 2, column).number_format = number_format(point)
    for cell in [*sheet["A"], *sheet[1]]:
        cell.data_type = "s" if cell.value else cell.data_type  # a text that begins with = is no formula
    return workbook_bytes(book)


@cache
def number_format(point: Point, after: str = "") -> str:
    """The format in which a cell shows the point's number as it is said (``"近"0.0"万件"``), and ``after`` behind it.

    Where the digits said are not the number's own (3万余 for 30000), all of it is words.
    """
    found = _DIGITS.search(point.said)
    if found is None or not point.value or Decimal(found[0]) != Decimal(point.value):
        return _words(point.said + after)
    digits = "0" + (f".{'0' * len(found[1])}" if found[1] else "")
    return _words(point.said[: found.start()]) + digits + _words(point.said[found.end() :] + after)


def column_letter(number: int) -> str:
    """A, B, …: a chart has few series."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number - 1]


def _words(said: str) -> str:
    kept = legal(said).replace('"', "”")
    return f'"{kept}"' if kept else ""


def _cell(said: str) -> str:
    return legal(said)


def _number(value: str) -> int | float:
    number = Decimal(value)
    return int(number) if number == int(number) else float(number)
