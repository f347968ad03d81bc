"""Pages never lose text: every character of the body stands inside the type area of a page."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter

import lxml.html
import pdfplumber
import pytest
import stitched
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from rendered import MM, pages

from pipeline.render import render_pdf, semantic_body

SENTENCE = "区政务服务中心组织开展专项行动，逐项核对事项要素并汇总问题清单。"
LONG = {
    "address": "https://example.com/" + "abcdefghij" * 20 + "?q=" + "0123456789" * 10,
    "capitals": "W" * 120,
    "figure": "1234567890" * 12 + "件",
    "punctuation": "！" * 80 + "（" * 9 + "……" * 40,
    "path": "/srv/data/2021H1/" * 15,
}


def body_of(*cells) -> str:
    return semantic_body(new_notebook(cells=list(cells)))


def html(markup: str):
    """A cell that shows ``markup``."""
    return new_code_cell("", outputs=[new_output("display_data", {"text/html": markup})])


def characters(text: str) -> Counter[str]:
    """What there is to see of a text, each character as often as it stands there."""
    plain = unicodedata.normalize("NFKC", text)
    return Counter(sign for sign in plain if unicodedata.category(sign)[0] not in "ZC" and sign not in "\u0301↩︎")


def said(body: str) -> Counter[str]:
    """The characters of a body; formulas are drawn, and links back from notes left out."""
    article = lxml.html.fragment_fromstring(body)
    for element in article.xpath("//math | //*[contains(@class, 'footnote-back')]"):
        element.drop_tree()
    return characters(article.text_content())


def shown(made: bytes) -> Counter[str]:
    """The characters that stand inside the type area (GB/T 9704-2012, 5.2.1) of the PDF's pages."""
    found: list[str] = []
    for page in pdfplumber.open(io.BytesIO(made)).pages:
        upright = page.width < page.height
        left, top, right, bottom = (28, 37, 26, 35) if upright else (35, 28, 37, 26)
        hangs = 5  # points: a full stop may hang over the end of its line
        box = (left * MM - 1, top * MM - 1, page.width - right * MM + hangs, page.height - bottom * MM + 1)
        found += [
            char["text"]
            for char in page.chars
            if box[0] <= (char["x0"] + char["x1"]) / 2 <= box[2]
            and box[1] <= (char["top"] + char["bottom"]) / 2 <= box[3]
        ]
    return characters("".join(found))


def lost(body: str) -> Counter[str]:
    return said(body) - shown(render_pdf(body, {}, strict=False))


@pytest.mark.parametrize("name", ["stitched", "stress", "foreign"])
def test_every_character_of_a_notebook_stands_on_its_pages(name):
    """Of a report, a report under stress and a notebook from elsewhere no character is lost."""
    assert not lost(semantic_body(getattr(stitched, name)()))


@pytest.mark.parametrize("word", LONG.values(), ids=LONG)
def test_a_long_word_breaks_inside_the_page(word):
    """An address, a path, a number or a row of signs longer than a line breaks, wherever it stands."""
    places = [
        "# 题", "{}", "## {}", "- {}\n    - 内 {}", "> {}", "`{}`", "```\n{}\n```", "**{}**", "文[^1]\n\n[^1]: {}",
        "| 甲 | 乙 |\n|---|---|\n| {} | `{}` |", "- 项\n\n  ```\n  {}\n  ```",
    ]  # fmt: skip
    assert not lost(body_of(new_markdown_cell("\n\n".join(places).replace("{}", word))))


@pytest.mark.parametrize(
    "markup",
    [
        f"<table><tr><td>甲</td><td>{SENTENCE * 42}</td></tr></table>",
        f"<table><tr><td rowspan=60>合并</td><td>首</td></tr>{''.join(f'<tr><td>第{n}行</td></tr>' for n in range(59))}</table>",
        f"<table><thead><tr><th>{SENTENCE * 40}</th><th>乙</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        f"<table><tr><td>甲</td><td><ul>{''.join(f'<li>第{n}条</li>' for n in range(90))}</ul></td></tr></table>",
        f"<table><tr><td>甲</td><td>{'<br>'.join(f'第{n}行' for n in range(90))}</td></tr></table>",
        f"<table><tr><td>甲</td><td><pre>{chr(10).join(f'line {n}' for n in range(120))}</pre></td></tr></table>",
        f"<table><tr><td>甲</td><td><table>{''.join(f'<tr><td>内{n}</td><td>值</td></tr>' for n in range(60))}</table></td></tr></table>",
        f"<figure class='table'><figcaption>{SENTENCE * 40}</figcaption><table><tr><td>1</td></tr></table><p class='note'>{SENTENCE * 60}</p></figure>",
        f"<figure class='chart'><img alt='图' src='data:image/png;base64,{stitched.png()}'><figcaption>{SENTENCE * 40}</figcaption></figure>",
        f"<h2>{SENTENCE * 40}</h2>",
        f"<h1>{SENTENCE * 30}</h1><p>文</p>",
        f"<p class='unit'>{SENTENCE * 60}</p><dl><dt>{SENTENCE}</dt><dd>{SENTENCE * 60}</dd></dl>",
        "<table>" + "<tr>" + "".join(f"<th>列{n}</th>" for n in range(120)) + "</tr>" + "<tr>" + "<td>1234.5</td>" * 120 + "</tr></table>",
        "<table>" + "<tr>" + "".join(f"<td>{SENTENCE}{n}</td>" for n in range(40)) + "</tr></table>",
        f"<blockquote><table><tr><td>{SENTENCE * 9}</td><td>乙</td></tr></table></blockquote><ul><li><table><tr><td>{'x' * 200}</td></tr></table></li></ul>",
    ],
    ids=[
        "row", "rowspan", "head", "list in a cell", "breaks in a cell", "code in a cell", "table in a cell", "caption and note",
        "caption of a chart", "heading", "title", "unit and term", "120 columns", "40 columns of sentences", "in quotations and lists",
    ],
)  # fmt: skip
def test_what_is_taller_or_wider_than_a_page_goes_on_where_there_is_room(markup):
    """Rows, heads, merged cells, captions, notes, headings and tables larger than a page lose nothing."""
    assert not lost(body_of(new_markdown_cell("# 题"), html(markup)))


def test_a_row_taller_than_a_page_goes_on_under_the_repeated_head():
    """Each page on which the row goes on shows the head again, and each sentence stands there once."""
    made = render_pdf(
        body_of(new_markdown_cell(f"# 表\n\n| 序号 | 内容 |\n|---|---|\n| 1 | {SENTENCE * 60} |\n")), {}, strict=False
    )
    texts = ["".join(page.extract_text().split()) for page in pages(made)]
    assert len(texts) > 1
    assert all("序号" in text for text in texts)
    assert sum(text.count("汇总问题清单") for text in texts) >= 58  # two may be parted by a page's end


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<table><tr><td rowspan=2>甲<td>乙</tr><tr><td colspan=3>丙</tr></table>", "甲乙丙"),
        ("<table><tr><td>甲<td rowspan=2>乙</tr><tr><td colspan=2>丙</tr></table>", "甲乙丙"),
        ("<table><tr><td rowspan=99 colspan=9999>甲</table>", "甲"),
        ("<table><thead><tr><th rowspan=0>甲<th>乙</tr></thead><tr><td>丙<td>丁</table>", "甲乙丙丁"),
        ("<table><tr><td rowspan=-1 colspan=x>甲</table>", "甲"),
        ("<table><tr><td rowspan=0 colspan=0>甲<td rowspan=2>乙<tr><tr></table>", "甲乙"),
        ("<h2></h2><h3>&nbsp;</h3><h4>​</h4><p>甲</p>", "甲"),
        ("<h1> </h1><p>甲</p>", "甲"),
        (f"<h2><img alt='' src='data:image/png;base64,{stitched.png()}'></h2><p>甲</p>", "甲"),
    ],
    ids=[
        "over",
        "under",
        "huge",
        "to the end",
        "nonsense",
        "empty rows",
        "empty headings",
        "empty title",
        "picture as heading",
    ],
)
def test_overlapping_cells_and_empty_headings_do_no_harm(markup, words):
    """Spans that overlap or reach out are cut, headings that say nothing left out; all words stay."""
    body = body_of(html(markup))
    assert not lost(body)
    assert re.sub(r"\s|\u200b", "", lxml.html.fragment_fromstring(body).text_content()) == words


def test_a_row_that_ends_early_keeps_its_cells_to_itself():
    """Cells stand in their own row and column, though a row above has fewer."""
    body = body_of(html("<table><tr><th>甲</th></tr><tr><td>乙</td><td>丙</td></tr></table>"))
    [page] = pages(render_pdf(body, {}, strict=False))
    top = {word["text"]: (round(word["x0"]), round(word["top"])) for word in page.extract_words()}
    assert top["甲"][0] == top["乙"][0] < top["丙"][0]
    assert top["甲"][1] < top["乙"][1] == top["丙"][1]


HAN = some.text("区政务服务中心组织开展专项行动逐项核对。，、“”（）《》——", min_size=1, max_size=60)
WORDS = some.text("abcXYZ019-_/.:?&%@#$~^\\*`'\"", min_size=1, max_size=90).map(lambda text: text.replace("&", "&amp;"))
FIGURES = some.integers(0, 10**40).map(lambda number: f"{number}件")
TEXTS = some.lists(HAN | WORDS | FIGURES, min_size=1, max_size=6).map(" ".join)
SPANS = some.integers(0, 4)


def tables(inside):
    cell = some.tuples(some.sampled_from(["td", "th"]), SPANS, SPANS, inside).map(
        lambda parts: f"<{parts[0]} rowspan={parts[1]} colspan={parts[2]}>{parts[3]}</{parts[0]}>"
    )
    rows = some.lists(some.lists(cell, max_size=5).map("".join), max_size=6)
    return rows.map(lambda lines: "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")


def wrapped(inside):
    tags = some.sampled_from(
        ["p", "div", "h2", "h3", "blockquote", "pre", "code", "strong", "em", "a href=#x", "dl><dd"]
    )
    one = some.tuples(tags, inside).map(
        lambda pair: f"<{pair[0]}>{pair[1]}" + "".join(f"</{tag.split()[0]}>" for tag in pair[0].split("><")[::-1])
    )
    lists = some.lists(inside, min_size=1, max_size=4).map(
        lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    )
    return one | lists | tables(inside) | some.lists(inside, min_size=1, max_size=3).map("".join)


DOCUMENTS = some.recursive(TEXTS, wrapped, max_leaves=12)


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_no_document_loses_a_character(markup):
    """Whatever is put into whatever, every character stands inside the type area."""
    assert not lost(body_of(html(markup)))


@pytest.mark.soak
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_no_document_loses_a_character_at_length(markup):
    """The same for many documents."""
    assert not lost(body_of(html(markup)))
