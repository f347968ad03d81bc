"""What a file must say of itself for readers who do not see it."""

import io

import pytest
import typst
from docx import Document
from material import body, chart, handled, report, says, shows, value
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from pipeline import render
from pipeline.publish.accessibility import accessibility, fonts

PAGE = '<!DOCTYPE html><html lang="zh-CN"><head><title>总结</title></head><body><h1>总结</h1>{}</body></html>'


def told(name, data):
    return [finding.text("en") for finding in accessibility({name: data})]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (PAGE.replace(' lang="zh-CN"', ""), "it does not say its language."),
        (PAGE.replace("<title>总结</title>", ""), "it has no title among its properties."),
        (PAGE.format("<h1>又一个</h1>"), "it must have one heading of level 1, and has 2."),
        (PAGE.format("<h3>跳级</h3>"), "the heading '跳级' skips a level."),
        (PAGE.format('<img id="a" src="x">'), "a picture a has no alternative text."),
        (PAGE.format('<svg id="a"></svg>'), "a picture a has no alternative text."),
        (PAGE.format("<table><tr><td>甲</td></tr></table>"), "the table '甲' has no heading cells."),
        (PAGE.format('<p id="a">甲</p><p id="a">乙</p>'), "the id 'a' stands twice."),
        (PAGE.format('<a href="#b">甲</a>'), "the link '#b' leads nowhere."),
    ],
)
def test_a_fault_of_a_page_is_told(page, expected):
    """Language, title, headings, alternatives, table heads, ids and links are looked at."""
    assert told("report.html", page.replace("{}", "").encode()) == [f"report.html: {expected}"]


def without_marks():
    """A document of one page that says nothing of itself and names a font that it does not hold."""
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer._add_object(DictionaryObject({NameObject("/FontName"): NameObject("/SimSun")}))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_plain_pdf_lacks_what_an_archive_asks_for():
    """A PDF without tags, structure and the marks of PDF/UA and PDF/A is told with each."""
    bare = without_marks()
    assert [text.partition(": ")[2] for text in told("a.pdf", bare)] == [
        "the PDF is not tagged.", "the PDF has no structure.", "it does not say its language.", "the PDF does not show its title.",
        "the PDF does not claim PDF/UA.", "the PDF does not claim PDF/A.",
    ]  # fmt: skip
    assert [finding.text("en") for finding in fonts({"a.pdf": bare})] == [
        "a.pdf: the PDF does not hold its font SimSun."
    ]


def test_a_pdf_that_breaks_off_claims_nothing():
    """A PDF that cannot be read is told with every mark it does not show, and breaks nothing."""
    assert len(told("a.pdf", without_marks()[:200])) == 6
    assert fonts({"a.pdf": b"%PDF-1.7"}) == ()


def test_a_bare_word_file_lacks_a_title_and_heads():
    """A DOCX without title and with a table without a heading row is told with both."""
    document = Document()
    document.core_properties.title = ""
    document.add_table(1, 1).cell(0, 0).text = "甲"
    stream = io.BytesIO()
    document.save(stream)
    assert told("a.docx", stream.getvalue()) == [
        "a.docx: it has no title among its properties.", "a.docx: the table '甲' has no heading cells.",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_the_report_has_no_such_faults(form):
    """A report with prose, table and chart passes in each of its forms, and holds its fonts."""
    stitched = report(says(f"办件量{value(2)}。"), shows(handled().html), shows(chart("条形图：一业一证322件。")))
    assert "图1" in body(stitched)
    files = {f"report.{form}": render.to_bytes(form, stitched)}
    assert (accessibility(files), fonts(files)) == ((), ())


def test_a_pdf_that_holds_its_fonts_is_not_blamed():
    """Embedded subsets count as held."""
    assert fonts({"a.pdf": typst.compile("好 x".encode(), format="pdf")}) == ()
