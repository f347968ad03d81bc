"""The semantic body of a stitched report: structure, facts and names survive, and it is the same every time."""

from __future__ import annotations

import re

import lxml.html
import pytest
import stitched
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from pipeline.render import semantic_body


def body(*cells, **options):
    """The body of a report of these cells, parsed."""
    return lxml.html.fragment_fromstring(semantic_body(stitched.report(list(cells)), **options))


def markdown(text: str, section: str = "", **more):
    """A Markdown cell of a section."""
    return new_markdown_cell(text, metadata={"halfyear": {"section": section}} if section else {}, **more)


def test_frame_is_an_article_in_the_reports_language():
    """The body is one article of class report that says its language and begins with the title."""
    article = lxml.html.fragment_fromstring(semantic_body(stitched.stitched()))
    assert (article.tag, article.get("class"), article.get("lang")) == ("article", "report", "zh-CN")
    assert article[0].tag == "header"
    assert article.xpath("header/h1")[0].text_content() == stitched.TITLE
    assert len(article.xpath("//h1")) == 1


def test_sections_hold_their_cells():
    """Cells of a section stand together in an element that bears its name; others stand in the article."""
    article = body(
        markdown("开头。"), markdown("## 一", "reform"), markdown("甲。", "reform"), markdown("## 二", "lists")
    )
    assert [element.get("id") for element in article.xpath("section")] == ["reform", "lists"]
    assert article.xpath("section[@id='reform']/p")[0].text == "甲。"
    assert article.xpath("p")[0].text == "开头。"


def test_facts_pass_through_unharmed():
    """A fact in prose, in a heading or in a table keeps its value, source, derivation and text."""
    fact = stitched.fact("12.5", 3, derivation="change")
    article = body(
        markdown(f"增长{fact}%，**共{fact}**。"),
        markdown(f'## <span class="number">一、</span>办结{fact}件'),
        new_code_cell("x", outputs=[stitched.prose(f"- {fact}件")], metadata={"tags": ["remove-input"]}),
    )
    found = article.xpath("//data")
    assert len(found) == 4
    for element in found:
        assert dict(element.attrib) == {
            "class": "fact",
            "value": "12.5",
            "data-source": "tables/indicators.csv#row=3;col=数值",
            "data-derivation": "change",
        }
        assert element.text == "12.5"
    assert found[0].tail == "%，"


def test_every_heading_has_its_own_id():
    """Ids are made of the words without the number, kept where given, and never given twice."""
    article = body(
        markdown('## <span class="number">一、</span>改革创新'),
        markdown("## 改革创新"),
        markdown('<h2 id="own">另有</h2>'),
        markdown("### ？"),
    )
    assert [heading.get("id") for heading in article.xpath("//h2|//h3")] == ["改革创新", "改革创新-2", "own", "heading"]


def test_levels_are_kept():
    """Headings of a report stay at the level they were stitched with."""
    article = lxml.html.fragment_fromstring(semantic_body(stitched.stitched()))
    assert [heading.tag for heading in article.iter("h2", "h3", "h4", "h5")] == ["h2", "h3", "h4", "h5", "h2"]


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("remove-cell", ""),
        ("remove-input", "out"),
        ("remove-output", "code"),
        ("show-input", "code out"),
        ("", "code out"),
    ],
)
def test_tags_decide_what_is_shown(tag, shown):
    """remove-cell, remove-input and remove-output take away what they name."""
    cell = new_code_cell(
        "code", outputs=[new_output("stream", name="stdout", text="out")], metadata={"tags": [tag] if tag else []}
    )
    article = body(cell)
    assert " ".join(element.text_content() for element in article.iter("pre")) == shown


def test_a_chart_is_its_drawing_with_the_picture_beside_it():
    """A chart's picture is the SVG; the PNG of the same output rides on it."""
    image = lxml.html.fragment_fromstring(semantic_body(stitched.stitched())).find(".//img")
    assert image.get("src").startswith("data:image/svg+xml;base64,")
    assert image.get("data-raster") == "data:image/png;base64," + stitched.png()
    assert image.get("alt") == "各类事项办结件数：柱形图"


def test_signature_is_the_articles_foot():
    """Signer and date stand in a footer after everything else."""
    article = lxml.html.fragment_fromstring(semantic_body(stitched.stitched()))
    assert article[-1].tag == "footer"
    assert [p.get("class") for p in article[-1]] == ["signer", "date"]


def test_footnotes_are_numbered_through_the_report():
    """Footnotes of several cells become one list in the order of their calls, each linked there and back."""
    article = body(
        markdown("甲[^a]乙[^b]\n\n[^b]: 第二条。\n[^a]: 第一条。"),
        markdown("丙[^x]，再引[^x]\n\n[^x]: 第三条。"),
    )
    assert [call.text_content() for call in article.xpath("//sup")] == ["1", "2", "3", "3"]
    [notes] = article.xpath("//section[@class='footnotes']")
    assert [re.sub("↩", "", note.text_content()).strip() for note in notes.iter("li")] == [
        "第一条。",
        "第二条。",
        "第三条。",
    ]
    for number, note in enumerate(notes.iter("li"), 1):
        assert note.get("id") == f"fn-{number}"
        assert article.get_element_by_id(note.find(".//a").get("href")[1:]) is not None
    assert article[-1].tag == "footer"


@pytest.mark.parametrize(
    "cells",
    [
        ("甲[^a]。", "乙。\n\n[^a]: 注文。"),
        ("[^a]: 注文。", "甲[^a]。"),
        ("甲[^a]。", "[^b]: 别的。\n\n[^a]: 注文。\n[^c]: 又一条。"),
        ("[^a]: 远的。", "甲[^a]。", "[^a]: 注文。"),
    ],
    ids=["below", "above", "among-others", "nearest-below"],
)
def test_a_footnote_may_be_explained_in_another_cell(cells):
    """A note whose text stands in another cell, above or below, is the note of the call; nothing else is shown of it."""
    article = body(*(markdown(cell) for cell in cells))
    [call] = article.xpath("//sup")
    [note] = article.xpath("//section[@class='footnotes']//li")
    assert note.text_content().strip() == "注文。↩"
    assert "[^" not in article.text_content()
    assert call[0].get("href") == f"#{note.get('id')}"


def test_a_footnote_called_in_several_cells_is_one():
    """A note that two cells call, explained in one of them or in a third, has one number and stands once."""
    article = body(markdown("甲[^a]。"), markdown("乙[^a]。"), markdown("[^a]: 注文。"))
    assert [call.text_content() for call in article.xpath("//sup")] == ["1", "1"]
    assert len(article.xpath("//section[@class='footnotes']//li")) == 1


def test_a_cells_own_footnote_is_meant_first():
    """Each cell that explains its own [^1] keeps it, as those are that JupyterLab shows."""
    article = body(markdown("甲[^1]。\n\n[^1]: 一。"), markdown("乙[^1]。\n\n[^1]: 二。"))
    assert [note.text_content().strip() for note in article.xpath("//section[@class='footnotes']//li")] == [
        "一。↩",
        "二。↩",
    ]


def test_line_ends_between_han_characters_are_no_blanks():
    """Chinese text broken over lines in the source reads on without blanks; Latin words keep theirs."""
    article = body(markdown("第一行，\n第二行 and\nmore"), markdown("```\n甲\n乙\n```"))
    assert article.find("p").text == "第一行，第二行 and\nmore"
    assert article.find("pre").text_content() == "甲\n乙\n"


def test_body_is_the_same_every_time():
    """Two bodies of one notebook are one string."""
    assert semantic_body(stitched.stress()) == semantic_body(stitched.stress())


def test_source_of_the_notebook_is_left_alone():
    """Making the body changes nothing in the notebook."""
    import copy

    notebook = stitched.foreign()
    before = copy.deepcopy(notebook)
    semantic_body(notebook)
    assert notebook == before


def test_a_word_to_the_analyst_stays_in_the_notebook():
    """What rows shown bare say beside themselves, that a table would keep their sources, is in no report."""
    shown = '<table><tr><td>甲</td></tr></table><p class="halfyear-hint">请用 table(…)。</p>'
    article = body(new_code_cell("rows", outputs=[new_output("display_data", {"text/html": shown})]))
    assert "甲" in article.text_content() and "请用" not in article.text_content()
