"""Habits with formulas, with sheets, with files and with what other programs make of them."""

import copy
from xml.sax.saxutils import escape

from clerk_habit import HEADINGS, file_habit, habit, put, put_csv, usual_book, usual_lines, with_xml
from openpyxl import Workbook
from samples import csv_bytes
from workbooks import saved

# -- formulas ----------------------------------------------------------------------------------------------


@habit("E2")
def a_formula_that_failed(sheet):
    sheet["E2"] = "#DIV/0!"
    sheet["E2"].data_type = "e"


@habit("E2")
def a_formula_that_was_never_calculated(sheet):
    sheet["E2"] = "=100+222"


def calculated(sample, formula, value, kind=""):
    """Put the usual workbook down with a formula in E2 and the result that Excel kept of it, which openpyxl leaves out."""
    kept = f'<c r="E2"{kind}><f>{escape(formula[1:])}</f><v>{value}</v></c>'
    with_xml(sample, r'<c r="E2"[^>]*><f>.*?</c>', kept, lambda sheet: setattr(sheet["E2"], "value", formula))


@file_habit(E2="322件")
def a_formula_with_its_result(sample):
    calculated(sample, "=300+22", "322")


@file_habit(E2="322件")
def a_formula_that_gives_a_text(sample):
    calculated(sample, '=300+22&"件"', "322件", ' t="str"')


@file_habit("E2")
def a_formula_whose_result_is_an_error(sample):
    calculated(sample, "=NA()", "#N/A", ' t="e"')


@file_habit("E2")
def a_formula_that_gives_an_empty_text(sample):
    calculated(sample, '=""', "", ' t="str"')


# -- sheets and files --------------------------------------------------------------------------------------


@habit("", E2="322件")
def an_empty_sheet_that_excel_made(sheet):
    sheet.parent.create_sheet("Sheet2")


@habit("")
def a_sheet_of_rough_work(sheet):
    sheet.parent.create_sheet("草稿")["A1"] = 579


@habit("")
def a_copy_of_the_sheet(sheet):
    sheet.parent.copy_worksheet(sheet).title = "指标 (2)"


@habit("", E2="322件")
def a_hidden_sheet_with_the_ledger(sheet):
    sheet.parent.create_sheet("填写说明")
    sheet.sheet_state = "veryHidden"


@habit(E2="322件")
def a_blank_behind_the_sheets_name(sheet):
    sheet.title = "指标 "


@file_habit(E2="322件")
def the_lock_file_of_an_open_workbook(sample):
    put(sample, usual_book())
    sample.write("~$tables.xlsx", b"\x06\xe7\xa4\xba\xe4\xbe\x8b" + b"\x00" * 158)


@file_habit("")
def a_csv_beside_the_workbook(sample):
    put(sample, usual_book())
    put_csv(sample, usual_lines())


@file_habit(E2="322件")
def a_workbook_saved_with_all_its_sheets(sample):
    book = usual_book()
    copied = copy.copy(book.active.sheet_properties)
    copied.tabColor = "FF0000"
    book.active.sheet_properties = copied
    put(sample, book)


@file_habit("", rows=())
def a_workbook_without_the_ledgers_sheet(sample):
    book = Workbook()
    book.active.append(HEADINGS)
    put(sample, book)


# -- text files --------------------------------------------------------------------------------------------


@file_habit(E2="322件")
def a_csv_as_wps_saves_it(sample):
    put_csv(sample, usual_lines(), "gb18030")


@file_habit(E2="3220件")
def separators_in_quotation_marks(sample):
    lines = usual_lines()
    lines[1][4] = "3,220"
    put_csv(sample, lines)


@file_habit("E2")
def a_text_kept_by_an_equals_sign(sample):
    lines = usual_lines()
    lines[1][4] = '="322"'
    put_csv(sample, lines)


@file_habit(E2="322件")
def cells_parted_by_tabs(sample):
    sample.write("tables/indicators.csv", csv_bytes(usual_lines()).replace(b",", b"\t"))


@file_habit(rows=(3, 4, 5), E3="322件")
def a_title_line_in_a_csv(sample):
    put_csv(sample, [["2021年上半年工作指标台账"], *usual_lines()])


@file_habit("E2")
def a_month_for_a_figure_after_opening_in_excel(sample):
    lines = usual_lines()
    lines[1][4] = "3月5日"
    put_csv(sample, lines)


@file_habit("E2")
def hashes_where_the_column_was_too_narrow(sample):
    lines = usual_lines()
    lines[1][4] = "######"
    put_csv(sample, lines)


@file_habit("I2")
def a_date_lost_to_its_serial_number(sample):
    lines = usual_lines()
    lines[1][8] = "44377"
    put_csv(sample, lines)


@file_habit("")
def a_workbook_called_final(sample):
    put(sample, usual_book())
    sample.write("最终版.xlsx", saved(usual_book()))


@file_habit("")
def a_second_workbook_from_a_download(sample):
    put(sample, usual_book())
    sample.write("tables (1).xlsx", saved(usual_book()))


@file_habit("", rows=())
def only_a_workbook_of_another_name(sample):
    put(sample, usual_book(), "指标台账.xlsx")


@file_habit("", rows=())
def the_workbooks_name_in_capitals(sample):
    put(sample, usual_book(), "Tables.XLSX")


@file_habit("2")
def separators_without_quotation_marks(sample):
    text = csv_bytes(usual_lines()).decode().replace(",322,", ",3,220,")
    sample.write("tables/indicators.csv", text.encode())
