"""Habits of typing: texts that look like figures, words for nothing, notes within a cell."""

from clerk_habit import habit
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont


def typed(text, *told, **reads):
    """A habit of one cell: what is typed into E2."""

    def change(sheet):
        sheet["E2"] = text
        sheet["E2"].data_type = "s"

    change.__name__ = f"typed {text!r} into a figure"
    habit(*told, **reads)(change)


# -- read as they are meant --------------------------------------------------------------------------------
typed("322", E2="322件")
typed("322件", E2="322件")
typed("322 件", E2="322件")
typed("\u00a0322\u3000", E2="322件")
typed("３２２", E2="322件")
typed("3,220", E2="3220件")
typed("3，220", E2="3220件")
typed("322，190", E2="322190件")
typed("1.2万", E2="1.2万件")
typed("１．２万", E2="1.2万件")
typed("10余", E2="10余件")
typed("近200", E2="近200件")
typed("500以上", E2="500件以上")
typed("/", E2="/")
typed("不适用", E2="不适用")
typed("0", E2="0件")
typed("322\n", E2="322件")
# -- told --------------------------------------------------------------------------------------------------
typed("—", "E2")
typed("-", "E2")
typed("无", "E2")
typed("暂无", "E2")
typed("未统计", "E2")
typed("N/A", "E2")
typed("零", "E2")
typed("三百二十二", "E2")
typed("32O", "E2")
typed("l22", "E2")
typed("3 220", "E2")
typed("3.220.000", "E2")
typed("322份", "E2")
typed("322件（含补正12件）", "E2")
typed("322（其中网办190）", "E2")
typed("322①", "E2")
typed("322*", "E2")
typed("200多", "E2")
typed("几百", "E2")
typed("1.2w", "E2")
typed("12k", "E2")
typed(">300", "E2")
typed("300+", "E2")
typed("300-350", "E2")
typed("300~350", "E2")
typed("322/350", "E2")
typed("约322左右", "E2")
typed("=190+132", "E2")
typed("(322)", "E2")
typed("322?", "E2")
typed("同上", "E2")
typed("〃", "E2")
typed("见附件", "E2")
typed("#REF!", "E2")
typed("00322", "E2")
typed("3.22E+02", "E2")
typed("12345678901234567890", "E2")
typed("－", "E2")
typed("¥322", "E2")
typed("322 元", "E2")


@habit("E2")
def a_note_mark_set_high(sheet):
    sheet["E2"] = CellRichText("322", TextBlock(InlineFont(vertAlign="superscript"), "注1"))


@habit(E2="322件")
def a_number_kept_as_text_by_an_apostrophe(sheet):
    sheet["E2"] = "322"
    sheet["E2"].quotePrefix = True


@habit(E2="322件")
def a_number_in_the_text_format(sheet):
    sheet["E2"].number_format = "@"


@habit("F2")
def a_qualifier_that_is_none(sheet):
    sheet["F2"] = "多"


@habit("E2")
def a_qualifier_in_the_figure_and_in_its_column(sheet):
    sheet["E2"], sheet["F2"] = "约322", "约"


@habit("E2")
def ten_thousand_in_the_figure_and_in_its_unit(sheet):
    sheet["E2"], sheet["G2"] = "1.2万", "万件"


@habit("H2")
def a_span_of_the_clerks_own(sheet):
    sheet["H2"] = "上半年"


@habit("H2")
def a_span_with_a_typing_error(sheet):
    sheet["H2"] = "本年累记"


@habit("E2")
def a_figure_left_blank(sheet):
    sheet["E2"] = None


@habit("C2")
def a_subject_left_blank(sheet):
    sheet["C2"] = None


@habit("A2")
def a_chapter_with_a_typing_error(sheet):
    sheet["A2"] = "改革创薪"


@habit("A2", "A3")
def the_same_thing_twice(sheet):
    sheet["C3"] = "一业一证"


@habit(C2="一业 一证")
def blanks_within_a_name(sheet):
    sheet["C2"] = "一业 一证"


@habit(C2="一业一证", J2="网办、窗口")
def breaks_at_the_ends_of_words(sheet):
    sheet["C2"], sheet["J2"] = "一业一证\n", " 网办、窗口 "
