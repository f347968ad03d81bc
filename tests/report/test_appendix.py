"""The list of sources at the end of a report."""

import io
import re

import pypdf
from lxml import html as parser
from material import body, chart, handled, report, says, shows, value

from pipeline.document.record import RecordedFact, link_facts, read_facts
from pipeline.document.source_note import SourceNotes
from pipeline.render import render_pdf
from pipeline.report.appendix import appendix_cells
from pipeline.vouch import Literals, audit

LEDGERS = {"tables/indicators.csv": {"sheet": "指标", "names": [], "letters": {"数值": "E", "截至": "I"}}}
WORDED = SourceNotes({"ledgers": LEDGERS}).worded


def with_sources():
    stitched = report(
        says(f"合计{value(2) + value(3)}。"), shows(handled().html), shows(chart("条形图：一业一证322件。"))
    )
    facts = read_facts(body(stitched))
    stitched["cells"] += appendix_cells(facts, {"reform": "改革创新"}, WORDED)
    return stitched, facts


def listed(facts):
    """What the list says of each place: its name and its figures with their sources."""
    [_, shown] = appendix_cells(facts, {"reform": "改革创新"}, WORDED)
    rows = parser.fragment_fromstring(shown["outputs"][0]["data"]["text/html"]).xpath(".//tbody/tr[@data-fact]")
    return [tuple(cell.text_content() for cell in row) for row in rows]


def stated(*cells, place="第1段", derivation=""):
    """A fact for each pair of what is printed and its source, which is a row of 数值 or a whole ``data-source``."""
    for number, (printed, source) in enumerate(cells, 1):
        source = f"tables/indicators.csv#row={source};col=数值" if isinstance(source, int) else source
        yield RecordedFact(number, "reform", place, printed, printed, "", derivation, source, "")


def test_each_place_has_a_row_with_its_figures_and_their_cells():
    """The list has one row for each paragraph, table and chart, under its chapter, with all of its figures."""
    stitched, facts = with_sources()
    table = parser.fragment_fromstring(body(stitched)).xpath("//figure[contains(@class, 'sources')]//tbody")[0]
    assert len(facts) == 4
    assert [[cell.text_content() for cell in row] for row in table] == [
        ["改革创新"],
        ["第1段", "512：合计自指标!E2:E3"],
        ["表1", "322、190：指标!E2:E3"],
        ["图1", "322：指标!E2"],
    ]


def test_figures_of_a_column_are_told_together():
    """Cells under each other are one stretch, what a cell states twice stands once, and what all of them say as well."""
    assert listed([*stated(("5", 2), ("5", 3), ("9", 4), ("5", 2))]) == [("第1段", "5、5、9：指标!E2:E4")]
    assert listed([*stated(("5", 2), ("5", 3))]) == [("第1段", "5：指标!E2:E3")]
    mixed = stated(("5", 2), ("6月", "tables/indicators.csv#row=2;col=截至"), ("7", 4))
    assert listed([*mixed]) == [("第1段", "5、7：指标!E2、E4；6月：指标!I2")]


def test_no_source_is_left_out_for_being_one_of_many():
    """A column whose figures are scattered over the ledger is told in several pieces, each with all of its cells."""
    [(_, told)] = listed([*stated(*((f"{row}", row) for row in range(2, 24, 2)))])
    assert "等" not in told
    assert re.findall(r"E(\d+)", told) == [f"{row}" for row in range(2, 24, 2)]


def test_what_is_no_source_is_shown_as_it_stands():
    """A fact whose source cannot be read stands by itself with what was written."""
    assert listed([*stated(("5", "某处"), ("6", 2))]) == [("第1段", "5：某处；6：指标!E2")]


def test_the_list_of_a_long_table_is_short():
    """A table of 36 rows with four figures each takes one row of the list, not 144."""
    columns = ("数值", "截至", "甲", "乙")
    cells = [(f"{row}", f"tables/indicators.csv#row={row};col={column}") for row in range(2, 38) for column in columns]
    [(place, told)] = listed([*stated(*cells, place="表6“某行”行“某列”列")])
    assert place == "表6"
    assert told.count("；") == len(columns) - 1


def test_a_report_of_forty_pages_has_a_list_of_eight():
    """With twelve initiatives and 36 activities, some 800 facts, the list takes at most eight pages of the PDF."""
    places = [(f"第{number}段", range(2, 6)) for number in range(1, 73)]  # six paragraphs an initiative
    places += [(f"表{number}“某行”行“数量”列", range(2, 14)) for number in range(1, 13)]
    places += [(f"第{number}段", (2, 9, 4)) for number in range(73, 109)]  # an activity each
    places += [("表13“某行”行“某列”列", range(2, 38))] * 4
    cells = [(row, place, source) for source, (place, rows) in enumerate(places) for row in rows]
    facts = [
        RecordedFact(
            number, "reform", place, f"{row}0余", "", "余", "", f"tables/indicators.csv#row={row + source};col=数值", ""
        )
        for number, (row, place, source) in enumerate(cells, 1)
    ]
    stitched = report(says("正文。"))
    stitched["cells"] += appendix_cells(facts, {"reform": "改革创新"}, WORDED)
    made = pypdf.PdfReader(io.BytesIO(render_pdf(body(stitched), stitched["metadata"]["halfyear"])))
    assert len(facts) > 600
    assert len(made.pages) - 1 <= 8


def test_the_list_adds_no_facts_and_no_untraced_numbers():
    """A report with its list of sources has the same facts, numbered alike, and passes the same audit."""
    stitched, facts = with_sources()
    assert read_facts(body(stitched)) == facts
    assert audit(body(stitched), Literals({}, {})).counts["untraced"] == 2  # the period in the title, the day signed


def test_every_link_between_numbers_and_rows_arrives():
    """In the HTML each number leads to the row of its place, and what is printed there back, without script."""
    stitched, facts = with_sources()
    article = parser.fragment_fromstring(body(stitched))
    link_facts(article)
    ids = [element.get("id") for element in article.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [link for link in article.iter("a") if link.get("class") in ("to-source", "to-fact")]
    assert {link.get("href")[1:] for link in links} <= set(ids)
    assert len(links) == 2 * len(facts) - 1  # a fact behind a chart has no element that could lead anywhere
    for number, back in ((link, link.text_content()) for link in links if link.get("class") == "to-source"):
        [row] = article.xpath(f"//tr[@id='{number.get('href')[1:]}']")
        assert back in row.text_content()


def test_a_report_without_facts_has_no_list():
    """Where there is nothing to trace there is no appendix."""
    assert appendix_cells([], {}, WORDED) == []
