"""Pages end full: text flows past a table or chart that goes to the next page, within its chapter."""

from __future__ import annotations

import re

import lxml.html
import pdfplumber
import pytest
from long_report import long_report
from rendered import MM, PITCH, article, opened, pages
from test_pdf_breaks import filler, table, texts
from test_pdf_tags import kinds

from pipeline.render import render_pdf
from pipeline.render.typst.document import typst_document

CHAPTER, HEAD = '<h2 id="b">二、清单梳理</h2>', '<h3 id="c">（二）重点事项</h3>'


def free_lines(page: pdfplumber.page.Page) -> int:
    """The whole lines of an upright page's type area below the last ink in it; a turned sheet counts as full."""
    foot = (297 - 35) * MM
    ink = [
        thing["bottom"] for kind in ("char", "rect", "line", "curve", "image") for thing in page.objects.get(kind, [])
    ]
    return int((foot - max(edge for edge in ink if edge < foot + 1)) / PITCH) if page.width < page.height else 0


def left_free(made: bytes) -> dict[int, int]:
    """The free lines of each page that has some, the last page aside."""
    counted = {page.page_number: free_lines(page) for page in pages(made)[:-1]}
    return {number: free for number, free in counted.items() if free}


def beginnings(shown: str, *words: str) -> list[int]:
    """Where each of the words stands."""
    return [shown.index(word) for word in words]


def test_the_report_leaves_few_lines_free(report):
    """The pages of 2021H1's report, the last aside, have at most five free lines at their feet, all together."""
    free = left_free((report / "report.pdf").read_bytes())
    assert sum(free.values()) <= 5, free


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=[pytest.mark.soak] * (seed > 2)) for seed in range(1, 9)])
def test_a_long_report_leaves_few_lines_free(seed):
    """Forty and more pages of text, tables and charts have a free line at the foot of a page on average, not two."""
    made = render_pdf(long_report(seed), {"title": "工作总结"})
    free, count = left_free(made), len(pages(made))
    assert count >= 38
    assert sum(free.values()) <= count, free


@pytest.mark.parametrize("count", range(11, 18))
def test_text_flows_past_a_table_that_its_page_does_not_hold(count):
    """The table heads the next page, its caption on the page's first line, and the page before it is full."""
    made = article(filler(count) + table(6) + filler(12))
    assert left_free(made) == {}
    caption = next(line for line in pages(made)[1].extract_text_lines() if "表1" in line["text"])
    assert 37 * MM < caption["top"] < 37 * MM + PITCH
    assert texts(made)[1].index("表1") < texts(made)[1].index("一行。")


def test_the_table_is_read_where_it_stands():
    """For who listens to the file the table comes where the page has it, behind the text that flowed past it."""
    made = article(filler(16) + "<p>前文。</p>" + table(4) + "<p>后文。</p>" + filler(6))
    assert "后文" in texts(made)[0]
    assert "表1" not in texts(made)[0]
    read = kinds(made)
    before = "".join(texts(made)).partition("表1")[0]
    assert read[: read.index("Table")].count("P") == len(re.findall("一行。|前文。|后文。", before))


@pytest.mark.parametrize("count", range(12, 17))
def test_no_paragraph_is_divided_by_a_table(count):
    """A paragraph that goes on over the page ends there before the table comes: its words can be found as they stand."""
    long = "".join(f"{number}之" for number in range(100, 190))
    made = article(filler(count) + table(4) + f"<p>{long}</p>" + filler(6))
    first, second = texts(made)[:2]
    assert "100之" in first
    assert "189之" in second.partition("表1")[0]
    assert long in re.sub(r"\s|—\d+—", "", first + second)


def test_a_table_stays_in_its_chapter_but_may_pass_the_headings_in_it():
    """A heading of a chapter never comes before a table that stands before it; a lower one with its text may."""
    kept = "".join(texts(article(filler(16) + table(4) + "<p>后文。</p>" + CHAPTER + filler(6))))
    assert beginnings(kept, "后文", "表1", "清单梳理") == sorted(beginnings(kept, "后文", "表1", "清单梳理"))
    passed = texts(article(CHAPTER + filler(14) + table(4) + HEAD + filler(9)))
    assert "重点事项" in passed[0]
    assert "表1" in passed[1]


def test_text_flows_past_several_tables():
    """Two tables after each other both head the next page, in their order, and the text behind them fills the page."""
    other = table(4, caption="表2 后来的").replace('id="t1"', 'id="t2"')
    made = article(filler(16) + table(4) + other + filler(20))
    assert left_free(made) == {}
    assert re.match(r"表1[\s\S]*表2[\s\S]*一行", texts(made)[1])


@pytest.mark.parametrize("rows", [3, 30])
def test_tables_keep_their_order(rows):
    """A table after one that goes to the next page does not come before it, be it short or long."""
    other = table(rows, caption="表2 后来的").replace('id="t1"', 'id="t2"')
    shown = "".join(texts(article(filler(16) + table(4) + filler(1) + other + filler(4))))
    assert shown.index("表1") < shown.index("表2")


def test_footnotes_are_counted():
    """What footnotes take at the feet of pages is no room for text: tables after them are moved as if it were text."""
    noted = "<p>" + "注" * 60 + '<sup class="footnote-ref"><a href="#n">1</a></sup></p>'
    notes = f'<section class="footnotes"><ol><li id="n"><p>{"脚注" * 60}</p></li></ol></section>'
    for count in range(8, 14):
        made = article(filler(count) + noted + table(4) + filler(14) + table(4) + filler(14) + notes)
        assert left_free(made) == {}, count


def test_a_link_leads_to_what_stands_around_a_table():
    """What a link leads to goes with the table in it, on whichever page that stands."""
    made = article(filler(16) + '<p><a href="#all">见表。</a></p><div id="all">' + table(4) + "</div>" + filler(9))
    first, second = opened(made).pages
    assert "表1" in texts(made)[1]
    assert first.Annots[0].Dest[0].objgen == second.objgen


def test_a_table_with_a_note_in_it_is_measured_where_it_stands():
    """How wide a note's number is, and so whether a cell has a line more, is known on the page alone."""
    noted = table(4).replace("第0行", '第0行<sup class="footnote-ref"><a href="#n">1</a></sup>')
    notes = '<section class="footnotes"><ol><li id="n"><p>脚注</p></li></ol></section>'
    body = lxml.html.fragment_fromstring(f"<article>{table(4)}{noted}{notes}</article>")
    settings = {"title": "", "author": "", "lang": "zh-CN", "draft": False}
    assert [block.count("noted: true") for block in typst_document(body, settings).source.split("#captioned(")[1:]] == [
        0,
        1,
    ]


def test_what_has_no_caption_stays_where_it_is():
    """A table or picture without a caption follows the words that lead to it: no number would tell where it went."""
    bare = re.sub("<figcaption>.*?</figcaption>", "", table(4))
    shown = "".join(texts(article(filler(16) + "<p>如下表。</p>" + bare + "<p>后文。</p>" + filler(4))))
    assert shown.index("如下表") < shown.index("第0行") < shown.index("后文")


def test_a_heading_has_text_or_its_table_under_it():
    """Text of its own part flows past a table right under a heading; where there is none, both go to the next page."""
    made = article(CHAPTER + filler(14) + HEAD + table(4) + filler(9))
    assert left_free(made) == {}
    assert "重点事项\n一行" in texts(made)[0]
    assert texts(made)[1].startswith("表1")
    shown = texts(article(CHAPTER + filler(14) + HEAD + table(4) + HEAD.replace('"c"', '"d"') + filler(4)))
    assert "重点事项" not in shown[0]
    assert re.match(r"（二）重点事项\s*表1", shown[1])


def test_nothing_flows_past_the_end_of_the_text():
    """The signature, attachments and a page break come after all tables of the text before them."""
    ends = {
        "政策法规科": '<footer class="signature"><p class="signer">政策法规科</p></footer>',
        "新页": '<div class="break-before"><p>新页</p></div>',
    }
    for word, end in ends.items():
        shown = "".join(texts(article(filler(16) + table(4) + "<p>后文。</p>" + end)))
        assert shown.index(word) > max(beginnings(shown, "后文", "第3行")), word
