"""Files that have a fault as a whole; each function puts one into a faultless half-year."""

from __future__ import annotations

import gzip
import os
import zipfile
from collections.abc import Callable

from openpyxl.utils import get_column_letter
from samples import ROWS, Sample, csv_bytes, table_bytes
from workbooks import PARTS, book_of, inline, package, saved, zipped

from pipeline.ledger import TABLES

FILES: dict[str, Callable[[Sample], object]] = {}
OUTREACH = TABLES["outreach"].headings()
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def bad(build: Callable[[Sample], object]) -> Callable[[Sample], object]:
    FILES[build.__name__.replace("_", " ")] = build
    return build


def outreach(sample: Sample, content: bytes) -> None:
    sample.write("tables/outreach.csv", content)


def lines(**cells: str) -> list[list[str]]:
    row = {**ROWS["outreach"], **cells}
    return [OUTREACH, [row.get(heading, "") for heading in OUTREACH]]


def workbook(sample: Sample, content: bytes, name: str = "tables.xlsx") -> None:
    sample.only()
    sample.write(name, content)


# -- encodings and kinds of file ---------------------------------------------------------------------------


@bad
def neither_utf8_nor_gb18030(sample):
    outreach(sample, csv_bytes(lines(), "gb18030") + b"\x81\x30\xff\xff,\n")


@bad
def two_encodings_in_one_file(sample):
    outreach(sample, csv_bytes(lines()) + csv_bytes(lines()[1:], "gb18030"))


@bad
def cut_off_in_the_middle_of_a_character(sample):
    content = csv_bytes(lines()) + "2021-05,示".encode()
    outreach(sample, content[:-1])


@bad
def utf16_without_its_mark(sample):
    outreach(sample, csv_bytes(lines(), "utf-16-le"))


@bad
def utf16_cut_off(sample):
    outreach(sample, csv_bytes(lines(), "utf-16")[:-1])


@bad
def a_workbook_called_csv(sample):
    outreach(sample, saved(book_of("outreach")))


@bad
def an_old_workbook_called_csv(sample):
    outreach(sample, COMPOUND)


@bad
def a_web_page_called_csv(sample):
    outreach(sample, "<html><table><tr><td>月份</td></tr></table></html>".encode())


@bad
def a_pdf_called_csv(sample):
    outreach(sample, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")


@bad
def a_compressed_csv(sample):
    outreach(sample, gzip.compress(csv_bytes(lines()), mtime=0))


@bad
def a_picture_called_csv(sample):
    outreach(sample, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


@bad
def a_folder_called_csv(sample):
    (sample.folder / "tables" / "outreach.csv").unlink()
    (sample.folder / "tables" / "outreach.csv").mkdir()


@bad
def a_quotation_mark_that_is_not_closed(sample):
    outreach(sample, csv_bytes(lines()) + '2021-05,"示例\n2021-06,示例二,,,,,,,,\n'.encode())


@bad
def an_empty_file(sample):
    outreach(sample, b"")


@bad
def blank_lines_only(sample):
    outreach(sample, b"\xef\xbb\xbf\r\n\r\n")


@bad
def a_line_of_a_megabyte(sample):
    outreach(sample, csv_bytes([OUTREACH]) + "示例".encode() * 200_000)


@bad
def a_file_of_200_megabytes(sample):
    outreach(sample, b"")
    os.truncate(sample.folder / "tables" / "outreach.csv", 201_000_000)


@bad
def a_quotation_mark_that_swallows_lines(sample):
    row = '2021-04,"示例' + "，\n" * 20_000 + '",,,,200余,1000余\n'
    outreach(sample, csv_bytes([OUTREACH]) + row.encode())


@bad
def a_pipe_in_place_of_a_file(sample):
    outreach(sample, b"")
    path = sample.folder / "tables" / "outreach.csv"
    path.unlink()
    os.mkfifo(path)


# -- headings ----------------------------------------------------------------------------------------------


@bad
def no_headings(sample):
    outreach(sample, csv_bytes(lines()[1:]))


@bad
def english_headings(sample):
    outreach(sample, csv_bytes([["month", "activity", "audience"], ["2021-04", "示例", "5"]]))


@bad
def a_misspelt_heading(sample):
    outreach(sample, csv_bytes([["接待群从" if word == "接待群众" else word for word in OUTREACH], lines()[1]]))


@bad
def a_heading_of_another_ledger(sample):
    outreach(sample, csv_bytes([[*OUTREACH, "姓名"], [*lines()[1], "示例"]]))


@bad
def a_required_column_is_missing(sample):
    outreach(sample, csv_bytes([line[:1] + line[2:] for line in lines()]))


@bad
def the_same_heading_twice(sample):
    outreach(sample, csv_bytes([[*OUTREACH, "地点"], [*lines()[1], "示例"]]))


@bad
def a_heading_in_another_unit(sample):
    words = ["接待群众（万人次）" if word == "接待群众" else word for word in OUTREACH]
    outreach(sample, csv_bytes([words, lines()[1]]))


@bad
def data_above_the_headings(sample):
    outreach(sample, csv_bytes([lines()[1], *lines()]))


@bad
def the_headings_again_in_the_middle(sample):
    outreach(sample, csv_bytes([*lines(), OUTREACH, lines(活动="示例二")[1]]))


@bad
def a_comma_that_is_not_quoted(sample):
    outreach(sample, csv_bytes(lines()) + "2021-05,示例二,,,,,,,,请核对,另见附件\n".encode())


@bad
def a_value_under_no_heading(sample):
    outreach(sample, csv_bytes([[*OUTREACH, "", ""], [*lines()[1], "", "示例"]]))


# -- which file is which -----------------------------------------------------------------------------------


@bad
def a_misspelt_file_name(sample):
    sample.write("tables/indicator.csv", table_bytes("indicators", [ROWS["indicators"]]))


@bad
def a_file_name_with_a_capital(sample):
    (sample.folder / "tables" / "cases.csv").unlink()
    sample.write("tables/Cases.csv", table_bytes("cases", [ROWS["cases"]]))


@bad
def a_file_that_is_no_ledger(sample):
    sample.write("tables/通讯录.txt", b"")


@bad
def a_ledger_in_a_file_and_in_the_workbook(sample):
    sample.write("tables.xlsx", saved(book_of("outreach")))


@bad
def a_ledger_in_two_sheets(sample):
    book = book_of("outreach")
    second = book.copy_worksheet(book.active)
    second.title = "outreach"
    workbook(sample, saved(book))


@bad
def a_workbook_among_the_csv_files(sample):
    sample.write("tables/tables.xlsx", saved(book_of("outreach")))


@bad
def a_misspelt_sheet_name(sample):
    book = book_of("outreach")
    book.active.title = "普法活动2"
    workbook(sample, saved(book))


@bad
def a_sheet_that_is_no_ledger(sample):
    book = book_of("licences")
    book.create_sheet("Sheet1")
    workbook(sample, saved(book))


@bad
def a_hidden_ledger(sample):
    book = book_of("licences")
    book.create_sheet("填写说明")
    book.active.sheet_state = "hidden"
    workbook(sample, saved(book))


# -- workbooks that are not opened -------------------------------------------------------------------------


@bad
def an_old_workbook(sample):
    workbook(sample, COMPOUND, "tables.xls")


@bad
def an_old_workbook_called_xlsx(sample):
    workbook(sample, COMPOUND)


@bad
def a_workbook_with_a_password(sample):
    workbook(sample, COMPOUND + "EncryptedPackage".encode("utf-16-le"))


@bad
def a_zip_with_a_password(sample):
    content = bytearray(package("普法活动", inline(OUTREACH)))
    place = content.find(b"PK\x01\x02")
    while place >= 0:  # the flag of every entry in the directory
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 1)
    workbook(sample, bytes(content))


@bad
def a_workbook_with_macros(sample):
    workbook(sample, package("普法活动", inline(OUTREACH), **{"xl/vbaProject|bin": "macros"}))


@bad
def a_workbook_named_for_macros(sample):
    workbook(sample, b"PK\x03\x04", "tables.xlsm")


@bad
def a_binary_workbook(sample):
    workbook(sample, zipped({"xl/workbook.bin": b""}))


@bad
def an_opendocument_sheet(sample):
    workbook(sample, zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}))


@bad
def a_workbook_of_wps_own_kind(sample):
    workbook(sample, b"", "tables.et")


@bad
def a_numbers_document(sample):
    workbook(sample, b"", "tables.numbers")


@bad
def not_a_zip_at_all(sample):
    workbook(sample, "这不是工作簿".encode())


@bad
def a_workbook_cut_off(sample):
    workbook(sample, saved(book_of("outreach"))[:2000])


@bad
def a_zip_that_is_no_workbook(sample):
    workbook(sample, zipped({"readme.txt": b"hello"}))


@bad
def a_workbook_without_its_sheet(sample):
    workbook(sample, package("普法活动", "", **{"xl/worksheets/sheet1|xml": None}))


@bad
def a_sheet_that_is_not_xml(sample):
    workbook(sample, package("普法活动", "<row><c>"))


@bad
def a_string_that_is_not_there(sample):
    workbook(sample, package("普法活动", '<row r="1"><c r="A1" t="s"><v>7</v></c></row>'))


@bad
def a_document_type_in_the_workbook(sample):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + PARTS["xl/workbook.xml"].replace("{name}", "普法活动")
    workbook(sample, package("普法活动", inline(OUTREACH), **{"xl/workbook|xml": bomb}))


@bad
def a_zip_bomb(sample):
    sample.only()
    path = sample.folder / "tables.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in PARTS.items():
            if "sheet1" not in name:
                archive.writestr(name, text.replace("{name}", "普法活动"))
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b"<worksheet>")
            for _ in range(201):
                part.write(b" " * 1_000_000)


@bad
def tags_within_tags(sample):
    workbook(sample, package("普法活动", "<a>" * 100_000))


@bad
def a_cell_at_the_end_of_every_column(sample):
    cells = "".join(f'<c r="{get_column_letter(column)}1048576"><v>1</v></c>' for column in range(1, 16_385))
    workbook(sample, package("普法活动", f'<row r="1048576">{cells}</row>'))


@bad
def a_cell_longer_than_excel_holds(sample):
    workbook(sample, package("普法活动", inline(OUTREACH, ["2021-04", "示例" * 16_384])))


@bad
def a_number_that_is_none(sample):
    workbook(sample, package("普法活动", inline(OUTREACH, ["2021-04", "示例"]) + '<row><c r="F3"><v>1,5</v></c></row>'))


@bad
def a_workbook_of_too_many_parts(sample):
    workbook(sample, zipped({f"xl/media/{number}.png": b"" for number in range(2001)}))


# -- cells of a workbook -----------------------------------------------------------------------------------


def cell(table: str, heading: str, value: object, form: str = "", kind: str = "") -> bytes:
    """A workbook whose second row has this value under a heading."""

    def change(sheet):
        here = sheet[f"{get_column_letter(TABLES[table].headings().index(heading) + 1)}2"]
        here.value = value
        if form:
            here.number_format = form
        if kind:
            here.data_type = kind

    return saved(book_of(table, change))


@bad
def a_failed_formula(sample):
    workbook(sample, cell("licences", "受理数量", "#REF!", kind="e"))


@bad
def a_formula_never_calculated(sample):
    workbook(sample, cell("licences", "受理数量", "=C2-10"))


@bad
def a_number_in_scientific_format(sample):
    workbook(sample, cell("licences", "受理数量", 100, "0.00E+00"))


@bad
def a_number_shown_as_a_fraction(sample):
    workbook(sample, cell("licences", "受理数量", 0.5, "# ?/?"))


@bad
def a_number_shown_in_thousands(sample):
    workbook(sample, cell("licences", "受理数量", 100000, '#,##0.0,"千"'))


@bad
def a_number_shown_with_currency(sample):
    workbook(sample, cell("licences", "受理数量", 100, "¥#,##0"))


@bad
def a_duration_for_a_figure(sample):
    workbook(sample, cell("licences", "受理数量", 0.5, "[h]:mm"))


@bad
def a_ratio_left_in_general(sample):
    workbook(sample, cell("licences", "受理数量", 0.984062958795302))


@bad
def a_nought_that_the_format_hides(sample):
    workbook(sample, cell("licences", "受理数量", 0, "0;-0;;@"))


@bad
def a_whole_number_longer_than_excel_keeps(sample):
    workbook(sample, cell("licences", "受理数量", 1234567890123456789))


@bad
def money_of_another_country(sample):
    workbook(sample, cell("licences", "受理数量", 100, "[$$-409]#,##0"))


@bad
def a_figure_turned_into_a_date(sample):
    import datetime

    workbook(sample, cell("licences", "受理数量", datetime.date(2021, 3, 5)))


@bad
def a_truth_value_for_a_figure(sample):
    workbook(sample, cell("licences", "受理数量", True))


@bad
def decimals_that_the_cell_hides(sample):
    rows = {"板块": "改革创新", "改革事项": "", "指标": "满意率", "数值": 84.5637, "单位": "%", "口径": ""}
    book = book_of("indicators", lambda sheet: setattr(sheet["E2"], "number_format", "0.00"), **rows)
    workbook(sample, saved(book))


@bad
def a_month_typed_as_a_number(sample):
    workbook(sample, cell("outreach", "月份", 2021.1))


@bad
def a_date_as_a_plain_number(sample):
    workbook(sample, cell("outreach", "月份", 44317))


@bad
def a_figure_in_merged_cells(sample):
    def change(sheet):
        sheet.append([2019, None, 110, None, 90, 10, 2])
        sheet.merge_cells("D2:D3")

    workbook(sample, saved(book_of("licences", change)))


@bad
def data_merged_across(sample):
    workbook(sample, saved(book_of("outreach", lambda sheet: sheet.merge_cells("C2:E2"), 主题="示例")))


@bad
def a_misspelt_choice_in_a_workbook(sample):
    workbook(sample, cell("cases", "类型", "行政诉诉"))
