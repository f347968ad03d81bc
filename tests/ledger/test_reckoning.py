"""Totals, rates, averages and changes: what slips is told, what is right is left alone, and a total is no part."""

import json

import pytest
from samples import REPORT
from slip_tables import GROUPS, tables

from pipeline.charts.bars import bar_chart
from pipeline.ledger import check, read
from pipeline.notebook import is_total, without_totals
from pipeline.notebook.comparison import totals
from pipeline.workspace import Workspace

INDICATORS = "板块,改革事项,对象,指标,数值,限定词,单位,口径,截至,内容,公开属性,备注\n"


@pytest.mark.parametrize("group", GROUPS)
def test_slips_are_told_and_right_tables_left_alone(group, tmp_path):
    """Of each part of the corpus nine slips of ten are told; a right table has no error and under 0.2 warnings."""
    corpus = tables(group)
    slips = [table for table in corpus if table.slip]
    told = sum(table.is_slip_told(tmp_path / "slips" / table.id) for table in slips)
    found = [finding for table in corpus for finding in table.told(tmp_path / "right" / table.id)]
    assert told >= 0.9 * len(slips)
    assert not [finding.text() for finding in found if finding.severity == "error"]
    assert len(found) < 0.2 * len(corpus)


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
    ("合计 = 区级 + 镇级", [("区级", "办件量", 2.9, "万件"), ("镇级", "办件量", 0.8, "万件"), ("合计", "办件量", 36880, "件")], True),
    ("办结率 = 办结件 / 受理件", [("大厅", "受理件", 5610, "件"), ("大厅", "办结件", 5497, "件"), ("大厅", "办结率", 97.99, "%")], True),
    ("办结率 = 办结件 ÷ 受理件", [("大厅", "受理件", 5610, "件"), ("大厅", "办结件", 5497, "件"), ("大厅", "办结率", 97.9, "%")], False),
    ("日均 = 全年 / 工作日", [("大厅", "全年", 8.92, "万件"), ("大厅", "工作日", 250, "天"), ("大厅", "日均", 357, "件")], True),
    ("日均 = 全年 / 工作日", [("大厅", "全年", 8.92, "万件"), ("大厅", "工作日", 250, "天"), ("大厅", "日均", 375, "件")], False),
    ("费用 = 户数 × 单价", [("刻章", "户数", 1306, "家"), ("刻章", "单价", 300, "元"), ("刻章", "费用", 39.18, "万元")], True),
]  # fmt: skip


def ruled(root, rule, rows):
    """The codes of what check says of 指标 with that rule declared in 勾稽, about rules alone."""
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
    return [finding for finding in check(Workspace.at(root), "2021H1") if finding.code.startswith("rule-")]


@pytest.mark.parametrize(("rule", "rows", "holds"), RULED)
def test_a_rule_over_rows_is_held(rule, rows, holds, tmp_path):
    """A declared rule finds its rows by name, respects units, and allows what rounding or the rule allows."""
    assert [each.code for each in ruled(tmp_path, rule, rows)] == ([] if holds else ["rule-difference"])


def test_a_difference_is_said_in_the_unit_of_the_figures(tmp_path):
    """Both sides and what is between them are told as the ledger counts them."""
    (finding,) = ruled(tmp_path, *RULED[1][:2])
    assert "左边 3689件，右边 3688件，差 1件" in finding.text("zh")


def test_a_name_that_no_row_has_is_told(tmp_path):
    """A misspelt row is an error with the nearest name, and nothing is worked out."""
    (finding,) = ruled(tmp_path, "合计 = 区级 + 镇街", RULED[0][1])
    assert (finding.code, finding.value, finding.severity) == ("rule-row", "镇街", "error")
