"""The workbook inside a chart that Word draws: its numbers, each in a format that says it as the report does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from lxml.builder import ElementMaker

from ...document.chart_data import ChartData, Point
from .office_package import OFFICE, PACKAGE, archived, content_types, relationships
from .parts import Relation
from .wordprocessing import RELATIONS, Element, legal, written

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_s = ElementMaker(namespace=_MAIN, nsmap={None: _MAIN, "r": RELATIONS})
_SHEETS = f"{OFFICE}.spreadsheetml"
_DEFAULTS = {"rels": f"{PACKAGE}.relationships+xml", "xml": "application/xml"}
_KINDS = {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet", "xl/styles.xml": "styles"}
_FIRST_OWN = 164  # below it are formats that every program knows
_DIGITS = re.compile(r"-?\d+(?:\.(\d+))?")


def chart_workbook(data: ChartData) -> bytes:
    """One sheet: what names the places in column A, a column a series; what is not stated is blank.

    A whole workbook library takes longer to load than a report with its chart takes to be set.
    """
    formats: dict[str, int] = {}  # each with its place among those of cells, of which the first is no format
    rows = [_row(1, ["", *(series.legend or data.title for series in data.series)], formats)]
    for place, label in enumerate(data.labels):
        rows.append(_row(place + 2, [label, *(series.points[place] for series in data.series)], formats))
    parts = {
        "[Content_Types].xml": content_types(_DEFAULTS, {name: f"{_SHEETS}.{kind}+xml" for name, kind in _KINDS.items()}),
        "_rels/.rels": relationships({"rId1": Relation("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": written(_s.workbook(_s.sheets(_sheet_named("Sheet1")))),
        "xl/_rels/workbook.xml.rels": relationships(
            {"rId1": Relation("worksheet", "worksheets/sheet1.xml"), "rId2": Relation("styles", "styles.xml")}
        ),
        "xl/styles.xml": written(_styles(formats)),
        "xl/worksheets/sheet1.xml": written(_s.worksheet(_s.sheetData(*rows))),
    }  # fmt: skip
    return archived({name: text.encode() for name, text in parts.items()})


def _row(number: int, cells: Sequence[str | Point | None], formats: dict[str, int]) -> Element:
    made = (_cell(f"{column_letter(place)}{number}", cell, formats) for place, cell in enumerate(cells, 1))
    return _s.row(*(cell for cell in made if cell is not None), r=str(number))


def _cell(at: str, cell: str | Point | None, formats: dict[str, int]) -> Element | None:
    """A text as text, also where it begins with =; a number in its format."""
    if isinstance(cell, Point):
        style = formats.setdefault(number_format(cell), len(formats) + 1)
        return _s.c(_s.v(str(Decimal(cell.value))), r=at, s=str(style))
    if not cell:
        return None
    text = _s.t(legal(cell))
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _s.c(getattr(_s, "is")(text), r=at, t="inlineStr")


def _sheet_named(name: str) -> Element:
    sheet = _s.sheet(name=name, sheetId="1")
    sheet.set(f"{{{RELATIONS}}}id", "rId1")
    return sheet


def _styles(formats: Iterable[str]) -> Element:
    """The number formats, and what a sheet must have besides: one font, two fills, one border, one style."""
    codes = [_s.numFmt(numFmtId=str(_FIRST_OWN + place), formatCode=code) for place, code in enumerate(formats)]
    cells = [_s.xf(numFmtId="0"), *(_s.xf(numFmtId=code.get("numFmtId", ""), applyNumberFormat="1") for code in codes)]
    return _s.styleSheet(
        *([_s.numFmts(*codes, count=str(len(codes)))] if codes else []),
        _s.fonts(_s.font(_s.sz(val="11"), _s.name(val="Calibri")), count="1"),
        _s.fills(*(_s.fill(_s.patternFill(patternType=one)) for one in ("none", "gray125")), count="2"),
        _s.borders(_s.border(), count="1"),
        _s.cellStyleXfs(_s.xf(numFmtId="0"), count="1"),
        _s.cellXfs(*cells, count=str(len(cells))),
        _s.cellStyles(_s.cellStyle(name="Normal", xfId="0", builtinId="0"), count="1"),
    )


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
