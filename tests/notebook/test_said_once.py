"""What a table says once: units, words of every row, the heads of groups; and a single record, set down the page."""

import lxml.html
import pandas as pd
import pytest

from pipeline.facts import DateFact, Fact, Quantity, Sources, StatedWords, When
from pipeline.notebook import table


def cell(row, column):
    return Sources.cell("tables/a.csv", row, column)


def figures(*stated, unit="件", column="数值"):
    """Facts of one column; each a text, or a text and its unit."""
    pairs = ((one, unit) if isinstance(one, str) else one for one in stated)
    return [Fact(Quantity.parse(text, unit=its), cell(row, column)) for row, (text, its) in enumerate(pairs, 2)]


def words(*texts, column="口径"):
    return [StatedWords(text, cell(row, column)) for row, text in enumerate(texts, 2)]


def dates(*texts):
    return [DateFact(When.parse(text), cell(row, "截至")) for row, text in enumerate(texts, 2)]


def shown(columns, **how):
    """The figure of a table whose frame has these columns, under headings that are their names."""
    rows = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    made = table(rows, {name: name for name in columns if name != "disclosure"}, name="t", caption="表", **how)
    return lxml.html.fromstring(made.html)


def heads(figure):
    return [one.text_content() for one in figure.xpath(".//thead//th")]


def body(figure):
    return [[one.text_content() for one in row] for row in figure.xpath(".//tbody/tr")]


def notes(figure):
    return [one.text_content() for one in figure.find_class("note")]


NAMES = words("甲", "乙", "丙", column="对象")
COUNTS = figures("3", "4", "5")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (words("未注明", "未注明", "未注明"), "列：均未注明。"),
        (words("当期", "当期", "当期"), "列：均为当期。"),
        (dates("2021-06", "2021-06", "2021-06"), "列：均为2021年6月。"),
        (["无此项"] * 3, "列：均无此项。"),
        (words("当期", "当期", "本年累计"), None),
        (words("当期", "", "当期"), None),
        (figures("5", "5", "5"), None),
    ],
    ids=["not said", "words", "date", "plain text", "two kinds", "a gap", "figures"],
)
def test_what_all_rows_say_stands_under_the_table(cells, said):
    """Words and dates that are the same in every row leave their column for a note with all their cells; figures stay."""
    figure = shown({"对象": NAMES, "数值": COUNTS, "列": cells})
    assert ("列" in heads(figure)) == (said is None)
    assert notes(figure) == ([said] if said else [])
    if said and isinstance(cells[0], StatedWords | DateFact):
        assert figure.find_class("note")[0].xpath(".//@data-source")[0].startswith("tables/a.csv#row=2-4;")


def test_several_such_columns_are_one_remark_before_the_note():
    """All of them stand in one paragraph, what the notebook remarks in another; two columns stay whatever they say."""
    same = {"口径": words("当期", "当期", "当期"), "截至": dates("2021-06", "2021-06", "2021-06")}
    figure = shown({"对象": NAMES, "数值": COUNTS, **same}, note="另见附件")
    assert notes(figure) == ["口径：均为当期；截至：均为2021年6月。", "注：另见附件"]
    assert heads(shown({"对象": NAMES, **same})) == ["对象", "口径", "截至"]


def test_a_note_names_no_cell_that_may_not_leave_beside_others():
    """Where some rows are internal, the note rests on those that are not; where all are, on all."""
    columns = {"对象": NAMES, "数值": COUNTS, "口径": words("当期", "当期", "当期")}
    mixed = shown({**columns, "disclosure": ["", "内部", ""]}).find_class("note")[0]
    assert mixed.xpath(".//@data-source") == ["tables/a.csv#row=2;col=口径 tables/a.csv#row=4;col=口径"]
    closed = shown({**columns, "disclosure": ["内部"] * 3}).find_class("note")[0]
    assert closed.xpath(".//@data-source") == ["tables/a.csv#row=2-4;col=口径"]


@pytest.mark.parametrize(
    ("unit", "columns", "over", "headings", "first"),
    [
        ("", {"甲": figures("3", "4"), "乙": figures("5", "6")}, "单位：件", ["甲", "乙"], ["3", "5"]),
        ("", {"甲": figures("3", "4"), "乙": figures("5", "6", unit="人次")}, "", ["甲（件）", "乙（人次）"], ["3", "5"]),
        ("件", {"甲": figures("3", "4"), "乙": figures("5", "6", unit="%")}, "单位：件", ["甲", "乙（%）"], ["3", "5"]),
        ("", {"甲": figures("3", "4"), "乙": figures("5", "6", unit="%")}, "单位：件", ["甲", "乙（%）"], ["3", "5"]),
        ("", {"甲": figures("3", "4"), "乙": figures("5", ("6", "%"))}, "单位：件", ["甲", "乙"], ["3", "5件"]),
        ("件", {"甲": figures("5", "6", unit="%")}, "", ["甲（%）"], ["5"]),
        ("件", {"甲": figures("3", "4", unit="宗")}, "单位：宗", ["甲"], ["3"]),
        ("", {"甲": figures("3", ("4", "次"))}, "", ["甲"], ["3件"]),
        ("件", {"甲": figures("3", ("4", "次"))}, "单位：件", ["甲"], ["3"]),
        ("", {"甲": figures("3左右", "4")}, "单位：件", ["甲"], ["3左右"]),
        ("", {"甲": figures("第1", "第2", unit="位")}, "", ["甲"], ["第1位"]),
        ("", {"甲": figures("2020", "2021", unit="年")}, "", ["甲"], ["2020年"]),
        ("", {"甲": figures("3", ("4", ""))}, "", ["甲"], ["3件"]),
    ],
    ids=["one", "a column's", "beside the table's", "rates", "rates and counts", "rates alone", "another", "mixed", "mixed but told", "hedge", "rank", "year", "bare"],
)  # fmt: skip
def test_a_unit_is_said_once(unit, columns, over, headings, first):
    """The unit of all figures stands over the table, that of a column in its heading, any other in its cells; no hedge
    is lost with it."""
    figure = shown({"对象": NAMES[:2], **columns}, unit=unit)
    assert "".join(one.text_content() for one in figure.find_class("unit")) == over
    assert heads(figure)[1:] == headings
    assert body(figure)[0][1:] == first


def test_one_record_is_set_down_the_page():
    """A table of one record has its name at the head and a row a field; of two columns it stays a row."""
    one = {"年度": dates("2020"), "受理": figures("30215"), "许可": figures("29400"), "申请": figures("")}
    figure = shown(one)
    assert (heads(figure), body(figure)) == (["年度", "2020年"], [["受理", "30215"], ["许可", "29400"]])
    assert [one.get("scope") for one in figure.xpath(".//tbody//th")] == ["row", "row"]
    assert body(shown({"年度": dates("2020"), "受理": figures("30215")})) == [["2020年", "30215"]]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (("一", "一", "二"), [["一"], ["甲", "3"], ["乙", "4"], ["二"], ["丙", "5"]]),
        (("一", "二", "一"), [["一"], ["甲", "3"], ["丙", "5"], ["二"], ["乙", "4"]]),
        (("一", "", "一"), [["乙", "4"], ["一"], ["甲", "3"], ["丙", "5"]]),
        (("一", "二", "三"), [["一", "甲", "3"], ["二", "乙", "4"], ["三", "丙", "5"]]),
        (("一", "一", "一"), [["甲", "3"], ["乙", "4"], ["丙", "5"]]),
    ],
    ids=["in order", "apart", "one without", "each its own", "one group"],
)
def test_rows_stand_under_the_head_of_their_group(groups, expected):
    """Rows of a group stand together under its head; where each row is a group they have a column, one group a note."""
    figure = shown({"组": words(*groups, column="组"), "对象": NAMES, "数值": COUNTS}, groups="组")
    assert body(figure) == expected
    assert all(one.get("colspan") == "2" for one in figure.xpath(".//th[@scope='rowgroup']"))
    assert notes(figure) == (["组：均为一。"] if set(groups) == {"一"} else [])


def test_a_total_is_told_from_its_parts():
    """The row that is the total of others, by its name or by its ledger, is marked as one."""
    figure = shown({"对象": [*NAMES[:2], "合计"], "数值": COUNTS})
    assert [row.get("class") for row in figure.xpath(".//tbody/tr")] == [None, None, "total"]
    rows = pd.DataFrame({"subject": NAMES, "value": COUNTS}, index=pd.Index([2, 3, 4], name="row"))
    rows.attrs["totals"] = {"value": [2]}
    made = table(rows, {"subject": "对象", "value": "数值"}, name="t", caption="表")
    assert [row.get("class") for row in lxml.html.fromstring(made.html).xpath(".//tbody/tr")] == ["total", None, None]
