"""A whole and its parts: sums by kind, totals, figures that can stand side by side."""

import re

import pandas
import pytest

from pipeline.facts import Fact, Quantity, Sources
from pipeline.notebook import listed, stated, table
from pipeline.notebook.wholes import added_up, broken_down, side_by_side, with_total

ROLES = {"basis": "basis", "category": "subject", "disclosure": "disclosure"}


def rows(*records):
    """A ledger's rows; what is written with a digit is a figure of its row and column."""
    made = [
        {field: _cell(text, row, field) if field.startswith("value") else text for field, text in record.items()}
        for row, record in enumerate(records, 2)
    ]
    frame = pandas.DataFrame(made, index=pandas.RangeIndex(2, len(made) + 2, name="row"), dtype=object)
    frame.attrs = {"source": "tables/t.csv", "roles": ROLES}
    return frame


def _cell(text, row, field):
    return Fact(Quantity.parse(text), Sources.cell("tables/t.csv", row, field))


def plain(said):
    return re.sub(r"<[^>]*>", "", f"{said}")


def test_a_breakdown_says_what_each_kind_comes_to():
    """Rows of a kind are summed, each unit by itself; rows without kind or figure are in none; of no rows nothing is said."""
    cases = rows(
        {"kind": "撤销", "value": "1件"}, {"kind": "维持", "value": "12件"}, {"kind": "撤销", "value": "2件"},
        {"kind": "", "value": "5件"}, {"kind": "维持", "value": ""}, {"kind": "维持", "value": "3人"},
    )  # fmt: skip
    assert plain(broken_down(cases, "kind", "value")) == "撤销3件、维持12件、维持3人"
    assert "row=2;col=value tables/t.csv#row=4;col=value" in broken_down(cases, "kind", "value")
    assert broken_down(cases[:0], "kind", "value") == ""


def test_a_breakdown_without_figures_counts_rows():
    """Without a field of figures it says how many rows each kind has; of no rows nothing."""
    changes = rows({"change": "新增"}, {"change": "取消"}, {"change": "新增"})
    assert plain(broken_down(changes, "change", unit="项")) == "新增2项、取消1项"
    assert broken_down(changes[:0], "change", unit="项") == ""


def test_rows_that_state_a_number():
    """Blank, / and 不适用 state none, nor does what a merge left open; a frame without such rows keeps its columns."""
    cases = rows(*({"kind": text, "value": text} for text in ("3件", "", "/", "不适用", "0件")))
    cases.loc[7] = ["NaN", float("nan")]
    assert stated(cases, "value").kind.tolist() == ["3件", "0件"]
    assert list(stated(cases[:0], "value").columns) == ["kind", "value"]
    assert stated(cases, "value").attrs == cases.attrs


def test_only_what_was_added_up_is_said_with_its_basis():
    """本年累计 and 开办以来累计 are said beside a figure, the others are not."""
    assert [added_up(one) for one in ("当期", "本年累计", "开办以来累计", "时点", "未注明", "")] == [
        "", "本年累计", "开办以来累计", "", "", "",
    ]  # fmt: skip


def test_only_figures_of_one_unit_and_basis_stand_side_by_side():
    """What is in another unit, or was added up since another day, than most is not drawn with them."""
    handled = rows(
        {"name": "a", "value": "3件", "basis": "当期"}, {"name": "b", "value": "4件", "basis": "未注明"},
        {"name": "c", "value": "5宗", "basis": "当期"}, {"name": "a", "value": "9件", "basis": "本年累计"},
    )  # fmt: skip
    assert side_by_side(handled, "value").name.tolist() == ["a", "b"]
    assert side_by_side(handled[:0], "value").empty


@pytest.mark.parametrize(
    ("records", "whole"),
    [
        ([("2020", "", "9件")], {"": "9件"}),
        ([("2020", "施工许可", "9件")], {"施工许可": "9件"}),
        ([("2020", "施工许可", "9件"), ("2020", "市场准入", "5件")], {"合计": "14件"}),
        ([("2020", "施工许可", "9件"), ("2020", "合计", "9件")], {"合计": "9件"}),
        ([("2020", "施工许可", "9件"), ("2020", "市场准入", "5宗")], {"合计": ""}),
        ([("2020", "施工许可", "9件"), ("2020", "市场准入", "5件"), ("2019", "", "3件")], {"合计": "14件", "": "3件"}),
    ],
)
def test_a_total_is_added_where_the_ledger_has_none(records, whole):
    """Of several parts of a year there is one 合计, stated or summed; a single row is its year's whole; units are not mixed."""
    licences = rows(*({"year": year, "category": kind, "value": text} for year, kind, text in records))
    made = with_total(licences, per="year", label="category", values=["value"])
    found = made[made.whole]
    assert {kind: str(fact) for kind, fact in zip(found.category, found.value, strict=True)} == whole
    assert made.index.name == "row"
    assert with_total(licences[:0], per="year", label="category", values=["value"]).empty


def test_a_long_list_stops_at_a_number():
    """A list longer than ``most`` says its first rows and what follows; one that is not says all, without it."""
    activities = rows(*({"name": name} for name in "甲乙丙"))
    assert listed(activities, lambda row: row.name, most=2, more="等3场").markdown == "甲；乙等3场。"
    assert listed(activities, lambda row: row.name, most=3, more="等3场").markdown == "甲；乙；丙。"


@pytest.mark.parametrize(
    ("figures", "unit", "cells"),
    [
        (["3件", "4件"], "件", ["3", "4"]),
        (["3宗", "4宗"], "宗", ["3", "4"]),
        (["3宗", "4例"], "", ["3宗", "4例"]),
        (["3件", "4宗"], "件", ["3", "4宗"]),
    ],
)
def test_a_table_prints_units_as_stated(figures, unit, cells):
    """The unit at the right is the one the figures have; a figure in another keeps its own."""
    html = table(
        rows(*({"name": "甲", "value": text} for text in figures)), {"name": "事项", "value": "数量"},
        name="t", caption="表", unit="件",
    ).html  # fmt: skip
    assert re.findall(r"单位：(.*?)</p>", html) == ([unit] if unit else [])
    assert [re.sub(r"<[^>]*>", "", one) for one in re.findall(r'<td class="number">.*?</td>', html)] == cells
