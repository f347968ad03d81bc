"""The list of sources at the end of a report."""

from lxml import html as parser
from material import body, chart, handled, report, says, shows, value

from pipeline.document.record import link_facts, read_facts
from pipeline.render.source_note import SourceNotes
from pipeline.report.appendix import appendix_cells
from pipeline.vouch import Literals, audit

LEDGERS = {"tables/indicators.csv": {"sheet": "指标", "names": [], "letters": {"数值": "E"}}}
WORDED = SourceNotes({"ledgers": LEDGERS}).worded


def with_sources():
    stitched = report(
        says(f"合计{value(2) + value(3)}。"), shows(handled().html), shows(chart("条形图：一业一证322件。"))
    )
    facts = read_facts(body(stitched))
    stitched["cells"] += appendix_cells(facts, {"reform": "改革创新"}, WORDED)
    return stitched, facts


def test_each_fact_has_a_row_with_place_and_source():
    """The list has one row a fact: its number, where it stands, what is printed, and its cells in words."""
    stitched, facts = with_sources()
    rows = [
        [cell.text_content() for cell in row]
        for row in parser.fragment_fromstring(body(stitched)).iter("tr")
        if row.get("data-fact")
    ]
    assert len(facts) == 4
    assert rows == [
        ["1", "改革创新，第1段", "512", "合计自：指标!E2:E3"],
        ["2", "改革创新，表1“一业一证”行“办件量”列", "322", "来源：指标!E2"],
        ["3", "改革创新，表1“一链办理”行“办件量”列", "190", "来源：指标!E3"],
        ["4", "改革创新，图1", "322", "来源：指标!E2"],
    ]


def test_the_list_adds_no_facts_and_no_untraced_numbers():
    """A report with its list of sources has the same facts, numbered alike, and passes the same audit."""
    stitched, facts = with_sources()
    assert read_facts(body(stitched)) == facts
    assert audit(body(stitched), Literals({}, {})).counts["untraced"] == 2  # the period in the title, the day signed


def test_every_link_between_numbers_and_rows_arrives():
    """In the HTML each number leads to its row and each row to its number, once and without script."""
    stitched, facts = with_sources()
    article = parser.fragment_fromstring(body(stitched))
    link_facts(article)
    ids = [element.get("id") for element in article.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [link.get("href")[1:] for link in article.iter("a") if link.get("class") in ("to-source", "to-fact")]
    assert set(links) <= set(ids)
    assert len(links) == 2 * len(facts) - 1  # a fact behind a chart has no element that could lead anywhere


def test_a_report_without_facts_has_no_list():
    """Where there is nothing to trace there is no appendix."""
    assert appendix_cells([], {}, WORDED) == []
