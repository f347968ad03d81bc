"""A report says one thing of one thing."""

import pytest
from material import INDICATORS, POLICIES, SETTINGS, body, chart, frame, handled, report, says, shows, value

from pipeline.facts import share
from pipeline.vouch import Ledgers, consistency

OTHER = frame(
    "coordination",
    {"subject": "一业一证", "measure": "办件量", "value": "323件", "as_of": "2021-06"},
    {"subject": "一业一证", "measure": "办件量", "value": "300件", "as_of": "2021-05"},
    {"subject": "一链办理", "measure": "办件量", "value": "190余件", "as_of": "2021-06"},
    {"subject": "一链办理", "measure": "办件量", "value": "190件", "as_of": "2021-06"},
)
LEDGERS = Ledgers.of([INDICATORS, POLICIES, OTHER])
OFFICES = (SETTINGS.bureau, SETTINGS.office)


def told(*cells):
    stitched = report(*cells)
    found = consistency(body(stitched), ledgers=LEDGERS, offices=OFFICES, notebook=stitched)
    return [(finding.severity, finding.text("en")) for finding in found]


def contradiction(place, about, found, sentence, other_found, other, other_sentence, cells):
    return (
        "error",
        f"{place}: {about} is '{found}' here (“{sentence}”) but '{other_found}' at {other} (“{other_sentence}”); "
        f"compare {cells[0]} with {cells[1]}.",
    )


ONE, TWO = "tables/indicators.csv#row=2;col=数值", "tables/coordination.csv#row=2;col=数值"
ABOUT = "一业一证，办件量，2021年6月"


def test_two_values_of_one_thing_are_an_error_that_shows_both_places():
    """A subject, measure and date with two values, both in prose, is told with both sentences and both cells."""
    assert told(says(f"一业一证办件量{value(2)}。"), says(f"其中一业一证{value(2, OTHER)}。")) == [
        contradiction(
            "reform, cell 3, paragraph 2",
            ABOUT,
            "323",
            "其中一业一证323件。",
            "322",
            "reform, paragraph 1",
            "一业一证办件量322件。",
            (TWO, ONE),
        )
    ]


@pytest.mark.parametrize(
    ("second", "place", "found", "sentence"),
    [
        (shows(handled(OTHER).html), "reform, cell 3, 表1, row '一业一证', column '办件量'", "323", "323"),
        (
            shows(
                handled(OTHER).html.replace("各改革事项办件量", f"办件量{value(2, OTHER)}").split("<table>")[0]
                + "</figure>"
            ),
            "reform, cell 3, 表1 caption",
            "323",
            "表1 办件量323件",
        ),
    ],
)
def test_a_table_that_contradicts_the_prose_is_an_error(second, place, found, sentence):
    """A cell or a caption that gives another value than the prose is told with both places."""
    expected = contradiction(place, ABOUT, found, sentence, "322", "reform, paragraph 1", "办件量322件。", (TWO, ONE))
    assert expected in told(says(f"办件量{value(2)}。"), second)


def test_a_chart_that_contradicts_the_prose_is_an_error():
    """The facts behind a chart are held against those of the prose."""
    found = told(says(f"办件量{value(2, OTHER)}。"), shows(chart("条形图。")))
    assert found == [
        contradiction(
            "reform, cell 3, 图1", ABOUT, "322", "", "323", "reform, paragraph 1", "办件量323件。", (ONE, TWO)
        )
    ]


def test_a_qualifier_makes_another_statement():
    """190 and 190余 of one thing contradict each other."""
    ((severity, text),) = told(says(f"一链办理{value(3)}，{value(4, OTHER)}。"))
    assert severity == "error"
    assert "is '190余' here" in text


def test_what_agrees_is_not_told():
    """The same value from two ledgers, another date, and one share rounded to two precisions agree."""
    rounded = f"占{share(value(2), value(3), 1)}，约{share(value(2), value(3), 2)}"
    assert told(says(f"{value(2)}，{value(3, OTHER)}，{value(3)}，{value(5, OTHER)}，{rounded}。")) == []


def test_each_part_of_a_total_has_a_share_of_its_own():
    """Shares, ratios and products of the same cells are different statements, and none contradicts another."""
    one, two = value(2), value(3)
    total = one + two
    each = [
        share(one, total),
        share(two, total),
        one / total * 100,
        two / total * 100,
        total / 2,
        total / 12,
        total * 2,
        total * 3,
        100 - share(one, total),
        100 - share(two, total),
        share(one, total) - share(two, total),
        share(two, total) + share(two, total),
    ]
    assert told(says(f"分别为{'、'.join(map('{}'.format, each))}。")) == []


def test_two_results_of_one_calculation_are_an_error():
    """A sum of the same cells given with two values is told."""
    total = format(value(2) + value(3), "")
    ((severity, text),) = told(says(f"合计{total}，共{total.replace('512', '521')}。"))
    assert severity == "error"
    assert "sum，tables/indicators.csv#row=2-3;col=数值 is '521' here" in text


@pytest.mark.parametrize(
    "title",
    [
        '《关于推进"一窗受理"的协议书》',
        "《关于推进“一窗受理” 的协议书》",
        "《关于推进“一窗受理”的协议》",
        "《区政府关于推进“一窗受理”的协议书》",
    ],
)
def test_a_document_named_two_ways_is_a_warning(title):
    """Another quotation mark, a blank, a word less or an issuer more make another name of the same document."""
    assert told(says(f"起草{title}。")) == [
        (
            "warning",
            f"reform, cell 2, paragraph 1: the document {title} is also written 《关于推进“一窗受理”的协议书》 "
            "(tables/policies.csv#row=2;col=文件名称); write it one way.",
        )
    ]


def test_documents_of_two_years_are_two_documents():
    """Titles that differ in their digits, or altogether, are not confused."""
    assert told(says("印发《2020年度工作要点》《2021年度工作要点》《行政许可法》《行政处罚法》。")) == []


@pytest.mark.parametrize(
    "name", ["槐荫区行政审批局", "槐荫区行政审批服务管理局", "槐荫区行政审枇服务局", "政策与法规科"]
)
def test_an_office_named_two_ways_is_a_warning(name):
    """A name with characters missing, added or mistyped between the beginning and the end of a known one is told."""
    known, where = (
        (SETTINGS.office, "tables/policies.csv#row=3;col=发文机关")
        if name.endswith("科")
        else (SETTINGS.bureau, "report.toml")
    )
    assert told(says(f"由{name}组织实施。")) == [
        (
            "warning",
            f"reform, cell 2, paragraph 1: the office '{name}' is also written '{known}' ({where}); write it one way.",
        )
    ]


def test_two_offices_of_one_district_are_two_offices():
    """Offices whose names differ in what tells them apart, or that are both known, are not confused."""
    text = "<p>槐荫区民政局、槐荫区财政局、济南市司法局槐荫分局和济南市司法局历下分局。</p>"
    known = ["槐荫区民政局", "济南市司法局槐荫分局", "济南市司法局历下分局", "济南市局"]
    assert consistency(text, ledgers=LEDGERS, offices=known) == ()


def test_offices_written_in_full_are_not_told():
    """A known name, one that only begins alike and one of another office are left alone."""
    assert (
        told(says("槐荫区行政审批服务局政策法规科会同槐荫区市场监督管理局、国务院办公厅落实政策，推动法规学习和科普。"))
        == []
    )


def of_units(name, key, *rows):
    made = frame(name, *({"subject": "一业一证", "measure": "办件量", "as_of": "2021-06"} | row for row in rows))
    made.attrs["key"] = key
    return made


@pytest.mark.parametrize(
    ("said", "contradicting"),
    [
        ([("units", 2), ("totals", 2)], 0),
        ([("units", 2), ("units", 3), ("totals", 2), ("totals", 2)], 0),
        ([("units", 2), ("units", 4)], 1),
        ([("totals", 2), ("totals", 3)], 1),
    ],
)
def test_a_units_figure_is_held_against_that_units_alone(said, contradicting):
    """The sum over units and each unit's part state different things; two values of one unit, or two sums, contradict each other."""
    rows = {
        "units": of_units(
            "unit_figures", ["subject", "measure", "as_of", "issuer"],
            {"issuer": "甲局", "value": "100件"}, {"issuer": "乙局", "value": "200件"}, {"issuer": "甲局", "value": "101件"},
        ),
        "totals": of_units("unit_totals", ["subject", "measure", "as_of"], {"value": "300件"}, {"value": "301件"}),
    }  # fmt: skip
    stitched = report(says("，".join(f"{value(row, rows[name])}" for name, row in said)))
    found = consistency(body(stitched), ledgers=Ledgers.of(list(rows.values())), notebook=stitched)
    assert [one.code for one in found] == ["contradiction"] * contradicting
