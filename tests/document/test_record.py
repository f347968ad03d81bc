"""Facts read back from a document, written as a table, and linked to their sources."""

import base64

import pytest
from lxml import html as parser

from pipeline.document.carried import CarriedFact, carried
from pipeline.document.passages import read_passages
from pipeline.document.record import Anchor, anchors, link_facts, load_facts, read_facts, write_facts
from pipeline.errors import FactError

SVG = (
    "data:image/svg+xml;base64,"
    + base64.b64encode(
        '<svg xmlns="http://www.w3.org/2000/svg"><text>一业一证</text><text>322件</text></svg>'.encode()
    ).decode()
)
CHART_FACT = CarriedFact("322", "322", "", "", "tables/indicators.csv#row=5;col=数值")
DOCUMENT = f"""<article class="report"><header class="front"><h1>工作总结</h1></header><p>现将
  情况总结如下。</p>
<section id="reform"><h2 id="r"><span class="number">一、</span>改革创新</h2>
<p>一业一证办件量<data class="fact" value="322" data-source="tables/indicators.csv#row=5;col=数值">322</data>件，接待群众<data
 class="fact" value="200" data-qualifier="余" data-derivation="sum" data-source="tables/outreach.csv#row=3;col=接待群众">200余</data>人次。</p>
<figure class="table" id="handled"><figcaption><span class="number">表1</span> 办件量</figcaption><table>
<thead><tr><th scope="col">改革事项</th><th scope="col">办件量</th></tr></thead>
<tbody><tr><th scope="row">一业一证</th><td><data class="fact" value="322" data-source="tables/indicators.csv#row=5;col=数值">322</data></td></tr></tbody>
</table></figure>
<figure class="chart" id="bars"{carried([CHART_FACT])}><img alt="条形图：一业一证322件。" src="{SVG}">
<figcaption><span class="number">图1</span> 办件量</figcaption></figure></section></article>"""
SOURCES = """<section id="sources"><figure class="table sources"><table><tbody>
<tr data-fact="1 2"><td>第1段</td><td><span data-fact="1">322</span></td></tr><tr data-fact="4"><td>图1</td><td><span data-fact="4">322</span></td></tr></tbody></table></figure></section></article>"""


def test_each_fact_says_where_it_stands():
    """A fact in prose, in a table and behind a chart is recorded with its section, place and paragraph."""
    facts = read_facts(DOCUMENT)
    assert [(fact.number, fact.section, fact.place, fact.printed) for fact in facts] == [
        (1, "reform", "第1段", "322"),
        (2, "reform", "第1段", "200余"),
        (3, "reform", "表1“一业一证”行“办件量”列", "322"),
        (4, "reform", "图1", "322"),
    ]
    assert facts[1].context == "一业一证办件量322件，接待群众200余人次。"
    assert (facts[1].value, facts[1].qualifier, facts[1].derivation) == ("200", "余", "sum")
    assert facts[3].sources == "tables/indicators.csv#row=5;col=数值"


def test_every_word_of_a_document_is_in_a_passage():
    """Title, opening, heading, caption, alternative text and the words inside a drawing are passages, in order."""
    said = [(passage.place.text("en"), passage.text) for passage in read_passages(DOCUMENT) if passage.text]
    assert said[:3] == [("title", "工作总结"), ("paragraph 1", "现将 情况总结如下。"), ("heading", "一、改革创新")]
    assert said[-4:] == [
        ("图1 alternative text", "条形图：一业一证322件。"),
        ("图1 chart label", "一业一证"),
        ("图1 chart label", "322件"),
        ("图1 caption", "图1 办件量"),
    ]


def test_what_is_written_reads_back(tmp_path):
    """facts.csv opens in Excel by double click and reads back as the same facts."""
    facts = read_facts(DOCUMENT)
    write_facts(facts, tmp_path / "facts.csv")
    assert (tmp_path / "facts.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,section,place,")
    assert load_facts(tmp_path / "facts.csv") == facts


def test_a_record_of_another_kind_is_refused(tmp_path):
    """A file that is no record of facts is refused with its columns and with what to do."""
    with pytest.raises(FactError, match=r"facts\.csv is missing; build the report again, with: halfyear run PERIOD"):
        load_facts(tmp_path / "facts.csv")
    (tmp_path / "facts.csv").write_text("a,b\n1,2\n")
    with pytest.raises(FactError, match="has the columns a, b, not number, section, place"):
        load_facts(tmp_path / "facts.csv")


def test_a_number_leads_to_its_row_and_back():
    """A fact with a row stands in a link to it, the row leads back; a fact without one is left alone."""
    article = parser.fragment_fromstring(DOCUMENT.replace("</article>", SOURCES))
    link_facts(article)
    by_id = {element.get("id"): element for element in article.iter() if element.get("id")}
    links = {(link.get("class"), link.get("href")) for link in article.iter("a")}
    assert links == {
        ("to-source", "#source-1"), ("to-fact", "#fact-1"),
        ("to-fact", "#bars"),
    }  # fmt: skip
    assert all(href[1:] in by_id for _, href in links)
    assert by_id["fact-1"].tail is None
    assert by_id["fact-1"].getparent().tail == "件，接待群众"
    assert [fact.number for fact in read_facts(parser.tostring(article, encoding="unicode"))] == [1, 2, 3, 4]


def test_a_document_without_a_list_of_sources_stays_as_it_is():
    """Where there is no list of sources, no fact becomes a link."""
    article = parser.fragment_fromstring(DOCUMENT)
    before = parser.tostring(article)
    link_facts(article)
    assert parser.tostring(article) == before


def test_inline_elements_with_a_blank_between_them_are_two_words():
    """A blank between two elements is read, and a cell of a table without a number is called by its row and column."""
    page = "<body><p><b>one</b> <i>two</i></p><table><thead><tr><th>甲</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table></body>"
    passages = read_passages(page)
    assert passages[0].text == "one two"
    assert (passages[-1].place.text("zh"), passages[-1].place.text("en")) == (
        "表“x”行“甲”列",
        "table, row 'x', column '甲'",
    )


def test_a_link_leads_as_close_to_a_fact_as_there_is_an_id():
    """To the fact itself, to its table or chart, else to the heading above it; before the first heading nowhere."""
    assert anchors(DOCUMENT) == {1: Anchor(2, "r"), 2: Anchor(2, "r"), 3: Anchor(1, "handled"), 4: Anchor(1, "bars")}
    named = DOCUMENT.replace('<data\n class="fact" value="200"', '<data id="audience" class="fact" value="200"')
    assert anchors(named)[2] == Anchor(0, "audience")
    early = DOCUMENT.replace("现将", '<data class="fact" value="7">7</data>')
    assert 1 not in anchors(early) and anchors(early)[2] == Anchor(2, "r")
