"""Wishes of a style that paper can keep: where a page ends, and how wide a picture is, in every format."""

from __future__ import annotations

import io
import zipfile

import lxml.html
import pytest
import stitched
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from rendered import pages

from pipeline.render import render_docx, render_html, render_pdf, semantic_body

PICTURE = f"data:image/png;base64,{stitched.png(900, 300)}"
LINE, EMU = 442.2, 12700  # points of a full line; EMU a point


def body_of(markup: str, *, output: bool) -> str:
    """The body of a notebook with ``markup`` in a Markdown cell or in an output."""
    data = {"text/html": markup}
    cell = new_code_cell("", outputs=[new_output("display_data", data)]) if output else new_markdown_cell(markup)
    return semantic_body(new_notebook(cells=[new_markdown_cell("# 题\n\n前文。"), cell, new_markdown_cell("后文。")]))


def word_xml(body: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(render_docx(body, {}))).read("word/document.xml"))


@pytest.mark.parametrize("output", [False, True], ids=["markdown", "output"])
@pytest.mark.parametrize(
    "markup",
    [
        '<div style="page-break-after: always"></div>',
        '<div style="page-break-before:always;"></div>',
        '<div style="break-after: page"></div>',
        '<div style="color: red; break-before: PAGE !important"></div>'.replace("PAGE", "page"),
        '<p style="page-break-before: always">新页</p>',
        '<h2 style="break-before: page">新章</h2>',
        '<div><br style="page-break-before: always"></div>',
        '<p><br style="page-break-before: always">新页</p>',
        '<hr style="page-break-after: always">',
        '<DIV STYLE="PAGE-BREAK-AFTER: ALWAYS"></DIV>',
        '<p><span style="page-break-before: always">新页</span></p>',
        '<p>旧页<span style="page-break-after: always">终</span></p>',
        '<span style="page-break-after: always"></span>',
        '<p><span lang="EN-US"><br clear="all" style="mso-special-character:line-break;page-break-before:always"></span></p>',
        '<div style="page-break-after: always"></div><div style="page-break-before: always"></div>',
    ],
)
def test_a_page_ends_where_a_style_wishes_so(markup, output):
    """The PDF has two pages, the Word document one page break, and the printed page the class that ends one."""
    body = body_of(markup, output=output)
    assert len(pages(render_pdf(body, {}))) == 2
    assert len(word_xml(body).xpath("//*[local-name()='br'][@*[local-name()='type']='page']")) == 1
    page = lxml.html.document_fromstring(render_html(body, {}))
    assert page.xpath("//*[contains(@class, 'break-before') or contains(@class, 'break-after')]")
    assert "break-before: page" in page.findtext(".//style")


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="page-break-after: avoid"></div>',
        '<div style="break-inside: avoid">文</div>',
        '<p>前<span style="page-break-before: always">后</span></p>',
        '<ul><li style="page-break-before: always">项</li></ul>',
        '<table><tr><td><p style="page-break-before: always">格</p></td></tr></table>',
    ],
    ids=["avoid", "inside", "line", "list", "cell"],
)
def test_no_page_ends_inside_lines_lists_and_tables_or_where_none_is_wished(markup):
    """A wish that no page can keep is passed over."""
    body = body_of(markup, output=True)
    assert len(pages(render_pdf(body, {}))) == 1
    assert not word_xml(body).xpath("//*[local-name()='br'][@*[local-name()='type']='page']")


@pytest.mark.parametrize("output", [False, True], ids=["markdown", "output"])
@pytest.mark.parametrize(
    ("written", "points", "on_the_page"),
    [
        ('width="50%"', LINE / 2, "width:50%"),
        ('style="width: 50%"', LINE / 2, "width:50%"),
        ('style="max-width:100%;width:25%"', LINE / 4, "width:25%"),
        ('width="300"', 225, 'width="300"'),
        ('width="300px"', 225, 'width="300"'),
        ('style="width:300px"', 225, 'width="300"'),
        ('style="width: 7.8cm"', 7.8 * 72 / 2.54, "width:221.102pt"),
        ('width="78mm"', 78 * 72 / 25.4, "width:221.102pt"),
        ('style="width:2in"', 144, "width:144pt"),
        ('height="100"', 225, 'height="100"'),
        ('style="height: 2cm"', 3 * 2 * 72 / 2.54, "<img"),
        ('width="300%"', LINE, "width:100%"),
        ('width="wide"', LINE, "<img"),
        ("", LINE, "<img"),
    ],
)
def test_a_picture_is_as_wide_as_wished(written, points, on_the_page, output):
    """Percent, pixels and lengths, as attribute or style, give the same width in PDF, Word document and page."""
    body = body_of(f'<img {written} alt="图" src="{PICTURE}">', output=output)
    [page] = pages(render_pdf(body, {}))
    [image] = page.images
    assert image["width"] == pytest.approx(points, abs=0.6)
    [extent] = word_xml(body).xpath("//*[local-name()='inline']/*[local-name()='extent']")
    assert int(extent.get("cx")) / EMU == pytest.approx(points, abs=0.6)
    assert on_the_page in render_html(body, {})


@pytest.mark.parametrize("output", [False, True], ids=["markdown", "output"])
@pytest.mark.parametrize(
    ("markup", "share", "on_the_page"),
    [
        ('<img style="max-width:50%" {}>', 0.5, "max-width:50%"),
        ('<img style="MAX-WIDTH: 100%; WIDTH: 25%" {}>', 0.25, "{width:25%"),
        ('<figure style="width:50%"><img {}></figure>', 0.5, "max-width:50%"),
        ('<div style="width: 50%"><img width="100%" {}></div>', 0.5, "{width:50%"),
        ('<div style="width: 50%"><p><img width="50%" {}></p></div>', 0.25, "{width:25%"),
        ('<div style="max-width: 50%"><figure style="width: 80%"><img {}></figure></div>', 0.4, "max-width:40%"),
        ('<p align="center"><a href="https://example.org"><img width="50%" {}></a></p>', 0.5, "{width:50%"),
    ],
)
def test_what_holds_a_picture_bounds_it(markup, share, on_the_page, output):
    """The width of a figure, paragraph or division, and a picture's greatest one, bound it in all three forms."""
    body = body_of(markup.format(f'alt="图" src="{PICTURE}"'), output=output)
    [page] = pages(render_pdf(body, {}))
    [image] = page.images
    assert image["width"] == pytest.approx(LINE * share, abs=0.6)
    [extent] = word_xml(body).xpath("//*[local-name()='inline']/*[local-name()='extent']")
    assert int(extent.get("cx")) / EMU == pytest.approx(LINE * share, abs=0.6)
    assert on_the_page in render_html(body, {})


def test_a_picture_in_a_cell_stays_inside_it():
    """A picture wider than its column is as wide as the column."""
    body = body_of(
        f'<table><tr><td><img alt="图" src="{PICTURE}"></td><td>{"说明文字" * 30}</td></tr></table>', output=True
    )
    [page] = pages(render_pdf(body, {}))
    [image] = page.images
    edges = sorted({round(rect["x0"]) for rect in (*page.rects, *page.lines)})
    assert round(image["x1"]) <= edges[1]


def test_a_row_taller_than_a_page_may_be_divided_in_word():
    """Rows are kept whole in the Word document but for those that no page holds."""
    body = body_of(f"<table><tr><td>短</td></tr><tr><td>{'很长的一格。' * 400}</td></tr></table>", output=True)
    kept = [row.xpath("boolean(.//*[local-name()='cantSplit'])") for row in word_xml(body).iter("{*}tr")]
    assert kept == [True, False]
