"""How tables are fitted to the sheet: size first, then width, then the turned sheet."""

from __future__ import annotations

import lxml.html
import pytest
from rendered import article, pages

from pipeline.render.pictures import picture_of
from pipeline.render.table_plan import TURNED, UPRIGHT, cells_in_place, lines_of, plan_table, width_of


def planned(rows: list[list[str]], *, kind: str = "td"):
    """The plan for a table with a head and these rows."""
    head, *rest = rows
    html = "<table><thead><tr>" + "".join(f'<th scope="col">{text}</th>' for text in head) + "</tr></thead><tbody>"
    html += "".join("<tr>" + "".join(f"<{kind}>{text}</{kind}>" for text in row) + "</tr>" for row in rest)
    return plan_table(cells_in_place(lxml.html.fragment_fromstring(html + "</tbody></table>")))


def laid_out(rows: list[list[str]]) -> list[list[int]]:
    """The lines that each cell takes under the plan."""
    html = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    cells = cells_in_place(lxml.html.fragment_fromstring(f"<table>{html}</table>"))
    plan = plan_table(cells)
    return [[lines_of(cell, plan) for cell in cells if cell.row == row] for row in range(len(rows))]


def test_small_table_keeps_its_size_and_fills_the_line():
    """A table that fits is set in 12 pt over the whole width."""
    plan = planned([["事项", "办结"], ["行政许可", "120"]])
    assert (plan.size, plan.turned) == (12.0, False)
    assert sum(plan.widths) == pytest.approx(UPRIGHT)


def test_long_text_gets_the_room_numbers_do_not_need():
    """A column of sentences is wider than a column of figures; the figures stay on one line."""
    plan = planned([["事项", "件"], ["关于优化营商环境的若干措施落实情况和下一步工作安排的说明" * 2, "120"]])
    assert not plan.turned
    assert plan.widths[0] > 5 * plan.widths[1]
    assert plan.widths[1] > width_of("120") * plan.size


def test_many_columns_first_get_smaller_type_then_a_turned_sheet():
    """Type shrinks to 10.5 pt before a sheet is turned; on the turned one it may be large again."""
    sizes = [(plan.turned, plan.size) for plan in (planned([["123456"] * count] * 2) for count in (6, 9, 10, 12, 18))]
    assert sizes == sorted(sizes, key=lambda pair: (pair[0], -pair[1]))
    assert sizes[0] == (False, 12.0)
    assert sizes[-1][0]
    assert (False, 10.5) in sizes


def test_widths_never_exceed_the_sheet():
    """However many columns there are, they share the width of their sheet."""
    for count in (1, 5, 12, 40):
        plan = planned([["甲乙丙丁戊己庚辛"] * count, ["123456"] * count])
        assert sum(plan.widths) == pytest.approx(TURNED if plan.turned else UPRIGHT)


def test_columns_of_sentences_take_like_many_lines():
    """Where cells take more than three lines in any type, no column takes more than the others: the table is low."""
    heads = ["月份", "活动", "联合单位", "地点", "接待群众（人次）", "发放宣传品（份）", "媒体报道"]
    row = ["2021年3月", "“政府信息公开条例”第3场集中宣传和现场咨询活动", "住房城乡建设局、自然资源局"]
    row += ["经济开发区企业服务中心", "370余", "280余", "区融媒体中心、政务公众号"]
    assert laid_out([heads, row])[-1] == [1, 3, 3, 3, 1, 1, 3]


def test_a_heading_is_divided_before_its_unit():
    """The words of a heading stay on one line and its unit on the next, however narrow its column could be."""
    heads = ["月份", "活动", "联合单位", "地点", "接待群众（人次）", "发放宣传品（份）", "受理、办结（件）", "媒体报道"]
    row = ["2021年3月", "优化营商环境法治宣传活动", "市场监管局", "和谐广场", "200余", "1000余", "300", "济南日报"]
    html = "<table><thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead><tbody>"
    html += ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>") * 3 + "</tbody></table>"
    [page] = pages(article(html))
    shown = [line["text"] for line in page.extract_text_lines(layout=True)]
    found = [word["text"] for word in page.extract_words()]
    assert {"发放宣传品", "（份）", "接待群众", "（人次）"} <= set(found), shown


def test_dates_are_not_divided():
    """A date is as wide as it is written."""
    plan = planned([["月", "活动"], ["2021年6月30日", "普法宣传活动情况和有关安排的说明" * 8]])
    assert plan.widths[0] >= width_of("2021年6月30日") * plan.size


def test_spans_are_resolved():
    """Cells know their row and column, whatever spans over them."""
    table = lxml.html.fragment_fromstring(
        "<table><tr><th rowspan=2>a</th><th colspan=2>b</th></tr><tr><th>c</th><th>d</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    )
    places = {cell.text: (cell.row, cell.column) for cell in cells_in_place(table)}
    assert places == {"a": (0, 0), "b": (0, 1), "c": (1, 1), "d": (1, 2), "1": (2, 0), "2": (2, 1), "3": (2, 2)}


def test_table_inside_a_cell_is_left_to_that_cell():
    """Rows of an inner table are not rows of the outer one."""
    table = lxml.html.fragment_fromstring(
        "<table><tr><td><table><tr><td>1</td></tr></table></td><td>2</td></tr></table>"
    )
    assert [(cell.row, cell.column) for cell in cells_in_place(table)] == [(0, 0), (0, 1)]


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ('width="200" height="100"', (150, 75)),
        ('width="10cm" height="5cm"', (283.5, 141.7)),
        ('width="144pt" height="72pt"', (144, 72)),
        ('width="100%" height="100%" viewBox="0 0 400 200"', (300, 150)),
        ("", (300, 150)),
    ],
)
def test_size_of_a_drawing(written, size):
    """A drawing says its size in any unit, or in its view box."""
    found = picture_of(f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' {written}></svg>")
    assert (found.width, found.height) == pytest.approx(size, abs=0.1)


@pytest.mark.parametrize(
    "address", ["", "data:image/png;base64,AAAA", "data:text/plain,x", "data:image/jpeg;base64,/9j/", "https://x/y.png"]
)
def test_what_is_no_picture(address):
    """What cannot be read as a picture is none."""
    assert picture_of(address) is None


def test_figures_of_a_very_wide_frame_stay_whole():
    """Fifteen columns of ten figures fit a turned sheet in smaller type; a column of sentences never makes type that small."""
    plan = planned([[f"{10**5 + column}.{column:03}" for column in range(15)]])
    assert plan.turned
    assert plan.size == 5.5
    assert min(plan.widths) >= 10 * 0.56 * plan.size
    assert planned([["名"] * 12, ["一句很长的说明" * 60, *("短",) * 11]]).size >= 9
