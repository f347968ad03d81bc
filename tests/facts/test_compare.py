"""A figure beside an earlier one, in the words of official reports."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts import Fact, Quantity, Sources
from pipeline.facts.compare import change


def fact(text, row=2, folder=""):
    return Fact(Quantity.parse(text), Sources.cell(f"{folder}tables/indicators.csv", row, "数值"))


def words(current, base, kind="环比", **options):
    """The words without the elements around figures."""
    said = change(fact(current), None if base is None else fact(base, 9, "../2020H2/"), kind, **options)
    return re.sub(r"<[^>]+>", "", said.words)


@pytest.mark.parametrize(
    ("current", "base", "said"),
    [
        ("120件", "100件", "环比增长20.0%（上期100件）"),
        ("80件", "100件", "环比下降20.0%（上期100件）"),
        ("100件", "100件", "与上期持平（上期100件）"),
        ("81%", "64%", "环比上升17个百分点（上期64%）"),
        ("6.88%", "10.83%", "环比下降3.95个百分点（上期10.83%）"),
        ("8件", "5件", "比上期增加3件（上期5件）"),
        ("3件", "5件", "比上期减少2件（上期5件）"),
        ("3件", "0件", "比上期增加3件（上期0件）"),
        ("3件", None, "上期无此项"),
        ("3件", "/", "上期无此项"),
        ("3件", "不适用", "上期无此项"),
        ("3件", "", ""),
        ("", "3件", ""),
        ("", "", ""),
        ("3件", "5份", "与上期口径不可比"),
        ("第2位", "第5位", "比上期前移3位（上期第5位）"),
        ("第30位", "第12位", "比上期后移18位（上期第12位）"),
        ("3.5百分点", "12百分点", "环比下降8.5百分点（上期12百分点）"),
        ("5‰", "7‰", "环比下降2个千分点（上期7‰）"),
    ],
)
def test_a_change_is_said_as_reports_say_it(current, base, said):
    """The direction is a word, rates differ in 百分点, small or missing bases give no percentage, the base is printed."""
    assert words(current, base) == said


@pytest.mark.parametrize("current", ["30余次", "约30次", "30次左右", "超30次"])
@pytest.mark.parametrize("base", ["20次", "20余次", "近20次", "30余次"])
def test_a_hedged_figure_gives_no_rate(current, base):
    """Neither a hedged figure nor one beside a hedged base is subtracted or divided, nor called 持平: the base is named."""
    for one, other in ((current, base), (base, current)):
        if fact(one).quantity.qualifier or fact(other).quantity.qualifier:
            said = change(fact(one), fact(other, 9), "环比")
            assert (words(one, other), said.brief, said.difference) == (f"上期为{other}", "概数不可比", None)


def test_another_span_is_not_compared():
    """Figures counted over different spans are not compared, whatever they are."""
    assert words("120件", "100件", "同比", comparable=False) == "与上年同期口径不可比"
    assert words("120件", "100件", "同比", differing="范围") == "与上年同期范围不同，不可比"


def test_a_figure_that_is_not_there_says_nothing():
    """Where the current figure is blank nothing is said."""
    assert not change(fact(""), fact("5件"), "环比")


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_decrease_is_never_an_increase_by_a_negative_figure(current, base):
    """No minus sign is ever printed, and the direction agrees with the figures."""
    said = words(f"{current}件", f"{base}件", "同比")
    assert "-" not in said
    assert ("增" in said.partition("（")[0]) <= (current > base)
    assert bool(re.search("下降|减少", said.partition("（")[0])) <= (current < base)


def test_a_change_names_the_cells_of_both_periods():
    """The calculated figure carries the sources of the current figure and of its base."""
    said = change(fact("120件", 2), fact("100件", 9, "../2020H2/"), "环比")
    assert [cell.table for cell in said.difference.sources.cells()] == [
        "../2020H2/tables/indicators.csv",
        "tables/indicators.csv",
    ]
    assert said.difference.value == Decimal(20)
