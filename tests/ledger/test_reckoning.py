"""Declared rules are held and have the last word, and a total is no part of a sum."""

import json

import pytest
from samples import REPORT

from pipeline.charts.bars import bar_chart
from pipeline.ledger import check, read
from pipeline.notebook import is_total, without_totals
from pipeline.notebook.comparison import totals
from pipeline.workspace import Workspace

INDICATORS = "板块,改革事项,对象,指标,数值,限定词,单位,口径,截至,内容,公开属性,备注\n"


def frame(folder, rows):
    """指标 with rows of (subject, measure, value)."""
    (folder / "tables").mkdir(parents=True)
    lines = "".join(f"示例,,{subject},{measure},{value},,件,当期,2021-06,,,\n" for subject, measure, value in rows)
    (folder / "tables" / "indicators.csv").write_text(INDICATORS + lines, encoding="utf-8-sig")
    return read(folder, "indicators")


@pytest.mark.parametrize("name", ["合计", "总计", "小计", "合 计", "两类共计", "上半年合计", "全部"])
@pytest.mark.parametrize("at", ["top", "bottom"])
def test_a_total_that_holds_is_no_part(name, at, tmp_path):
    """A total that others come to is neither added up nor drawn; its own figure stays in the frame."""
    parts = [("甲类", "收案", 3), ("乙类", "收案", 2)]
    total = (name, "收案", 5)
    rows = frame(tmp_path, [total, *parts] if at == "top" else [*parts, total])
    assert is_total(rows, "value").tolist() == [row == name for row in rows["subject"]]
    assert sum(without_totals(rows, "value")["value"]) == 5
    assert totals(rows, "measure", ["value"])["value"].tolist() == [5]
    assert name not in bar_chart(rows, label="subject", value="value", name="cases", caption="收案").alt
    assert rows["value"].tolist().count(5) == 1


ONCE = [
    # rows of (subject, measure, value) in the order of the file, what they come to
    ([("甲类", "收案", 3), ("乙类", "收案", 2), ("合计", "收案", 5)], 5),
    ([("合计", "收案", 5), ("甲类", "收案", 3), ("乙类", "收案", 2)], 5),
    ([("甲类", "收案", 3), ("乙类", "收案", 2), ("合计", "收案", 7)], 12),
    ([("全区", "收案", 1234), ("区级", "收案", 1000), ("镇级", "收案", 234)], 1234),
    ([("全区", "收案", 12), ("区级", "收案", 8), ("镇级", "收案", 4)], 24),
    (
        [("甲", "收案", 3), ("乙", "收案", 2), ("小计", "收案", 5), ("丙", "收案", 4), ("小计", "收案", 4), ("合计", "收案", 9)],
        9,
    ),
    ([("甲", "收案", 3), ("乙", "收案", 2), ("合计", "收案", 5), ("丁", "收件", 8), ("戊", "收件", 1), ("合计", "收件", 9)], 14),
]  # fmt: skip


@pytest.mark.parametrize(("listed", "summed"), ONCE)
def test_a_sum_counts_each_case_once(listed, summed, tmp_path):
    """Whatever adds a column up leaves out a total whose parts are there, wherever it stands, and no other row."""
    rows = frame(tmp_path, listed)
    assert rows["value"].sum() == summed
    assert sum(rows["value"]) == summed
    assert sum(rows.groupby("measure")["value"].sum()) == summed


def test_a_total_and_some_of_its_parts_are_the_total(tmp_path):
    """A sum over a total and one part has counted the part already; what is no part is added, a difference is as usual."""
    rows = frame(tmp_path, [("甲类", "收案", 3), ("乙类", "收案", 2), ("合计", "收案", 5), ("上访", "来访", 4)])
    one, _, total, other = rows["value"]
    assert (one + total, total + one, total + other, total + other + one, total - one) == (5, 5, 9, 9, 2)


def test_a_declared_total_is_no_part(tmp_path):
    """A sum declared over rows makes a total of a row under any name, where it holds."""
    for name, value, totals_found in (("holds", 5, [True]), ("not", 6, [False])):
        folder = tmp_path / name
        (folder / "tables").mkdir(parents=True)
        (folder / "tables" / "checks.csv").write_text(
            "表,名称,规则,级别,备注\n指标,两级,两级 = 区级 + 镇级,错误,\n", encoding="utf-8-sig"
        )
        listed = [("区级", 3), ("镇级", 2), ("两级", value)]
        lines = "".join(f"示例,,{about},收案,{number},,件,当期,2021-06,,,\n" for about, number in listed)
        (folder / "tables" / "indicators.csv").write_text(INDICATORS + lines, encoding="utf-8-sig")
        rows = read(folder, "indicators")
        assert is_total(rows, "value").tolist()[2:] == totals_found
        assert rows["value"].sum() == (5 if totals_found == [True] else 11)
        drawn = bar_chart(rows, label="subject", value="value", name="cases", caption="收案").alt
        assert ("两级" in drawn) is not totals_found[0]


def test_a_total_that_does_not_hold_does_not_vanish(tmp_path):
    """Where the name says total and the figures do not, nothing is left out."""
    rows = frame(tmp_path, [("甲类", "收案", 3), ("乙类", "收案", 2), ("合计", "收案", 7)])
    assert not is_total(rows, "value").any()
    assert "合计" in bar_chart(rows, label="subject", value="value", name="cases", caption="收案").alt


def test_a_name_like_a_total_is_a_part(tmp_path):
    """总工会 and 综合窗口 are parts, though the others come to them."""
    rows = frame(tmp_path, [("统计局", "受理", 18), ("审计局", "受理", 22), ("总工会", "受理", 40)])
    assert not is_total(rows, "value").any()


def test_only_a_total_left_is_itself(tmp_path):
    """A frame cut to its total still has it: what was asked for is there."""
    rows = frame(tmp_path, [("甲类", "收案", 3), ("乙类", "收案", 2), ("合计", "收案", 5)])
    assert len(without_totals(rows[rows["subject"] == "合计"], "value")) == 1


RULED = [
    # rule, rows of (subject, measure, value, unit), whether it holds
    ("合计 = 区级 + 镇级", [("区级", "办件量", 2897, "件"), ("镇级", "办件量", 791, "件"), ("合计", "办件量", 3688, "件")], True),
    ("合计 = 区级 ＋ 镇级", [("区级", "办件量", 2897, "件"), ("镇级", "办件量", 791, "件"), ("合计", "办件量", 3689, "件")], False),
    ("合计 = 区级 + 镇级 ± 1", [("区级", "办件量", 2897, "件"), ("镇级", "办件量", 791, "件"), ("合计", "办件量", 3689, "件")], True),
    ("合计 = 区级 + 镇级 ± 1", [("区级", "办件量", 2897, "件"), ("镇级", "办件量", 791, "件"), ("合计", "办件量", 3690, "件")], False),
    ("区级 + 镇级 = 合计 ± 1", [("区级", "办件量", 2897, "件"), ("镇级", "办件量", 791, "件"), ("合计", "办件量", 3689, "件")], True),
    ("人均办件量 = 办件量 / 人员", [("大厅", "办件量", 3000, "件"), ("大厅", "人员", 20, "人"), ("大厅", "人均办件量", 105, "件")], False),
    ("合计 = 区级 + 镇级", [("区级", "办件量", 2.9, "万件"), ("镇级", "办件量", 0.8, "万件"), ("合计", "办件量", 36880, "件")], True),
    ("办结率 = 办结件 / 受理件", [("大厅", "受理件", 5610, "件"), ("大厅", "办结件", 5497, "件"), ("大厅", "办结率", 97.99, "%")], True),
    ("办结率 = 办结件 ÷ 受理件", [("大厅", "受理件", 5610, "件"), ("大厅", "办结件", 5497, "件"), ("大厅", "办结率", 97.9, "%")], False),
    ("日均 = 全年 / 工作日", [("大厅", "全年", 8.92, "万件"), ("大厅", "工作日", 250, "天"), ("大厅", "日均", 357, "件")], True),
    ("日均 = 全年 / 工作日", [("大厅", "全年", 8.92, "万件"), ("大厅", "工作日", 250, "天"), ("大厅", "日均", 375, "件")], False),
    ("费用 = 户数 × 单价", [("刻章", "户数", 1306, "家"), ("刻章", "单价", 300, "元"), ("刻章", "费用", 39.18, "万元")], True),
]  # fmt: skip


def ruled(root, rule, rows):
    """What check says of 指标 with that rule declared in 勾稽."""
    (root / "notebooks").mkdir(parents=True)
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# 示例"]}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (root / "notebooks" / "01-sample.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    folder = root / "data" / "2021H1" / "tables"
    folder.mkdir(parents=True)
    (folder.parent / "report.toml").write_text(REPORT, encoding="utf-8")
    lines = "".join(f"示例,,{about},{what},{value},,{unit},当期,2021-06,,,\n" for about, what, value, unit in rows)
    (folder / "indicators.csv").write_text(INDICATORS + lines, encoding="utf-8-sig")
    (folder / "checks.csv").write_text(f"表,名称,规则,级别,备注\n指标,示例,{rule},错误,\n", encoding="utf-8-sig")
    return check(Workspace.at(root), "2021H1")


@pytest.mark.parametrize(("rule", "rows", "holds"), RULED)
def test_a_rule_over_rows_is_held(rule, rows, holds, tmp_path):
    """A declared rule finds its rows by name, respects units, and allows what rounding or the rule allows.

    What it says is all that is said of those cells, though totals and rates are held without a rule as well.
    """
    assert [each.code for each in ruled(tmp_path, rule, rows)] == ([] if holds else ["rule-difference"])


def test_a_difference_is_said_in_the_unit_of_the_figures(tmp_path):
    """Both sides and what is between them are told as the ledger counts them."""
    (finding,) = ruled(tmp_path, *RULED[1][:2])
    assert "左边 3689件，右边 3688件，差 1件" in finding.text("zh")


def test_other_units_are_told_and_not_added(tmp_path):
    """件 and 宗 are not added up, 万元 and 元 are one unit."""
    rows = [("区级", "办件量", 2897, "件"), ("镇级", "办件量", 791, "宗"), ("合计", "办件量", 3688, "件")]
    (finding,) = ruled(tmp_path / "mixed", "合计 = 区级 + 镇级", rows)
    assert (finding.code, finding.params["units"]) == ("rule-units", ("件", "宗"))
    money = [("区级", "经费", 2.5, "万元"), ("镇级", "经费", 7000, "元"), ("合计", "经费", 3.2, "万元")]
    assert ruled(tmp_path / "one", "合计 = 区级 + 镇级", money) == []


@pytest.mark.parametrize(
    ("rule", "granted", "holds"),
    [
        ("受理数量 = 许可数量", 101, False),
        ("受理数量 = 许可数量 ± 1", 101, True),
        ("受理数量 = 许可数量 误差1", 102, False),
    ],
)
def test_a_rule_over_columns_may_give_a_tolerance(rule, granted, holds, sample):
    """± 1 behind a rule over columns allows as much in each row."""
    sample.put("licences", [{"受理数量": "100", "许可数量": str(granted)}])
    sample.put("checks", [{"规则": rule}])
    assert [each.code for each in sample.check() if each.code.startswith("rule-")] == (
        [] if holds else ["rule-difference"]
    )


@pytest.mark.parametrize(("tolerance", "told"), [("", ["rule-difference"]), (" ± 1", []), (None, ["formula-apart"])])
def test_of_a_column_of_sums_a_declared_rule_has_the_last_word(tolerance, told, sample):
    """The row that alone breaks a sum of columns is told once: by the rule where one is declared, which may allow it."""
    right = [{"年度": f"20{year}", "申请数量": "130", "受理数量": "100"} for year in range(15, 20)]
    sample.put("licences", [*right, {"年度": "2020", "申请数量": "130", "受理数量": "101"}])
    rule = f"受理数量 = 许可数量 + 不予许可数量{tolerance}" if tolerance is not None else "申请数量 = 申请数量"
    sample.put("checks", [{"规则": rule}])
    assert [each.code for each in sample.check() if each.code.startswith(("rule-", "formula-"))] == told


@pytest.mark.parametrize(("total", "told"), [(1200, []), (1210, ["total-apart"])])
def test_a_total_of_a_long_ledger_is_held(total, told, sample):
    """The total under more rows than a hand writes is held in one pass, and no part of the sum where it holds."""
    each = {"类型": "行政诉讼", "件数": "1", "收案日期": ""}
    sample.put(
        "cases", [{**each, "案由": f"示例{n}"} for n in range(1200)] + [{**each, "案由": "合计", "件数": str(total)}]
    )
    found = sample.check()
    assert [problem.code for problem in found if problem.code.startswith("total")] == told
    summed = read(sample.root / "data" / "2021H1", "cases")["count"].sum()
    assert summed == (1200 if not told else 1200 + total)


def test_what_a_long_ledger_is_not_held_to_is_said(sample):
    """Rates and averages of more than a thousand rows are not worked out, and that is said once."""
    sample.put("indicators", [{"对象": f"示例{n}"} for n in range(1001)])
    assert [each.place.rows for each in sample.check() if each.code == "not-reckoned"] == [()]


def test_a_name_that_no_row_has_is_told(tmp_path):
    """A misspelt row is an error with the nearest name, and nothing is worked out."""
    (finding,) = ruled(tmp_path, "合计 = 区级 + 镇街", RULED[0][1])
    assert (finding.code, finding.value, finding.severity) == ("rule-row", "镇街", "error")
