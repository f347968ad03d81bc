"""Habits of number formats: what Excel shows is what is read, or it is told."""

import datetime

from clerk_habit import habit

# -- units and words in the format -------------------------------------------------------------------------


def shown_as(sheet, value, form, cell="E2"):
    sheet[cell] = value
    sheet[cell].number_format = form


@habit(E2="322件")
def the_unit_in_the_format(sheet):
    shown_as(sheet, 322, '0"件"')


@habit(E2="48215件")
def separators_and_the_unit_in_the_format(sheet):
    shown_as(sheet, 48215, '#,##0"件"')


@habit("E2")
def another_unit_in_the_format_than_in_its_column(sheet):
    shown_as(sheet, 322, '0"份"')


@habit(E2="322件")
def a_unit_in_the_format_and_none_in_its_column(sheet):
    shown_as(sheet, 322, '0"件"')
    sheet["G2"] = None


@habit(E2="10余件")
def a_qualifier_in_the_format(sheet):
    shown_as(sheet, 10, '0"余"')


@habit(E2="约200件")
def a_qualifier_before_the_number_in_the_format(sheet):
    shown_as(sheet, 200, '"约"0')


@habit(E2="322件")
def chinese_numerals_by_the_format(sheet):
    shown_as(sheet, 322, "[DBNum1][$-804]General")


@habit(E2="322件")
def chinese_capital_numerals_by_the_format(sheet):
    shown_as(sheet, 322, "[DBNum2][$-804]General")


@habit("E2")
def yuan_before_the_number(sheet):
    shown_as(sheet, 322, "¥#,##0.00")


@habit("E2")
def dollars_before_the_number(sheet):
    shown_as(sheet, 322, '"$"#,##0')


@habit("E2")
def the_accounting_format_with_its_sign(sheet):
    shown_as(sheet, 322, '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ')


@habit(E2="48215.00件")
def the_accounting_format_without_a_sign(sheet):
    shown_as(sheet, 48215, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ')


@habit(E2="0件")
def a_zero_that_is_shown(sheet):
    sheet["E2"] = 0


@habit("E2")
def a_date_format_left_on_a_figure(sheet):
    shown_as(sheet, 322, "yyyy/m/d")


@habit("E2")
def a_figure_that_excel_took_for_a_date(sheet):
    shown_as(sheet, datetime.date(2021, 3, 5), 'm"月"d"日"')


@habit("E2")
def a_truth_value(sheet):
    sheet["E2"] = True


@habit(E2="322件")
def the_unit_behind_the_general_format(sheet):
    shown_as(sheet, 322, 'General"件"')


@habit(E2="322件")
def the_unit_behind_the_general_format_in_chinese(sheet):
    shown_as(sheet, 322, 'G/通用格式"件"')


@habit("E2")
def ten_thousands_by_a_comma_in_the_format(sheet):
    shown_as(sheet, 12345, '0!.0,"万"')


@habit("E2")
def zeros_in_front_by_the_format(sheet):
    shown_as(sheet, 7, "000")


@habit("E2")
def zeros_not_shown_by_the_format(sheet):
    shown_as(sheet, 0, "0;-0;;@")


@habit("E2")
def nothing_shown_by_the_format(sheet):
    shown_as(sheet, 322, ";;;")


@habit("E2")
def a_time_for_a_figure(sheet):
    sheet["E2"] = datetime.time(12, 30)


@habit("E2")
def a_fraction_format(sheet):
    shown_as(sheet, 0.5, "# ?/?")


@habit("E2")
def the_scientific_format(sheet):
    shown_as(sheet, 322, "0.00E+00")


@habit(E2="0件")
def the_accounting_formats_dash_for_zero(sheet):
    shown_as(sheet, 0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ')


@habit("E2")
def thousands_by_a_comma_in_the_format(sheet):
    shown_as(sheet, 322000, "0,")


@habit("E2")
def zeros_not_shown_by_the_sheet(sheet):
    sheet["E2"] = 0
    sheet.sheet_view.showZeros = False


@habit(E2="322件")
def zeros_not_shown_where_there_is_none(sheet):
    sheet.sheet_view.showZeros = False


# -- rates -------------------------------------------------------------------------------------------------


def rate(sheet, value, form="General", unit=None):
    sheet["D2"], sheet["G2"], sheet["H2"] = "满意率", unit, None
    shown_as(sheet, value, form)


@habit(E2="98.5%")
def a_rate_in_the_percent_format(sheet):
    rate(sheet, 0.985, "0.0%")


@habit(E2="98.5%")
def a_rate_in_the_percent_format_with_its_unit(sheet):
    rate(sheet, 0.985, "0.0%", "%")


@habit(E2="98.5%")
def a_rate_as_a_number_with_its_unit(sheet):
    rate(sheet, 98.5, unit="%")


@habit(E2="98.50%")
def a_rate_with_a_zero_at_its_end(sheet):
    rate(sheet, 98.5, "0.00", "%")


@habit("E2", E2="98.46%")
def a_rate_with_more_decimals_than_shown(sheet):
    rate(sheet, 98.4567, "0.00", "%")


@habit(E2="-24.76%")
def a_fall_in_red(sheet):
    rate(sheet, -0.2476, "0.00%;[Red]-0.00%")
    sheet["D2"] = "同比"


@habit(E2="50%")
def a_full_width_percent_sign(sheet):
    rate(sheet, "５０％")


@habit(E2="0.985%")
def a_share_left_as_a_fraction_of_one(sheet):
    rate(sheet, 0.985, unit="%")


@habit("E2")
def a_rate_over_a_hundred_by_a_format_too_many(sheet):
    rate(sheet, 98.5, "0.0%")


@habit("E2")
def a_fall_without_its_minus_in_the_format(sheet):
    shown_as(sheet, -4, "0;0")
