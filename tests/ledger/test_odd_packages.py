"""Workbooks written oddly, which Excel and LibreOffice open: each reads to the same ledger."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from workbooks import PARTS

from pipeline.ledger import TABLES, read

SHEET, BOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
HEADINGS = TABLES["licences"].headings()[:7]
VALUES = ["2020", "110", "30215", "90", "10", "2"]
Parts = dict[str, str | bytes]
ODD: dict[str, Callable[[Parts], object]] = {}


def odd(change: Callable[[Parts], object]) -> Callable[[Parts], object]:
    ODD[change.__name__.replace("_", " ")] = change
    return change


def plain() -> Parts:
    """The parts of a workbook with one ledger: texts are shared, one figure has the style #,##0."""
    strings = "".join(f"<si><t>{word}</t></si>" for word in HEADINGS)
    head = "".join(f'<c r="{letter}1" t="s"><v>{number}</v></c>' for number, letter in enumerate("ABCDEFG"))
    cells = ['<c r="A2"><v>2020</v></c>']
    cells += [f'<c r="{letter}2" s="1"><v>{value}</v></c>' for letter, value in zip("CDEFG", VALUES[1:], strict=True)]
    related = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/relationships/{kind}" Target="{kind}.xml"/>'
        for kind in ("sharedStrings", "styles")
    )
    parts: Parts = dict(PARTS)
    parts[BOOK] = PARTS[BOOK].replace("{name}", "行政许可")
    parts[SHEET] = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:G2"/><sheetData><row r="1">{head}</row>'
        f'<row r="2">{"".join(cells)}</row></sheetData></worksheet>'
    )
    parts[RELATIONS] = PARTS[RELATIONS].replace("</Relationships>", related + "</Relationships>")
    parts[STRINGS] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    parts[STYLES] = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="#,##0"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    return parts


def swap(parts: Parts, part: str, old: str, new: str) -> None:
    assert old in parts[part], (part, old)
    parts[part] = parts[part].replace(old, new)


@odd
def nothing_odd(parts):
    pass


@odd
def an_empty_style(parts):
    swap(parts, SHEET, ' s="1"', ' s=""')


@odd
def a_style_that_is_not_there(parts):
    swap(parts, SHEET, ' s="1"', ' s="4096"')


@odd
def a_style_that_is_no_number(parts):
    swap(parts, SHEET, ' s="1"', ' s="-1"')


@odd
def no_styles(parts):
    del parts[STYLES]


@odd
def no_number_formats(parts):
    swap(parts, STYLES, '<numFmts><numFmt numFmtId="164" formatCode="#,##0"/></numFmts>', "")


@odd
def a_style_without_a_format(parts):
    swap(parts, STYLES, '<xf numFmtId="164"/>', "<xf/>")


@odd
def a_differential_format_of_the_same_number(parts):
    differential = '<dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></dxf></dxfs></styleSheet>'
    swap(parts, STYLES, "</styleSheet>", differential)


@odd
def styles_of_cell_styles_before_those_of_cells(parts):
    swap(parts, STYLES, "<cellXfs>", '<cellStyleXfs><xf numFmtId="14"/><xf numFmtId="14"/></cellStyleXfs><cellXfs>')


@odd
def no_dimension(parts):
    swap(parts, SHEET, '<dimension ref="A1:G2"/>', "")


@odd
def a_wrong_dimension(parts):
    swap(parts, SHEET, "A1:G2", "A1")


@odd
def rows_and_cells_without_references(parts):
    swap(parts, SHEET, '<row r="2"><c r="A2"><v>2020</v></c>', "<row><c><v>2020</v></c><c/>")
    for letter in "CDEFG":
        swap(parts, SHEET, f' r="{letter}2"', "")


@odd
def references_in_small_letters(parts):
    for letter in "CDEFG":
        swap(parts, SHEET, f'r="{letter}2"', f'r="{letter.lower()}2"')


@odd
def texts_in_the_cells(parts):
    del parts[STRINGS]
    for number, word in enumerate(HEADINGS):
        swap(parts, SHEET, f't="s"><v>{number}</v>', f't="inlineStr"><is><t>{word}</t></is>')


@odd
def texts_as_results_of_formulas(parts):
    swap(parts, SHEET, 't="s"><v>0</v>', f't="str"><f>"年"&amp;"度"</f><v>{HEADINGS[0]}</v>')


@odd
def rich_text_and_phonetic_guides(parts):
    runs = f"<si><r><rPr><b/></rPr><t>{HEADINGS[0][0]}</t></r><r><t>{HEADINGS[0][1:]}</t></r>"
    guide = '<rPh sb="0" eb="1"><t>nian</t></rPh><phoneticPr fontId="1"/></si>'
    swap(parts, STRINGS, f"<si><t>{HEADINGS[0]}</t></si>", runs + guide)


@odd
def targets_from_the_root(parts):
    swap(parts, RELATIONS, 'Target="', 'Target="/xl/')


@odd
def targets_with_backslashes_and_dots(parts):
    swap(parts, RELATIONS, "worksheets/sheet1.xml", "..\\xl\\.\\worksheets\\sheet1.xml")


@odd
def targets_with_escaped_characters(parts):
    parts["xl/worksheets/表 1.xml"] = parts.pop(SHEET)
    swap(parts, RELATIONS, "worksheets/sheet1.xml", "worksheets/%E8%A1%A8%201.xml")


@odd
def names_of_parts_in_other_letters(parts):
    parts["xl/WorkSheets/Sheet1.xml"] = parts.pop(SHEET)
    parts["xl/SharedStrings.xml"] = parts.pop(STRINGS)


@odd
def names_of_parts_with_backslashes(parts):
    for name in list(parts):
        parts[name.replace("/", "\\")] = parts.pop(name)


@odd
def no_relation_to_the_workbook(parts):
    del parts["_rels/.rels"]


@odd
def prefixes_for_every_name(parts):
    for part in (SHEET, STRINGS, STYLES):
        text = parts[part].replace("</", "</x:").replace(" xmlns=", " xmlns:x=")
        parts[part] = "".join("<x:" + each if not each.startswith("/") else "<" + each for each in text.split("<"))[3:]


@odd
def the_strict_form(parts):
    for part in parts:
        parts[part] = (
            parts[part].replace(MAIN, f"{STRICT}/spreadsheetml/main").replace(OFFICE, f"{STRICT}/officeDocument")
        )


@odd
def no_namespaces(parts):
    for part in (SHEET, STRINGS, STYLES):
        parts[part] = parts[part].replace(f' xmlns="{MAIN}"', "")


@odd
def marks_before_the_xml(parts):
    for part in (SHEET, STRINGS, STYLES, BOOK):
        parts[part] = b"\xef\xbb\xbf" + b'<?xml version="1.0" encoding="UTF-8"?>\n' + parts[part].encode()


@odd
def parts_in_utf16(parts):
    for part in (SHEET, STRINGS):
        parts[part] = ('<?xml version="1.0" encoding="UTF-16"?>' + parts[part]).encode("utf-16")


@odd
def blanks_and_signs_around_numbers(parts):
    swap(parts, SHEET, "<v>30215</v>", "<v>\n +3.0215E4 </v>")


@odd
def digits_that_a_computer_added(parts):
    swap(parts, SHEET, "<v>30215</v>", "<v>30214.999999999996</v>")


@odd
def a_long_number_and_a_broken_cell_in_another_column(parts):
    swap(parts, STRINGS, "</sst>", "<si><t>备注</t></si></sst>")
    swap(parts, SHEET, "</c></row><row", '</c><c r="H1" t="s"><v>7</v></c></row><row')


@odd
def rows_of_a_control_among_the_sheets(parts):
    anchor = '<controls xmlns:d="urn:drawing"><d:from><d:col>3</d:col><d:row>9</d:row><d:c r="C2"><d:v>7</d:v></d:c></d:from></controls>'
    swap(parts, SHEET, "</sheetData>", f"</sheetData>{anchor}")


@odd
def a_chart_on_a_sheet_of_its_own(parts):
    chart = f'<Relationship Id="chart" Type="{OFFICE}/relationships/chartsheet" Target="chartsheets/sheet1.xml"/>'
    swap(parts, RELATIONS, "</Relationships>", chart + "</Relationships>")
    swap(parts, BOOK, "</sheets>", '<sheet name="图" sheetId="2" r:id="chart"/></sheets>')


@odd
def a_date_system_of_a_later_extension(parts):
    later = '<extLst><ext><workbookPr date1904="1"/></ext></extLst></workbook>'
    swap(parts, BOOK, "</workbook>", later)


@odd
def a_link_to_another_workbook(parts):
    link = (
        f'<Relationship Id="out" Type="{OFFICE}/relationships/externalLink" TargetMode="External" Target="file:///x"/>'
    )
    swap(parts, RELATIONS, "</Relationships>", link + "</Relationships>")


def written(parts: Parts, *, streamed: bool = False) -> bytes:
    """The package; ``streamed`` as programs write it that cannot go back, with sizes behind the data."""
    buffer = io.BytesIO()
    if streamed:
        buffer.seekable = lambda: False
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def holds(sample, content: bytes) -> None:
    sample.only()
    sample.write("tables.xlsx", content)
    findings = [each for each in sample.check() if each.place.file == "tables.xlsx" and each.severity == "error"]
    assert not findings, [each.text() for each in findings]
    frame = read(sample.folder, "licences")
    fields = ("year", "applied", "accepted", "granted", "refused", "revoked")
    assert [str(frame[field][2]) for field in fields] == ["2020年", "110件", "30215件", "90件", "10件", "2件"]


@pytest.mark.parametrize("name", ODD)
def test_an_odd_package_reads_all_the_same(sample, name):
    """However the package is written, the ledger is the one that Excel shows."""
    parts = plain()
    ODD[name](parts)
    holds(sample, written(parts))


@pytest.mark.parametrize("junk", [b"", b"#!/bin/sh\n" * 9], ids=["", "behind other bytes"])
def test_a_package_written_in_one_go(sample, junk):
    """A package whose entries tell their sizes behind their data, or that begins with other bytes, is read."""
    holds(sample, junk + written(plain(), streamed=True))


def test_one_broken_cell_is_one_problem(sample):
    """A cell that stores what the format does not know is told with its place, and the rest of the sheet is read."""
    parts = plain()
    swap(parts, SHEET, '<c r="D2" s="1"><v>30215</v>', '<c r="D2" t="s"><v>999</v>')
    swap(parts, SHEET, "<v>90</v>", "<v>n/a</v>")
    sample.only()
    sample.write("tables.xlsx", written(parts))
    told = [(each.code, each.place.column, each.place.rows) for each in sample.check() if each.severity == "error"]
    assert told == [("broken-cell", "D", (2,)), ("broken-cell", "E", (2,))]
