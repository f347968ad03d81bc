"""Inputs that look odd and are right: each reads to exactly the rows it means."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from samples import ROWS, Sample, csv_bytes
from workbooks import PARTS, book_of, inline, package, saved

from pipeline.facts import Cell, Fact, When
from pipeline.ledger import TABLES, read

OUTREACH = TABLES["outreach"].headings()
LICENCES = TABLES["licences"].headings()
PLAIN = {2: {"month": "2021-04", "activity": "示例宣传", "audience": "200余人次", "materials": "1000余份"}}
YEAR = {
    2: {
        "year": "2020",
        "applied": "110件",
        "accepted": "100件",
        "granted": "90件",
        "refused": "10件",
        "revoked": "2件",
    }
}
ODD: dict[str, tuple[Callable[[Sample], object], str, dict[int, dict[str, str]]]] = {}


def odd(table: str, expected: dict[int, dict[str, str]]):
    """Register a builder with the ledger it is about and the rows it means, blanks left out."""

    def register(build: Callable[[Sample], object]) -> Callable[[Sample], object]:
        ODD[build.__name__.replace("_", " ")] = (build, table, expected)
        return build

    return register


def shown(frame) -> dict[int, dict[str, str]]:
    """What stands in a frame, by row and field, as text; blanks and the usual 公开属性 left out."""

    def text(value: object) -> str:
        return value.value if isinstance(value, When) else str(value)

    return {
        int(row): {
            field: text(value)
            for field, value in cells.items()
            if text(value) and (field, text(value)) != ("disclosure", "主动公开")
        }
        for row, cells in frame.to_dict("index").items()
    }


def lines(*rows: dict[str, str], headings: list[str] = OUTREACH) -> list[list[str]]:
    named = [{**ROWS["outreach"], **row} for row in (rows or ({},))]
    return [headings, *([row.get(heading, "") for heading in headings] for row in named)]


def outreach(sample: Sample, content: bytes) -> None:
    sample.write("tables/outreach.csv", content)


def workbook(sample: Sample, content: bytes) -> None:
    sample.only()
    sample.write("tables.xlsx", content)


def row_with(**changes: str) -> dict[int, dict[str, str]]:
    return {2: {**PLAIN[2], **changes}}


# -- text files --------------------------------------------------------------------------------------------


@odd("outreach", PLAIN)
def utf8_with_its_mark(sample):
    outreach(sample, csv_bytes(lines(), "utf-8-sig"))


@odd("outreach", PLAIN)
def gb18030(sample):
    outreach(sample, csv_bytes(lines(), "gb18030"))


@odd("outreach", row_with(place="㐀街道"))
def gb18030_with_a_rare_character(sample):
    outreach(sample, csv_bytes(lines({"地点": "㐀街道"}), "gb18030"))


@odd("outreach", PLAIN)
def utf16_as_excel_saves_unicode_text(sample):
    outreach(sample, csv_bytes(lines()).decode().replace(",", "\t").encode("utf-16"))


@odd("outreach", PLAIN)
def parted_by_semicolons(sample):
    outreach(sample, csv_bytes(lines()).replace(b",", b";"))


@odd("outreach", PLAIN)
def lines_ended_as_on_windows(sample):
    outreach(sample, csv_bytes(lines()).replace(b"\n", b"\r\n"))


@odd("outreach", PLAIN)
def lines_ended_as_on_old_macs(sample):
    outreach(sample, csv_bytes(lines()).replace(b"\n", b"\r"))


@odd("outreach", PLAIN)
def the_last_line_not_ended(sample):
    outreach(sample, csv_bytes(lines()).rstrip(b"\n"))


@odd("outreach", PLAIN)
def blank_lines_at_the_end(sample):
    outreach(sample, csv_bytes(lines()) + b",,,,,,,,,\n\n   ,\n")


@odd("outreach", {**PLAIN, 5: {**PLAIN[2], "activity": "示例二"}})
def blank_lines_in_between_keep_their_numbers(sample):
    first, second = lines()[1], lines({"活动": "示例二"})[1]
    outreach(sample, csv_bytes([OUTREACH, first, [""] * 10, [], second]))


@odd("outreach", row_with(place="广场一层\n东侧"))
def a_line_break_within_a_cell(sample):
    outreach(sample, csv_bytes(lines({"地点": "广场一层\n东侧"})))


@odd("outreach", {2: {**PLAIN[2], "place": "甲\n乙"}, 3: {**PLAIN[2], "activity": "示例二"}})
def rows_are_counted_as_excel_does_after_a_line_break(sample):
    outreach(sample, csv_bytes(lines({"地点": "甲\n乙"}, {"活动": "示例二"})))


@odd("outreach", row_with(place="和谐广场, 一层", media="“示例”日报"))
def quoted_commas_and_marks(sample):
    outreach(sample, csv_bytes(lines({"地点": "和谐广场, 一层", "媒体报道": "“示例”日报"})))


@odd("outreach", row_with(place='"和谐"广场'))
def doubled_quotation_marks(sample):
    outreach(sample, csv_bytes(lines({"地点": '"和谐"广场'})))


@odd("outreach", PLAIN)
def blanks_around_everything(sample):
    padded = [[f"　{word} " for word in line] for line in lines()]
    outreach(sample, csv_bytes(padded))


@odd("outreach", PLAIN)
def zero_width_blanks_around_a_cell(sample):
    outreach(sample, csv_bytes(lines({"活动": "\u200b示例宣传\ufeff"})))


@odd("outreach", PLAIN)
def columns_in_another_order(sample):
    outreach(sample, csv_bytes(lines(headings=OUTREACH[::-1])))


@odd("outreach", PLAIN)
def optional_columns_left_out(sample):
    outreach(sample, csv_bytes(lines(headings=["月份", "活动", "接待群众", "发放宣传品"])))


@odd("outreach", PLAIN)
def blank_columns_after_the_last(sample):
    outreach(sample, csv_bytes([[*line, "", ""] for line in lines()]))


@odd("outreach", PLAIN)
def lines_that_stop_early(sample):
    content = csv_bytes([OUTREACH]) + "2021-04,示例宣传,,,,200余,1000余\n".encode()
    outreach(sample, content)


@odd("outreach", {4: PLAIN[2]})
def blank_lines_above_the_headings(sample):
    outreach(sample, b"\n\n" + csv_bytes(lines()))


@odd("outreach", {3: PLAIN[2]})
def a_title_above_the_headings(sample):
    outreach(sample, csv_bytes([["2021年上半年普法活动台账"], *lines()]))


@odd("outreach", {4: PLAIN[2]})
def a_title_and_who_filled_it_in(sample):
    outreach(sample, csv_bytes([["普法活动台账"], ["填报单位：示例科", "", "", "单位：份"], *lines()]))


@odd("outreach", PLAIN)
def units_and_stars_in_headings(sample):
    headings = {
        "月份": "*月份",
        "活动": "活动 ＊",
        "接待群众": "接待群众（人次）",
        "发放宣传品": "发放宣传品\n(单位：份)",
    }
    outreach(sample, csv_bytes([[headings.get(word, word) for word in OUTREACH], lines()[1]]))


@odd("licences", {3: YEAR[2]})
def headings_of_two_rows(sample):
    upper = ["年度", "事项类别", "许可情况", "", "", "", "", "公开属性", "备注"]
    lower = ["", "", *LICENCES[2:7], "", ""]
    values = ["2020", "", "110", "100", "90", "10", "2", "", ""]
    sample.write("tables/licences.csv", csv_bytes([upper, lower, values]))


@odd("outreach", row_with(audience="200余人次"))
def full_width_digits(sample):
    outreach(sample, csv_bytes(lines({"接待群众": "２００余", "月份": "２０２１－０４"})))


@odd("outreach", row_with(materials="1000000份"))
def thousands_separators(sample):
    outreach(sample, csv_bytes(lines({"发放宣传品": "1,000,000"})))


@odd("outreach", row_with(materials="3.4万份"))
def ten_thousands(sample):
    outreach(sample, csv_bytes(lines({"发放宣传品": " 3.4 万份 "})))


@odd("outreach", row_with(audience="/", materials="不适用"))
def none_and_not_applicable(sample):
    outreach(sample, csv_bytes(lines({"接待群众": "／", "发放宣传品": "不适用"})))


@odd("outreach", {2: {"month": "2021-04", "activity": "示例宣传", "audience": "0人次"}})
def zero_and_blank_are_two_things(sample):
    outreach(sample, csv_bytes(lines({"接待群众": "0", "发放宣传品": ""})))


@odd("outreach", PLAIN)
def a_month_in_chinese(sample):
    outreach(sample, csv_bytes(lines({"月份": "2021年4月份"})))


@odd("outreach", PLAIN)
def a_month_with_a_point(sample):
    outreach(sample, csv_bytes(lines({"月份": "2021.4"})))


@odd("outreach", row_with(month="2021-04-09"))
def a_day_with_slashes(sample):
    outreach(sample, csv_bytes(lines({"月份": "2021/4/9"})))


@odd("outreach", row_with(month="2021-04-09"))
def a_day_without_separators(sample):
    outreach(sample, csv_bytes(lines({"月份": "20210409"})))


@odd("outreach", row_with(month="2021-04-09"))
def a_day_with_midnight_behind_it(sample):
    outreach(sample, csv_bytes(lines({"月份": "2021-04-09 00:00:00"})))


@odd("outreach", row_with(month="2021年4月底"))
def as_of_before_a_date(sample):
    outreach(sample, csv_bytes(lines({"月份": "截至 2021年4月底"})))


@odd(
    "checks",
    {2: {"table": "licences", "name": "示例勾稽", "rule": "受理数量＝许可数量＋不予许可数量", "severity": "警告"}},
)
def a_rule_in_full_width_about_a_sheets_name(sample):
    sample.put("checks", [{"表": "行政许可", "规则": "受理数量＝许可数量＋不予许可数量"}])


@odd(
    "indicators",
    {
        2: {
            "section": "reform",
            "subject": "示例",
            "measure": "增速",
            "value": "-24.76%",
            "as_of": "2021H1",
        }
    },
)
def a_section_by_its_notebooks_name(sample):
    blank = {"改革事项": "", "单位": "", "口径": ""}
    row = {"板块": "reform", "对象": "示例", "指标": "增速", "数值": "－24.76％", "截至": "2021年上半年"}
    sample.put("indicators", [{**blank, **row}])


@odd(
    "indicators",
    {2: {"section": "改革创新", "subject": "示例", "measure": "投资", "value": "1123.8万元", "unit": "万元"}},
)
def a_scale_in_the_unit_column(sample):
    row = {"对象": "示例", "指标": "投资", "数值": "1,123.8", "单位": "万元", "改革事项": "", "口径": "", "截至": ""}
    sample.put("indicators", [row])


# -- workbooks ---------------------------------------------------------------------------------------------


@odd("licences", YEAR)
def numbers_in_a_workbook(sample):
    numbers = {"年度": 2020, "申请数量": 110, "受理数量": 100, "许可数量": 90.0, "不予许可数量": 10, "撤销许可数量": 2}
    workbook(sample, saved(book_of("licences", **numbers)))


@odd("outreach", PLAIN)
def a_workbook_of_inline_strings_without_references(sample):
    workbook(sample, package("普法活动", inline(*lines())))


@odd("outreach", PLAIN)
def a_sheet_named_like_the_file(sample):
    book = book_of("outreach")
    book.active.title = "outreach"
    workbook(sample, saved(book))


@odd("outreach", row_with(month="2021-04-09"))
def a_date_cell(sample):
    workbook(sample, saved(book_of("outreach", 月份=datetime.date(2021, 4, 9))))


@odd("outreach", PLAIN)
def a_date_cell_that_shows_the_month(sample):
    def change(sheet):
        sheet["A2"].number_format = 'yyyy"年"m"月"'

    workbook(sample, saved(book_of("outreach", change, 月份=datetime.date(2021, 4, 1))))


@odd("outreach", PLAIN)
def a_built_in_chinese_month_format(sample):
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="57"/></cellXfs></styleSheet>'
    )
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="/xl/styles.xml"/></Relationships>',
    )
    rows = (
        inline(lines()[0])
        + '<row r="2"><c r="A2" s="1"><v>44287</v></c>'
        + "".join(
            f'<c r="{letter}2" t="inlineStr"><is><t>{text}</t></is></c>'
            for letter, text in (("B", "示例宣传"), ("F", "200余"), ("G", "1000余"))
        )
        + "</row>"
    )
    parts = {"xl/styles|xml": styles, "xl/_rels/workbook|xml|rels": relations}
    workbook(sample, package("普法活动", rows, **parts))


@odd("outreach", row_with(month="2021-04-09"))
def days_counted_from_1904(sample):
    book = book_of("outreach", 月份=datetime.date(2021, 4, 9))
    book.epoch = datetime.datetime(1904, 1, 1)
    workbook(sample, saved(book))


def shares(*values: tuple[object, str]) -> Callable[[Sample], None]:
    """A workbook of indicators with these numbers under these formats."""

    def build(sample: Sample) -> None:
        book = book_of("indicators", 数值=None)
        sheet = book.active
        sheet.delete_rows(2)
        for number, (value, form) in enumerate(values):
            sheet.append(["改革创新", None, "示例", f"比率{number}", value])
            sheet.cell(sheet.max_row, 5).number_format = form
        workbook(sample, saved(book))

    return build


def rate(number: int, value: str) -> dict[str, str]:
    return {"section": "改革创新", "subject": "示例", "measure": f"比率{number}", "value": value}


@odd("indicators", {2: rate(0, "77%"), 3: rate(1, "-24.76%"), 4: rate(2, "84.50%")})
def percentages_as_excel_stores_them(sample):
    shares((0.77, "0%"), (-0.2476, "0.00%"), (0.845, "0.00%"))(sample)


@odd("indicators", {2: rate(0, "84.50"), 3: rate(1, "1123.8"), 4: rate(2, "-24.76"), 5: rate(3, "0.3")})
def decimals_and_separators_as_shown(sample):
    negative = "0.00_);[Red]\\(0.00\\)"
    shares((84.5, "0.00"), (1123.8, "#,##0.0_ "), (-24.76, negative), (0.1 + 0.2, "General"))(sample)


@odd("indicators", {2: rate(0, "9天"), 3: rate(1, "第1位")})
def words_in_a_number_format(sample):
    shares((9, '0"天"'), (1, '"第"0"位"'))(sample)


@odd("indicators", {2: rate(0, "30215"), 3: rate(1, "0.00001"), 4: rate(2, "-7")})
def plain_numbers_without_exponents(sample):
    shares((30215.0, "General"), (1e-05, "General"), (-7, "0"))(sample)


@odd("indicators", {2: rate(0, "24.8%")})
def a_calculated_share_as_shown(sample):
    rows = inline(TABLES["indicators"].headings()) + (
        '<row r="2"><c r="A2" t="str"><v>改革创新</v></c><c r="C2" t="str"><f>"示"&amp;"例"</f><v>示例</v></c>'
        '<c r="D2" t="str"><v>比率0</v></c><c r="E2" s="1"><f>A1/B1</f><v>0.24758</v></c></row>'
    )
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>'
        '<numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
        "</styleSheet>"
    )
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>',
    )
    parts = {"xl/styles|xml": styles, "xl/_rels/workbook|xml|rels": relations}
    workbook(sample, package("指标", rows, **parts))


@odd("licences", {3: YEAR[2]})
def merged_headings_of_two_rows(sample):
    def change(sheet):
        sheet.insert_rows(1)
        sheet["C1"] = "许可情况"
        sheet.merge_cells("C1:G1")
        for letter in "ABHI":
            sheet[f"{letter}1"] = sheet[f"{letter}2"].value
            sheet.merge_cells(f"{letter}1:{letter}2")

    workbook(sample, saved(book_of("licences", change)))


@odd("outreach", {3: PLAIN[2]})
def a_title_merged_over_the_sheet(sample):
    def change(sheet):
        sheet.insert_rows(1)
        sheet["A1"] = "2021年上半年普法活动台账"
        sheet.merge_cells("A1:J1")

    workbook(sample, saved(book_of("outreach", change)))


@odd("outreach", {2: PLAIN[2], 3: {**PLAIN[2], "activity": "示例二"}})
def a_text_merged_over_several_rows(sample):
    def change(sheet):
        sheet.append([None, "示例二", None, None, None, "200余", "1000余"])
        sheet.merge_cells("A2:A3")

    workbook(sample, saved(book_of("outreach", change)))


@odd("outreach", PLAIN)
def formats_comments_and_far_blank_cells(sample):
    def change(sheet):
        sheet["A1"].comment = Comment("示例", "示例")
        sheet["A2"].font = Font(bold=True)
        sheet["A900"].font = Font(bold=True)
        sheet["XFD5000"].number_format = "0.00"

    workbook(sample, saved(book_of("outreach", change)))


@odd("outreach", row_with(place="甲乙"))
def a_string_of_several_runs_with_its_reading(sample):
    rich = "<is><r><t>甲</t></r><r><t>乙</t></r><rPh sb='0' eb='1'><t>jia</t></rPh></is>"
    text = inline(*lines({"地点": "@"})).replace("<is><t>@</t></is>", rich)
    workbook(sample, package("普法活动", text))


@odd("outreach", row_with(place="甲\n乙"))
def an_escaped_line_break(sample):
    workbook(sample, package("普法活动", inline(*lines({"地点": "甲_x000A_乙"}))))


@odd("outreach", PLAIN)
def hidden_sheets_and_lists_beside_the_ledger(sample):
    book = book_of("outreach")
    book.create_sheet("填写说明").append(["怎样填写"])
    lists = book.create_sheet("_lists")
    lists.append(["甲", "乙"])
    lists.sheet_state = "veryHidden"
    workbook(sample, saved(book))


@odd("outreach", PLAIN)
def hidden_rows_and_columns_are_read(sample):
    def change(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["F"].hidden = True

    workbook(sample, saved(book_of("outreach", change)))


@pytest.mark.parametrize("name", ODD)
def test_an_odd_input_reads_to_what_it_means(sample, name):
    """The input reads to exactly these rows, under the row numbers Excel shows, and has no error."""
    build, table, expected = ODD[name]
    build(sample)
    frame = read(sample.folder, table)
    assert shown(frame) == expected
    assert list(frame) == [column.field for column in TABLES[table].columns]
    assert frame.index.name == "row"
    wanted = "tables.xlsx#" + table if (sample.folder / "tables.xlsx").exists() else f"tables/{table}.csv"
    assert frame.attrs["source"] == wanted
    assert not [
        problem
        for problem in sample.check()
        if problem.severity == "error" and problem.place.file == wanted.split("#")[0]
    ]


def test_many_odd_inputs_are_right():
    """The corpus holds at least forty odd inputs."""
    assert len(ODD) >= 40


def test_a_fact_knows_its_cell(sample):
    """A stated figure is a fact that names file, row and Chinese heading of its cell; a workbook names its sheet."""
    sample.put("outreach", [{}, {"活动": "示例二"}])
    fact = read(sample.folder, "outreach").audience[3]
    assert isinstance(fact, Fact)
    assert str(fact.sources) == "tables/outreach.csv#row=3;col=接待群众"
    workbook(sample, saved(book_of("outreach")))
    fact = read(sample.folder, "outreach").audience[2]
    assert fact.sources.cells() == [Cell("tables.xlsx#outreach", "接待群众", 2)]


def test_a_ledger_that_is_not_there_is_empty(sample):
    """A half-year without a ledger gives an empty frame with all columns."""
    sample.only()
    frame = read(sample.folder, "outreach")
    assert frame.empty
    assert list(frame) == [column.field for column in TABLES["outreach"].columns]
