"""Habits of layout: titles, notes, totals, columns put in, merged cells, what is done to the look of a sheet."""

from clerk_habit import HEADINGS, USUAL, file_habit, habit, with_xml
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
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


@habit("A6")
def a_note_below(sheet):
    sheet["A6"] = "注：以上数据由政务服务平台导出。"


@habit("A6")
def who_filled_it_in_below(sheet):
    sheet["A6"], sheet["D6"], sheet["G6"] = "填表人：示例", "审核人：示例", "联系电话：示例"


@habit("A6")
def a_note_below_merged_over_the_sheet(sheet):
    sheet["A6"] = "注：以上数据由政务服务平台导出。"
    sheet.merge_cells("A6:L6")


@habit("A5")
def a_total_row_with_nothing_but_its_figure(sheet):
    sheet["A5"], sheet["E5"] = "合计", 579


@habit("N9")
def a_scribble_far_to_the_right(sheet):
    sheet["N9"] = 579


@habit("A6")
def a_note_below_without_the_word(sheet):
    sheet["A6"] = "以上数据由政务服务平台导出"


@habit("A5", E4="67件")
def a_total_below_with_its_unit(sheet):
    sheet["A5"], sheet["E5"], sheet["G5"] = "总计", 579, "件"


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


@habit("E2", "E3")
def a_figure_merged_over_two_rows(sheet):
    sheet.merge_cells("E2:E3")


@habit("C2")
def two_columns_merged_in_one_row(sheet):
    sheet.merge_cells("C2:D2")


@habit(rows=(3, 4, 5), E3="322件")
def headings_merged_over_two_rows(sheet):
    sheet.insert_rows(2)
    for column in range(1, 13):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)


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


@habit("3", E3="190件")
def a_hidden_row(sheet):
    sheet.row_dimensions[3].hidden = True


@habit("3", E3="190件")
def a_row_filtered_away(sheet):
    sheet.auto_filter.ref = "A1:L4"
    sheet.auto_filter.add_filter_column(2, ["一业一证", "跨省通办"])
    sheet.row_dimensions[3].hidden = True


@habit("3", E3="190件")
def a_row_grouped_and_folded(sheet):
    sheet.row_dimensions.group(3, 3, hidden=True)


@file_habit("3", E3="190件")
def a_row_of_no_height(sample):
    with_xml(sample, r'<row r="3"', '<row r="3" ht="0" customHeight="1"')


@habit("E", E3="190件")
def a_hidden_column_of_figures(sheet):
    sheet.column_dimensions["E"].hidden = True


@file_habit("E", E3="190件")
def a_column_of_no_width(sample):
    with_xml(sample, "<sheetData>", '<cols><col min="5" max="5" width="0" customWidth="1"/></cols><sheetData>')


@habit("E3", E3="190件")
def a_figure_struck_through(sheet):
    sheet["E3"].font = Font(strike=True)


@habit("3", E3="190件")
def a_whole_row_struck_through(sheet):
    for cell in sheet[3]:
        cell.font = Font(strike=True)


@habit("E3", E3="190件")
def a_figure_in_white(sheet):
    sheet["E3"].font = Font(color="FFFFFFFF")


@habit("E3", E3="190件")
def a_comment_with_another_figure(sheet):
    sheet["E3"].comment = Comment("应为191", "示例")


@habit("C", E3="190件")
def a_hidden_column_of_names(sheet):
    sheet.column_dimensions["C"].hidden = True


@habit(E3="190件")
def a_hidden_row_that_is_empty(sheet):
    sheet.row_dimensions[9].hidden = True


@habit(E3="190件")
def white_letters_on_a_dark_ground(sheet):
    sheet["E3"].font, sheet["E3"].fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E79")


@habit("E3", E3="190件")
def letters_in_the_colour_of_their_ground(sheet):
    sheet["E3"].font, sheet["E3"].fill = Font(color="FFFFFF00"), PatternFill("solid", fgColor="FFFFFF00")


@habit("E3")
def some_digits_struck_through(sheet):
    sheet["E3"] = CellRichText(TextBlock(InlineFont(strike=True), "190"), "191")


@habit("C3", C3="一链办理")
def a_name_struck_through(sheet):
    sheet["C3"].font = Font(strike=True)


@habit(E3="190件")
def a_comment_with_the_day_it_was_looked_at(sheet):
    sheet["E3"].comment = Comment("张三:\n2021年6月30日核对，6月28日导出", "张三")


@habit(E3="190件")
def a_comment_that_repeats_the_figure(sheet):
    sheet["E3"].comment = Comment("平台为190件", "示例")


@habit(C3="一链办理")
def a_comment_with_a_figure_on_a_name(sheet):
    sheet["C3"].comment = Comment("共12个事项", "示例")


@habit("E3", E3="190件")
def a_format_that_comes_by_a_condition(sheet):
    rule = Rule(type="cellIs", operator="greaterThan", formula=["100"])
    rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=164, formatCode='0.0,"万"'))
    sheet.conditional_formatting.add("E3", rule)


@habit(E3="190件")
def a_colour_that_comes_by_a_condition(sheet):
    red = Rule(
        type="cellIs", operator="greaterThan", formula=["100"], dxf=DifferentialStyle(font=Font(color="FFFF0000"))
    )
    sheet.conditional_formatting.add("E2:E9", red)


@habit(E3="190件", K3="主动公开")
def a_hidden_column_that_means_the_usual(sheet):
    sheet.column_dimensions["K"].hidden = True


@habit("E3", E3="190件")
def a_comment_of_a_newer_excel(sheet):
    legacy = "[线程批注]\n你的Excel版本可读取此线程批注：https://go.microsoft.com/fwlink/?linkid=870924\n\n注释:\n    应为191"
    sheet["E3"].comment = Comment(legacy, "tc={00000000-0001-0000-0000-000001000000}")


@habit(E3="190件")
def a_comment_of_a_newer_excel_without_a_figure(sheet):
    legacy = (
        "[线程批注]\n你的Excel版本可读取此线程批注：https://go.microsoft.com/fwlink/?linkid=870924\n\n注释:\n    已核"
    )
    sheet["E3"].comment = Comment(legacy, "tc={00000000-0001-0000-0000-000001000000}")
