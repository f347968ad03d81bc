"""Habits of layout: titles, notes, totals, columns put in, merged cells, what is done to the look of a sheet."""

from clerk_habit import HEADINGS, USUAL, habit
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

# -- above and below the rows ------------------------------------------------------------------------------


@habit(rows=(3, 4, 5), E3="322件")
def a_title_above(sheet):
    sheet.insert_rows(1)
    sheet["A1"] = "2021年上半年工作指标台账"
    sheet.merge_cells("A1:L1")


@habit(rows=(4, 5, 6), E4="322件")
def a_title_and_who_filled_it_in_and_when(sheet):
    sheet.insert_rows(1, 2)
    sheet["A1"], sheet["A2"], sheet["F2"] = "工作指标台账", "填报单位：政策法规科", "填报日期：2021年6月30日"
    sheet.merge_cells("A1:L1")


@habit(rows=(3, 4, 5), E3="322件")
def a_blank_first_row(sheet):
    sheet.insert_rows(1)


@habit(rows=(2, 3, 5), E5="67件")
def a_blank_row_in_between(sheet):
    sheet.insert_rows(4)


@habit(rows=(2, 3, 4, 5), E5="579件")
def a_total_row_filled_in_like_the_others(sheet):
    sheet.append(["改革创新", None, "合计", "办件量", 579, None, "件", "当期", "2021-06"])


@habit("")
def only_a_title_and_no_headings(sheet):
    sheet.delete_rows(1)
    sheet.insert_rows(1)
    sheet["A1"] = "工作指标台账"


@habit(E4="67件")
def a_thousand_rows_with_borders_and_no_value(sheet):
    for row in range(5, 300):
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFFFCC")


# -- columns -----------------------------------------------------------------------------------------------


@habit("A1")
def a_column_of_running_numbers_put_in(sheet):
    sheet.insert_cols(1)
    for row, value in enumerate(["序号", 1, 2, 3], 1):
        sheet.cell(row, 1, value)


@habit("E1")
def a_heading_renamed(sheet):
    sheet["E1"] = "数量"


@habit("E1")
def a_heading_with_a_typing_error(sheet):
    sheet["E1"] = "数植"


@habit(E2="322件")
def a_heading_with_a_blank_in_it(sheet):
    sheet["E1"] = "数 值"


@habit(E2="322件")
def a_heading_broken_over_two_lines(sheet):
    sheet["E1"] = "数\n值"


@habit(E2="322件")
def a_heading_with_a_colon(sheet):
    sheet["E1"] = "数值："


@habit("F1")
def a_column_put_in_for_last_year(sheet):
    sheet.insert_cols(6)
    for row, value in enumerate(["上年同期", 300, 170, 12], 1):
        sheet.cell(row, 6, value)


@habit("M1")
def a_column_put_at_the_end_for_the_person_in_charge(sheet):
    sheet["M1"], sheet["M2"] = "责任人", "示例"


@habit("M2")
def a_word_beside_the_table(sheet):
    sheet["M2"] = "待核"


@habit(E2="322件")
def a_column_that_was_not_needed_deleted(sheet):
    sheet.delete_cols(2)


@habit("E2", "E3", "E4")
def the_unit_column_deleted(sheet):
    sheet.delete_cols(7)


@habit(E2="322件")
def a_blank_first_column(sheet):
    sheet.insert_cols(1)


@habit("")
def a_table_turned_on_its_side(sheet):
    lines = [HEADINGS, *USUAL]
    sheet.delete_rows(1, 4)
    for column, line in enumerate(lines, 1):
        for row, value in enumerate(line, 1):
            sheet.cell(row, column, value)


# -- merged cells ------------------------------------------------------------------------------------------


@habit(A4="改革创新", rows=(2, 3, 4))
def a_chapter_merged_over_its_rows(sheet):
    sheet.merge_cells("A2:A4")


# -- hidden, struck through, remarked ----------------------------------------------------------------------


@habit(E3="190件")
def a_hidden_column_that_is_empty(sheet):
    sheet.column_dimensions["B"].hidden = True


@habit(E3="190件")
def a_filter_that_hides_nothing(sheet):
    sheet.auto_filter.ref = "A1:L4"


@habit(E3="190件")
def a_comment_without_a_figure(sheet):
    sheet["E3"].comment = Comment("已与平台核对", "示例")


@habit(E3="190件")
def colours_bold_and_a_fixed_first_row(sheet):
    sheet["E3"].font, sheet["E3"].fill = Font(bold=True, color="FFFF0000"), PatternFill("solid", fgColor="FFFFFF00")
    sheet.freeze_panes = "A2"
    sheet.print_area = "A1:L4"


@habit(E3="190件")
def drop_downs_and_a_table_of_excels(sheet):
    choices = DataValidation(type="list", formula1='"件,次,份"')
    choices.add("G2:G9")
    sheet.add_data_validation(choices)
    sheet.add_table(Table(displayName="指标表", ref="A1:L4"))


@habit(E3="190件")
def a_link_on_a_cell(sheet):
    sheet["C3"].hyperlink = "https://example.org/"


@habit(E3="190件")
def a_protected_sheet_without_a_password(sheet):
    sheet.protection.enable()
