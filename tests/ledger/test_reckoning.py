"""Totals, rates, averages and changes: what slips is told, what is right is left alone, and a total is no part."""

import pytest
from slip_tables import GROUPS, tables

from pipeline.charts.bars import bar_chart
from pipeline.ledger import read
from pipeline.notebook import is_total, without_totals
from pipeline.notebook.comparison import totals

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
    assert totals(rows, "measure", "value")["value"].tolist() == [5]
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
