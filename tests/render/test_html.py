"""The web page: one file, strict, complete, the same every time."""

from __future__ import annotations

import base64
import hashlib
import re

import lxml.html
import nbformat
import pytest
import stitched

from pipeline.errors import RenderError
from pipeline.render import exporters, render_html, semantic_body

DRAWING = f'<img alt="图" src="data:image/svg+xml;base64,{base64.b64encode(stitched.svg().encode()).decode()}">'


def page(notebook, **options) -> str:
    """The HTML of a notebook of ``stitched``."""
    return render_html(semantic_body(notebook), notebook.metadata.get("halfyear", {}), **options)


def article(inside: str, **metadata) -> lxml.html.HtmlElement:
    """The page of a body made of ``inside``, parsed."""
    return lxml.html.document_fromstring(
        render_html(f'<article class="report" lang="zh-CN">{inside}</article>', metadata)
    )


@pytest.fixture(scope="module", params=["stitched", "stress", "foreign"])
def parsed(request):
    """Each notebook of ``stitched`` as a parsed page."""
    return lxml.html.document_fromstring(page(getattr(stitched, request.param)()))


def test_page_has_no_program_and_fetches_nothing(parsed):
    """No script, no frame, no style sheet, picture or font from elsewhere, no event handler, no style attribute."""
    assert not parsed.xpath("//script | //iframe | //object | //embed | //link | //base | //form")
    assert not parsed.xpath("//@style | //@*[starts-with(name(), 'on')]")
    assert all(address.startswith("data:image/") for address in parsed.xpath("//@src"))
    assert not re.findall(r"url\((?!data:|#)", parsed.xpath("string(//style)"))


def test_policy_admits_only_what_the_page_holds(parsed):
    """The policy in the file forbids everything but its one style sheet, named by its hash, and pictures inside it."""
    (policy,) = parsed.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = parsed.xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_ids_are_unique_and_every_link_inside_leads_somewhere(parsed):
    """No two elements share an id, drawings included, and contents, references and notes lead to what is there."""
    ids = parsed.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = [address[1:] for address in parsed.xpath("//a/@href | //*[local-name()='use']/@href") if address[0] == "#"]
    assert inside
    assert set(inside) <= set(ids)


def test_contents_name_every_chapter():
    """The contents list the headings of the first two levels with their numbers, in order."""
    tree = lxml.html.document_fromstring(page(stitched.stitched()))
    for nav in tree.xpath("//nav[contains(@class, 'contents')]"):
        assert [" ".join(entry.text_content().split()) for entry in nav.iter("a")] == [
            "一、改革创新",
            "（一）推进“一件事”改革",
            "二、清单梳理",
        ]


def test_tables_are_named_regions_the_keyboard_reaches(parsed):
    """Every table scrolls in a region that takes the focus and has a name."""
    for table in parsed.xpath("//table"):
        region = table.getparent()
        assert (region.get("role"), region.get("tabindex"), "scroll" in region.classes) == ("region", "0", True)
        names = region.xpath("id(@aria-labelledby)") or [region.get("aria-label")]
        assert names[0] is not None


def test_charts_are_drawn_in_the_page_with_their_words_as_text():
    """A chart's SVG stands in the page: its words are text, its alternative text is its label, its ids are its own."""
    tree = lxml.html.document_fromstring(page(stitched.stitched()))
    (drawing,) = tree.xpath("//figure[@class='chart']//*[local-name()='svg']")

    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == "各类事项办结件数：柱形图"
    assert "许可" in drawing.text_content()
    assert not tree.xpath("//figure[@class='chart']//img")


def test_every_colour_of_a_chart_changes_in_the_dark():
    """A colour in a drawing is a property of the page that the dark style sheet sets anew; white is the paper."""
    made = page(stitched.stitched())
    used = set(re.findall(r"var\(--c([0-9a-f]{6}),", made))
    dark = dict(re.findall(r"--c([0-9a-f]{6}):(#[0-9a-f]{6});", made))

    assert used - {"ffffff"} == set(dark)
    assert used >= {"1f4e79", "333333"}
    assert all(f"#{before}" != after for before, after in dark.items())
    assert "--cffffff: var(--paper)" in made


def test_a_figure_says_where_it_comes_from():
    """Each fact is the label of a button that opens its source in words, so that no program is needed."""
    tree = lxml.html.document_fromstring(page(stitched.stitched()))
    notes = {
        fact.text: tree.get_element_by_id(fact.getparent().find("button").get("popovertarget")).text_content()
        for fact in tree.iter("data")
    }

    assert notes["322"] == "来源：indicators.csv第2行“数值”"
    assert notes["12.5"] == "增减幅度自：indicators.csv第3行“数值”"
    assert len(set(notes.values())) == len(tree.xpath("//aside[@class='sources']/*[@popover]"))


@pytest.mark.parametrize(
    ("inside", "opens"),
    [
        ("{}", True),
        ('<a href="#a">{}</a>', True),
        ('<a href="#a">见{}件</a>', False),
        ("<strong>{}</strong>", True),
        ("<label>{}</label>", False),
    ],
)
def test_a_figure_in_a_link_keeps_its_link(inside, opens):
    """A fact that is all of a link opens its source beside it; a link that says more stays a link alone."""
    fact = '<data class="fact" value="322" data-source="tables/a.csv#row=2;col=数值">322</data>'
    tree = article(f'<h2 id="a">甲</h2><p>{inside.format(fact)}</p>')
    assert bool(tree.xpath("//main//button")) is opens
    assert len(tree.xpath("//main//data")) == 1
    assert not tree.xpath("//label//label | //a//button")


def test_an_index_has_what_every_note_says():
    """Behind the text each note stands once more, folded, with a link to each figure that it explains, by what is printed."""
    tree = lxml.html.document_fromstring(page(stitched.stitched()))
    notes = [note.text_content() for note in tree.xpath("//aside/*[@popover]")]
    entries = tree.xpath("//aside/details[not(@open)]//li")
    assert [entry.text.strip("　") for entry in entries] == notes
    for link in tree.xpath("//aside/details//a"):
        fact = tree.get_element_by_id(link.get("href")[1:])
        assert (fact.tag, fact.text) == ("data", link.text)


@pytest.mark.parametrize(
    ("inside", "order"),
    [
        ("{image}<figcaption>图1</figcaption>", ["div", "figcaption"]),
        ('{image}<figcaption>图1</figcaption><p class="note">注</p>', ["figcaption", "div", "p"]),
        ('<figcaption>表1</figcaption>{image}<p class="note">注</p>', ["figcaption", "div", "p"]),
    ],
)
def test_a_caption_stands_first_or_last_in_its_figure(inside, order):
    """As HTML wants it: where a note follows the caption, the caption goes before what it names."""
    tree = article(f'<figure class="chart" id="a">{inside.format(image=DRAWING)}</figure>')
    assert [child.tag for child in tree.get_element_by_id("a")] == order


@pytest.mark.parametrize(
    ("paragraph", "shown"),
    [("<p>{}</p>", "//div[@class='picture']/div/*[local-name()='svg']"), ("<p>见{}处</p>", "//p/img")],
)
def test_a_drawing_is_taken_apart_where_a_block_may_stand(paragraph, shown):
    """Alone in its paragraph a drawing becomes part of the page; among words it stays an image of theirs."""
    assert len(article(paragraph.format(DRAWING)).xpath(shown)) == 1


def test_a_page_leads_to_its_other_forms_only_where_they_are():
    """Files said to stand beside the page are linked; a page made alone has no link that leads nowhere."""
    assert "report.pdf" not in page(stitched.stitched())
    tree = lxml.html.document_fromstring(page(stitched.stitched(), beside=("report.pdf", "report.docx")))
    links = [(link.text, link.get("href")) for link in tree.xpath("//nav[@class='tools']/a")]
    assert links == [("PDF", "report.pdf"), ("DOCX", "report.docx")]


def test_text_of_the_body_is_the_text_of_the_page():
    """Nothing that the notebook says is lost or said twice on the way into the page; drawings aside."""
    notebook = stitched.stress()
    body = lxml.html.fromstring(semantic_body(notebook))
    tree = lxml.html.document_fromstring(page(notebook))
    for drawing in tree.xpath("//main//*[local-name()='svg']"):
        drawing.getparent().remove(drawing)

    said = body.text_content().replace("↩", "↑")  # the sign that leads back from a footnote
    assert tree.xpath("//main")[0].text_content().split() == said.split()


@pytest.mark.parametrize(
    ("unit", "kept"),
    [("件，", "件"), ("余件", "余件"), ("%，", "%"), ("个百分点。", "个百分点"), ("。", ""), ("，件", "")],
)
def test_a_figure_stays_with_its_unit(unit, kept):
    """No line ends between a figure and its unit."""
    tree = article(f'<p>办结<data class="fact" value="322">322</data>{unit}</p>')
    wholes = tree.xpath("//span[@class='whole']")
    assert "".join(whole.text_content() for whole in wholes) == (f"322{kept}" if kept else "")


def test_draft_says_so_everywhere():
    """A draft bears the mark in its title, at its top and on printed pages; a report that is none does not."""
    draft, final = page(stitched.stitched(draft=True)), page(stitched.stitched())

    assert "工作总结（草稿）</title>" in draft
    assert "草稿——未经审定" in draft
    assert 'class="guided draft"' in draft
    assert "草稿" not in lxml.html.document_fromstring(final).xpath("string(//body)")


def test_title_comes_from_the_metadata_the_heading_or_the_file():
    """The title is the report's; of another notebook its first heading; without one, its file's name."""
    exporter = exporters.html()
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])

    def title(notebook):
        made, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": "scratch"}})
        return lxml.html.document_fromstring(made).xpath("string(//title)")

    assert title(stitched.stitched()) == stitched.TITLE
    assert title(stitched.foreign()) == "A notebook from elsewhere"
    assert title(bare) == "scratch"


def test_page_is_the_same_every_time():
    """The same notebook gives the same bytes."""
    assert page(stitched.stress()) == page(stitched.stress())


def test_page_stays_under_400_kilobytes():
    """Even a report with 200 rows, 12 columns and 20 charts is a small file."""
    size = len(page(stitched.stress()).encode())
    print(f"size: at most 400000 bytes, measured {size}")
    assert size < 400_000


def test_figures_line_up_in_their_column():
    """In a column of figures the heading and a short word among them stand at the right; elsewhere words do not."""
    row = '<tr><th scope="row">甲</th><td class="number">{}</td><td>说明</td></tr>'
    tree = article(
        '<table><thead><tr><th scope="col">事项</th><th scope="col">件数</th><th scope="col">备注</th></tr></thead><tbody>'
        + row.format(1)
        + row.format(2)
        + '<tr><th scope="row">乙</th><td>持平</td><td>说明</td></tr></tbody></table>'
    )
    assert [cell.text for cell in tree.xpath("//*[contains(@class, 'align-right')]")] == ["件数", "持平"]


def test_embedded_fonts_have_the_glyphs_used_and_no_others():
    """With fonts embedded, each face holds the characters it sets, and none that the page does not use."""
    from io import BytesIO

    from fontTools.ttLib import TTFont

    made = page(stitched.stitched(), embed_fonts=True)
    text = lxml.html.document_fromstring(made).xpath("string(//body)")
    faces = dict(re.findall(r'font-family: "(halfyear \w+)"; src: url\(data:font/woff;base64,([^)]+)\)', made))
    characters = {name: set(TTFont(BytesIO(base64.b64decode(data))).getBestCmap()) for name, data in faces.items()}

    assert {ord(character) for character in "紧紧围绕改革"} <= characters["halfyear serif"]
    assert {ord(character) for character in "行政许可备案"} <= characters["halfyear sans"]
    known = set(map(ord, text + "0123456789 — 草稿未经审定，不得对外提供"))
    assert characters["halfyear serif"] | characters["halfyear sans"] <= known | {0xA0}
    assert "font-src data:;" in made


def test_a_character_without_glyph_is_refused_by_name_and_place():
    """Where fonts are embedded, a character none of them has stops the page: its name and the words around it are said."""
    body = '<article class="report" lang="zh-CN"><p>办结率达到新高\U0001f600，继续努力。</p></article>'
    with pytest.raises(RenderError, match="U\\+1F600 GRINNING FACE in “办结率达到新高\U0001f600，继续努力。”"):
        render_html(body, {"title": "总结"}, embed_fonts=True)


def test_the_page_speaks_the_language_of_its_text():
    """The page of an English notebook says so and adds English words; a report's page adds Chinese ones."""
    foreign = lxml.html.document_fromstring(page(stitched.foreign()))
    assert foreign.get("lang") == "en"
    assert not re.search(
        "[\u4e00-\u9fff]", " ".join(foreign.xpath("//a[@class='skip']/text() | //nav//text() | //@aria-label")[:-1])
    )
    report = lxml.html.document_fromstring(page(stitched.stitched()))
    assert report.get("lang") == "zh-CN"
    assert report.xpath("string(//a[@class='skip'])") == "跳到正文"
