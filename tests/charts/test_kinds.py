"""Every kind of chart: what it draws, says and carries are the facts it was given, gaps, hedges and negatives among them."""

from __future__ import annotations

import base64
import json
import random
import re
from html import unescape
from itertools import combinations, pairwise

import matplotlib.figure
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.charts.bars import bar_chart
from pipeline.charts.house_style import ems
from pipeline.charts.own_figure import chart
from pipeline.charts.parts_of_a_whole import parts_chart
from pipeline.charts.trend import trend_chart
from pipeline.charts.upright_columns import column_chart
from pipeline.errors import FactError
from pipeline.facts import Fact, Quantity, Sources
from pipeline.period import Period

COMMON = {"label": "label", "value": "value", "name": "it", "caption": "示例"}
KINDS = {"bar": bar_chart, "column": column_chart, "parts": parts_chart, "trend": trend_chart}


def frame(*figures, unit="件"):
    facts = [
        Fact(
            Quantity.parse(text, unit=unit) if text else Quantity(state="blank"),
            Sources.cell("tables/a.csv", row, "数值"),
        )
        for row, text in enumerate(figures, 2)
    ]
    labels = [f"第{number}季" for number in range(1, len(figures) + 1)]
    return pandas.DataFrame({"label": labels, "value": pandas.Series(facts, dtype=object)})


def drawn(made):
    """The words of the drawing for paper and of the one for telephones."""
    found = re.findall(r'(?:src|data-narrow)="data:image/svg\+xml;base64,([^"]+)"', made.html)
    return [re.findall(r"<text[^>]*>([^<]*)</text>", base64.b64decode(one).decode()) for one in found]


def carried(made):
    return [fact[0] for fact in json.loads(unescape(re.search(r'data-facts="([^"]*)"', made.html)[1]))]


figure = st.one_of(
    st.integers(-99_999, 99_999).map(str),
    st.integers(2, 900).map(lambda number: f"{number}0余"),
    st.decimals(-99, 99, places=1).filter(bool).map(lambda number: f"{number:f}"),
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8)
@given(data=st.data())
def test_what_is_drawn_said_and_carried_are_the_facts(kind, data):
    """Figure by figure: in the drawing, in the alternative text, in what the figure carries for the record."""
    figures = data.draw(st.lists(figure, min_size=4, max_size=8))
    if kind == "parts":
        figures = [text.lstrip("-") for text in figures]
    rows = frame(*figures)
    made = KINDS[kind](rows, **COMMON)
    said = [str(fact) for fact in rows["value"]]
    assert all(f"{label}{text}" in made.alt for label, text in zip(rows["label"], said, strict=True))
    assert sorted(set(carried(made))) == sorted({fact.quantity.number for fact in rows["value"]})
    wide, narrow = drawn(made)
    if "单位：件" in made.html:  # as of columns too narrow for figures with their unit
        assert kind == "column"
        said = [text.replace("件", "", 1) for text in said]
    assert all(any(text in word for word in wide) for text in said)
    if kind != "trend":  # a telephone has room for the first and the last
        assert all(any(text in word for word in narrow) for text in said)


@pytest.mark.parametrize("kind", ["column", "trend"])
def test_what_states_nothing_is_a_gap(kind):
    """A blank between figures is told as not stated, and no figure is drawn in its place."""
    made = KINDS[kind](frame("12", "", "30", "41", "50"), **COMMON)
    assert "第2季未列" in made.alt
    assert len(carried(made)) == 4
    assert not any(word.startswith("0") for word in drawn(made)[0])


@pytest.mark.parametrize(
    ("kind", "legend", "told"),
    [
        ("trend", (), "折线图：示例。第1季12件，10件；第2季未列，11件；第3季30件；第4季41件，40件；第5季50件，45件。"),
        (
            "trend",
            ("本期", "上年同期"),
            "折线图：示例。第1季本期12件，上年同期10件；第2季本期未列，上年同期11件；第3季本期30件；"
            "第4季本期41件，上年同期40件；第5季本期50件，上年同期45件。",
        ),
        ("bar", (), "条形图：示例。第1季12件，10件；第3季30件；第4季41件，40件；第5季50件，45件。"),
    ],
)
def test_two_series_are_told_side_by_side(kind, legend, told):
    """Of each row both figures; where the second is blank the first alone, where the first is its gap, if it has one."""
    rows = frame("12", "", "30", "41", "50")
    rows["base"] = frame("10", "11", "", "40", "45")["value"]
    assert KINDS[kind](rows, **COMMON, base="base", legend=legend).alt == told


def test_fewer_than_four_periods_are_no_trend():
    """Three figures are a sentence, not a line."""
    assert trend_chart(frame("12", "", "30", "41"), **COMMON).markdown == ""


def test_a_part_below_zero_is_no_part():
    """A whole has no negative part: another kind is named."""
    with pytest.raises(FactError, match="bar_chart"):
        parts_chart(frame("12", "-3"), **COMMON)


@pytest.mark.parametrize("kind", KINDS)
def test_different_units_are_not_drawn_together(kind):
    """Pieces and hours have no common length."""
    rows = pandas.concat([frame("12", "3", "5"), frame("4", "7", "9", unit="小时")], ignore_index=True)
    with pytest.raises(FactError, match="小时"):
        KINDS[kind](rows, **COMMON)


def test_a_drawing_of_ones_own_has_chinese_and_its_sources():
    """A plain matplotlib figure gets the Chinese face, alternative text, and the cells of what it was drawn from."""
    rows = frame("12", "30")
    own = matplotlib.figure.Figure()
    axes = own.subplots()
    axes.plot([float(fact) for fact in rows["value"]])
    axes.set_title("办件量走势")
    made = chart(own, rows["value"], name="own", caption="走势", alt="两期办件量。")
    assert made.alt == "两期办件量。" and 'alt="两期办件量。"' in made.html
    assert "tables/a.csv#row=2" in unescape(made.html)


def test_a_drawing_may_be_drawn_from_rows_as_seaborn_draws():
    """A figure of pyplot's under a theme that names other faces gets Chinese ones as well; rows give all their facts."""
    from matplotlib import pyplot

    rows = frame("12", "30")
    with pyplot.rc_context({"font.family": ["sans-serif"], "font.sans-serif": ["Arial", "DejaVu Sans"]}):
        grid, axes = pyplot.subplots(layout="tight")
        axes.bar(["一业一证", "一链办理"], [float(fact) for fact in rows["value"]])
        made = chart(grid, rows, name="own", caption="办件量", alt="两个事项的办件量。")
    assert "tables/a.csv#row=3" in unescape(made.html)
    assert not pyplot.get_fignums()


@pytest.mark.parametrize(("facts", "alt", "word"), [(["x"], "有", "drawn from"), ("value", " ", "alternative text")])
def test_a_drawing_without_sources_or_words_is_told(facts, alt, word):
    """What it was drawn from and what it says are asked for, by name."""
    given_facts = frame("12")["value"] if facts == "value" else facts
    with pytest.raises(FactError, match=word):
        chart(matplotlib.figure.Figure(), given_facts, name="own", caption="走势", alt=alt)


@pytest.mark.parametrize("kind", KINDS)
def test_hedged_figures_are_marked_and_the_note_says_how(kind):
    """近30 is drawn otherwise than 30, in grey too, and a note says what the mark means; without hedges there is neither."""
    hedged, exact = (KINDS[kind](frame("12", second, "41", "50"), **COMMON).html for second in ("近30", "30"))
    for html, mark in ((hedged, True), (exact, False)):
        drawing = base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)[1]).decode()
        assert ("为概数" in html) is mark
        assert ("<pattern" in drawing or "fill: #ffffff; stroke: #1f5f8b" in drawing) is mark


def test_figures_too_unequal_for_bars_are_dots():
    """12 beside 98000 is still seen, on a scale that the note and the alternative text speak of; zero has its place."""
    made = bar_chart(frame("98000", "3200余", "12", "0"), **COMMON, note="截至6月底")
    assert made.alt.startswith("点图：示例。第1季98000件；第2季3200余件；第3季12件；第4季0件")
    assert "注：截至6月底；横轴每格为十倍；菱形为概数" in made.html
    assert all({"98000件", "3200余件", "12件", "0件"} <= set(words) for words in drawn(made))


@pytest.mark.parametrize("most", ["98000", "9800000000", "98000000000000"])
def test_powers_of_ten_are_written_apart(most):
    """However far the figures lie apart, no two powers under the dots stand on each other; they are said in 万 and 亿."""
    made = bar_chart(frame(most, "3", "12"), **COMMON)
    for one in re.findall(r'(?:src|data-narrow)="data:image/svg\+xml;base64,([^"]+)"', made.html):
        written = re.findall(r"<text([^>]*)>(10{0,3}(?:万亿|万|亿)?)</text>", base64.b64decode(one).decode())
        places = [float(re.findall(r"[-\d.]+", re.search(r'transform="([^"]*)"', tag)[1])[-2]) for tag, _ in written]
        assert len(places) > 1
        assert all(right - left > 30 for left, right in pairwise(places))
    assert not re.search(r"1\d{4,}[万亿]|e\+", " ".join(word for words in drawn(made) for word in words))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "figures", [("98000", "3000余", "5000", "70000"), ("9800", "-3000", "5", "-9900"), ("-98", "-3", "-5", "-12")]
)
def test_every_word_is_inside_the_drawing(kind, figures):
    """However long the figures are and on whichever side of zero, what is written ends inside the drawing's edges."""
    made = KINDS[kind](frame(*(figures if kind != "parts" else [each.lstrip("-") for each in figures])), **COMMON)
    for one in re.findall(r'(?:src|data-narrow)="data:image/svg\+xml;base64,([^"]+)"', made.html):
        svg = base64.b64decode(one).decode()
        edge = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
        for size, anchor, at, word in re.findall(
            r'<text style="font-size: ([\d.]+)px[^"]*text-anchor: (\w+)[^"]*" x="([-\d.]+)"[^>]*>([^<]*)<', svg
        ):
            wide = ems(word) * float(size)
            left = float(at) - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            assert left > -1 and left + wide < edge + 1, word


def boxes(svg):
    """(left, bottom, right, top, words) of each text of a drawing, about as it is set."""
    found = []
    for tag, words in re.findall(r"<text ([^>]*)>([^<]*)<", svg):
        size = float(re.search(r"font-size: ([\d.]+)px", tag)[1])
        centred = re.search(r"text-anchor: middle", tag)
        at = re.search(r' x="([-\d.]+)" y="([-\d.]+)"', tag) or re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", tag)
        left, foot = float(at[1]), float(at[2])
        wide = ems(words) * size
        left -= wide / 2 if centred else 0
        found.append((left, foot, left + wide, foot - 0.7 * size, words))
    return found


def touching(written):
    return [
        (a[4], b[4])
        for a, b in combinations(written, 2)
        if a[0] < b[2] - 0.5 and b[0] < a[2] - 0.5 and a[3] < b[1] - 0.5 and b[3] < a[1] - 0.5
    ]


@pytest.mark.parametrize(("figures", "base"), [(22, False), (28, False), (14, True), (20, True)])
@pytest.mark.parametrize("smallest", [200, 1])  # bars, and dots
def test_many_rows_fit_a_page_in_their_own_size(figures, base, smallest):
    """Rows stand closer where a page of paper would not hold them, so that their words are not made smaller, and never touch."""
    rows = frame(*(str(smallest + 40 * place) for place in range(figures)))
    if base:
        rows["base"] = rows["value"]
    made = bar_chart(rows, **COMMON, base="base" if base else "")
    paper = base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', made.html)[1]).decode()
    assert float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', paper)[1]) <= 520
    assert not touching(boxes(paper))


HALVES = [Period("half", year, number).label for year in range(2002, 2022) for number in (1, 2)]
QUARTERS = [Period("quarter", year, number).label for year in range(2012, 2022) for number in range(1, 5)]
MONTHS = [Period("month", year, number).label for year in range(2018, 2022) for number in range(1, 13)]
YEARS = [Period("year", year, 1).label for year in range(1982, 2022)]
YEARLY = [Period("half", year, 1).label for year in range(1982, 2022)]


@pytest.mark.parametrize("kind", ["trend", "column"])
@pytest.mark.parametrize("labels", [HALVES, QUARTERS, MONTHS, YEARS, YEARLY])
@pytest.mark.parametrize(("number", "most"), [(4, 40_000), (7, 400), (12, 40_000), (13, 40), (24, 40), (36, 40_000)])
def test_words_of_many_periods_do_not_touch(kind, labels, number, most):
    """However many periods there are, what names them and their figures stand apart; the last is named, and all are told."""
    chance = random.Random(number * most)
    labels = labels[-number:]
    rows = frame(*(str(chance.randint(1, most)) for _ in labels)).assign(label=labels)
    made = KINDS[kind](rows, **COMMON)
    assert made.alt.count("件") == len(labels)
    for one in re.findall(r'(?:src|data-narrow)="data:image/svg\+xml;base64,([^"]+)"', made.html):
        written = boxes(base64.b64decode(one).decode())
        assert not touching(written)
        named = [words for *_, words in written if "件" not in words and not words.isdigit()]
        assert len(named) >= 2
        assert any(labels[-1].endswith(words) for words in named)


def test_names_of_two_lines_that_end_together_give_way():
    """本期 and 上年同期 do not stand on each other."""
    rows = frame("100", "120", "130", "151").assign(base=frame("90", "95", "100", "150")["value"])
    made = trend_chart(rows, **COMMON, base="base", legend=("本期", "上年同期"))
    svg = base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', made.html)[1]).decode()
    named = re.findall(r"<text([^>]*)>(本期|上年同期)</text>", svg)
    heights = [float(re.findall(r"[-\d.]+", re.search(r'transform="([^"]*)"', tag)[1])[-1]) for tag, _ in named]
    assert len(heights) == 2
    assert abs(heights[0] - heights[1]) > 8  # points, as high as they are


def test_many_columns_say_the_year_and_the_unit_once():
    """Twelve months stand under their columns by the month, the year under the first; the unit of all figures is in the note."""
    rows = frame(*(str(100 * number) for number in range(1, 12)), "1200余", unit="人次")
    rows["label"] = [f"2023年{number}月" for number in range(1, 13)]
    made = column_chart(rows, **COMMON)
    for words in drawn(made):
        assert "2023年" in words
        assert sum("2023" in word for word in words) == 1
        assert {"100", "1100", "1200余"} <= set(words)
    assert "12月" in drawn(made)[0]
    assert "单位：人次" in made.html
    assert "2023年1月：100人次；2023年2月：200人次" in made.alt


def test_wide_figures_of_few_columns_say_their_unit_once():
    """Six figures of six characters would touch on a telephone; six of two have room for their unit."""
    wide = column_chart(frame(*(f"{number}30余" for number in range(1, 7)), unit="人次"), **COMMON)
    assert all({"130余", "630余"} <= set(words) for words in drawn(wide))
    assert "单位：人次" in wide.html
    short = column_chart(frame(*map(str, range(1, 7))), **COMMON)
    assert all({"1件", "6件"} <= set(words) for words in drawn(short))
    assert "单位" not in short.html


def test_a_period_is_broken_after_its_year():
    """Under a trend stands 上半年 and, below the first of each year, 2018年."""
    rows = frame("3", "4", "5", "6")
    rows["label"] = [f"{year}年{half}半年" for year in (2018, 2019) for half in "上下"]
    for words in drawn(trend_chart(rows, **COMMON)):
        assert {"2018年", "上半年", "2019年", "下半年"} <= set(words)


def test_few_columns_keep_what_names_them_and_their_units():
    """Where there is room each figure says its unit; columns of several years say their years."""
    rows = frame("3", "4")
    rows["label"] = ["2022年4月", "2023年4月"]
    paper, _ = drawn(column_chart(rows, **COMMON))
    assert {"3件", "4件", "2022年4月", "2023年4月"} <= set(paper)


@pytest.mark.parametrize(
    ("figures", "dots"),
    [
        (["101", "1"], True), (["100", "1"], False), (["101", "0"], False), (["101", "1", "0"], True),
        (["101", "-1"], False), (["101", ""], False), (["50", "40", "30"], False),
    ],
)  # fmt: skip
def test_figures_of_very_unequal_size_are_dots(figures, dots):
    """Bars where the largest is up to a hundred times the smallest, zero aside; below zero there are bars whatever the sizes."""
    assert bar_chart(frame(*figures), **COMMON).alt.startswith("点图" if dots else "条形图")
