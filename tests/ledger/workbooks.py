"""Workbooks for tests: written by openpyxl, or put together part by part where openpyxl would not write the fault."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from samples import ROWS

from pipeline.ledger import TABLES

# The smallest package that Excel opens; {sheet} is the worksheet's XML, {name} its name.
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/worksheets/sheet1.xml": (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>'
        "</worksheet>"
    ),
}


def book_of(table: str, change: Callable[[Worksheet], None] | None = None, **cells: object) -> Workbook:
    """A workbook with one ledger, its faultless row with these cells instead; ``change`` may do more to the sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = TABLES[table].sheet
    row = {**ROWS[table], **cells}
    sheet.append(TABLES[table].headings())
    sheet.append([row.get(heading) for heading in TABLES[table].headings()])
    if change:
        change(sheet)
    return book


def saved(book: Workbook) -> bytes:
    """A workbook's bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def package(name: str, rows: str, **parts: str | None) -> bytes:
    """A workbook put together by hand: the XML of its rows, and parts added, replaced or (None) left out."""
    texts = {part: text.replace("{name}", name).replace("{rows}", rows) for part, text in PARTS.items()}
    texts |= {part.replace("|", "."): text for part, text in parts.items()}
    return zipped({part: text.encode() for part, text in texts.items() if text is not None})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def inline(*lines: list[str]) -> str:
    """Rows of inline texts, without cell references."""
    return "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' if text else "<c/>" for text in line)
        + "</row>"
        for number, line in enumerate(lines, 1)
    )
