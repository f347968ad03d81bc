"""Figures as people state them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.facts.quantity import QUALIFIERS, Quantity, StatedError

PIECES = (
    "由 从 上升到 下降到 增至 第 约 近 超 余 左右 以上 以下 万 亿 件 % 百分点 个 位 - 3 64 81 0 1,234 0.50 . ，".split()
)
ALPHABET = "0123456789.,+-%/ 余近约超左右以上下由从升到降第位名万亿千百十件次人个百分点元天年月０１２．％－，／　不适用OlE()（）、—～=#"
UNITS = ("", "件", "次", "人次", "个百分点", "百分点", "%", "‰", "元", "平方米", "千克", "元/件", "km")


def read(text):
    """The figure, or the error that refuses it."""
    try:
        return Quantity.parse(text)
    except StatedError as error:
        return error


@st.composite
def stated(draw):
    """A figure as the grammar allows it, with or without unit, scale and one qualifier."""
    qualifier = draw(st.sampled_from(("", *QUALIFIERS)))
    before = qualifier if qualifier in ("近", "约", "超") else ""
    behind = qualifier if qualifier in ("左右", "以上", "以下") else ""
    whole = draw(st.integers(0, 99_999_999))
    number = draw(st.sampled_from([str(whole), f"{whole:,}"]))
    decimals = draw(st.text("0123456789", max_size=4))
    number += f".{decimals}" if decimals else ""
    sign = draw(st.sampled_from(["", "-"])) if whole and not before else ""
    scale = draw(st.sampled_from(["", "万", "亿"]))
    scaled = draw(st.sampled_from([f"{scale}余", f"余{scale}"])) if qualifier == "余" else scale
    return f"{before}{sign}{number}{scaled}{draw(st.sampled_from(UNITS))}{behind}"


@given(stated())
def test_what_the_grammar_allows_is_read_and_worded_again(text):
    """A well-formed figure is read, its wording keeps its digits, and reading the wording gives the figure back."""
    quantity = Quantity.parse(text)
    assert str(quantity) == text.replace(",", "")
    assert Quantity.parse(str(quantity)) == quantity


@settings(max_examples=2000)
@given(st.text(ALPHABET, max_size=12) | st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
def test_any_text_is_refused_or_comes_back(text):
    """Whatever is typed is either refused with a reason, or worded so that reading the words gives the value back."""
    quantity = read(text)
    if isinstance(quantity, StatedError):
        assert quantity.reason
        assert quantity.found == text.strip()
        return
    assert Quantity.parse(str(quantity)) == quantity
    assert str(Quantity.parse(str(quantity))) == str(quantity)


@given(stated(), st.sampled_from(("", "万件", "亿元", *UNITS)), st.sampled_from(("", *QUALIFIERS)))
def test_columns_beside_the_figure_come_back_in_its_words(text, unit, qualifier):
    """A figure read with its unit and qualifier from other columns comes back from its words alone."""
    try:
        quantity = Quantity.parse(text, unit=unit, qualifier=qualifier)
    except StatedError:
        return
    assert Quantity.parse(str(quantity)) == quantity


@given(
    st.decimals("0.01", "999", places=2), st.decimals("0.01", "999", places=2), st.sampled_from(["%", "万件", "亿元"])
)
def test_a_change_keeps_both_its_ends(first, last, unit):
    """由…上升到… keeps origin and value, with the printed decimals of each, or is refused where nothing moves."""
    verb = "上升到" if last > first else "下降到"
    text = f"由{first}{unit}{verb}{last}{unit}"
    if first == last:
        with pytest.raises(StatedError, match="rise or fall does not agree"):
            Quantity.parse(text)
        return
    quantity = Quantity.parse(text)
    assert str(quantity) == text
    assert (quantity.origin < quantity.value) == (first < last)


@pytest.mark.parametrize(
    ("text", "value", "number", "tail"),
    [
        ("10余", "10", "10余", ""),
        ("3万余", "30000", "3万余", ""),
        ("30余万条", "300000", "30余万", "条"),
        ("约200", "200", "约200", ""),
        ("3.4万", "34000", "3.4万", ""),
        ("-24.76%", "-24.76", "-24.76", "%"),
        ("84.50%", "84.5", "84.50", "%"),
        ("由64%上升到81%", "81", "由64%上升到81", "%"),
        ("从 1.2万 增至 1.5万 件", "15000", "由1.2万件上升到1.5万", "件"),
        ("第1位", "1", "第1", "位"),
        ("11.44%以下", "11.44", "11.44", "%以下"),
        ("1,123.8万", "11238000", "1123.8万", ""),
        ("３０２１５", "30215", "30215", ""),
        ("200人左右", "200", "200", "人左右"),
        ("17个百分点", "17", "17", "个百分点"),
        ("3千克", "3", "3", "千克"),
        ("+3.5%", "3.5", "3.5", "%"),
        ("0", "0", "0", ""),
    ],
)
def test_what_people_type(text, value, number, tail):
    """Each way of stating a figure keeps its value, its digits and its words."""
    quantity = Quantity.parse(text)
    assert (quantity.plain, quantity.number, quantity.tail) == (value, number, tail)


@pytest.mark.parametrize(
    ("text", "state"), [("", "blank"), ("　", "blank"), ("/", "slash"), ("／", "slash"), ("不适用", "not-applicable")]
)
def test_blank_none_and_not_applicable_differ_from_zero(text, state):
    """Blank, / and 不适用 are three states without a value, each its own; 0 is a value."""
    quantity = Quantity.parse(text, unit="件")
    assert (quantity.state, quantity.value, quantity.tail) == (state, None, "")
    assert Quantity.parse("0").value == 0


def test_a_figure_and_its_columns():
    """Unit and qualifier may stand in columns of their own; 万 before the unit multiplies."""
    quantity = Quantity.parse("3.4", unit="万件", qualifier="近")
    assert (quantity.value, quantity.unit, str(quantity)) == (Decimal(34000), "件", "近3.4万件")


def test_a_calculated_figure_keeps_unit_and_prints_the_decimals_asked_for():
    """with_value keeps the unit, is neither rank nor change, and rounds half up when printed."""
    figure = Quantity.parse("由64%上升到81%").with_value(Decimal("72.345"), 2)
    assert (str(figure), figure.plain, figure.origin) == ("72.35%", "72.345", None)


def test_a_refusal_says_what_may_stand_there():
    """A refused figure carries the text, the reason and what is allowed."""
    with pytest.raises(StatedError) as refused:
        Quantity.parse("暂无")
    assert (refused.value.found, refused.value.reason, refused.value.allowed) == (
        "暂无",
        "word-for-nothing",
        "0 / 不适用",
    )


@pytest.mark.parametrize("text", ["由64%上升到81件", "由64上升到81%", "由64上升到81‰", "由64件上升到81%"])
def test_a_change_has_one_unit(text):
    """Both figures of a change count in the same unit; a rate is never compared with a bare number."""
    with pytest.raises(StatedError, match="units differ"):
        Quantity.parse(text)
