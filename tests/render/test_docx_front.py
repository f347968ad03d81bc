"""What stands around the text of a Word document where report.toml asks for it: 版头, 主送, 目录, 版记."""

from __future__ import annotations

import io

import docx
import office
import pdfplumber
import pytest
import stitched
from docx.oxml.ns import qn

from pipeline.document.word_text import read_word
from pipeline.render import render_docx, semantic_body

LETTERHEAD = {"issuer": "某区行政审批服务局文件", "number": "某审〔2021〕1号", "signer": "张三"}
COLOPHON = {"copied": "区政府办公室，区委编办", "printer": "某区行政审批服务局办公室", "date": "2021年6月30日"}
RED = "D7000F"


def document(tmp_path, **metadata):
    """The file of the short report with these settings."""
    notebook = stitched.stitched()
    body = semantic_body(notebook)
    (tmp_path / "report.docx").write_bytes(render_docx(body, {**notebook.metadata.halfyear, **metadata}))
    return tmp_path / "report.docx"


def squeezed(text):
    return "".join(text.split())


def test_the_letterhead_is_that_of_the_standard(tmp_path):
    """The issuer in red 小标宋 35 mm down, as large as its line holds; the number, a red line under it; who signs, in 楷体 at the right."""
    issuer, number = docx.Document(str(document(tmp_path, letterhead=LETTERHEAD))).paragraphs[:2]
    assert issuer.text == LETTERHEAD["issuer"]
    assert issuer.style.font.color.rgb.__str__() == RED
    assert issuer.style.paragraph_format.space_before.mm == pytest.approx(35, abs=0.1)
    assert issuer.runs[0].font.size.pt * len(issuer.text) <= 442.3
    assert number.text == "\t某审〔2021〕1号\t签发人：张三"
    assert number.runs[-1]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "楷体_GB2312"
    assert number._p.pPr.find(qn("w:pBdr"))[0].get(qn("w:color")) == RED


def test_without_a_signer_the_number_stands_in_the_middle(tmp_path):
    """A 版头 has the parts that are given."""
    said = {"issuer": "某局文件", "number": "某审〔2021〕1号"}
    number = docx.Document(str(document(tmp_path, letterhead=said))).paragraphs[1]
    assert (number.text, number._p.pPr.find(qn("w:jc")).get(qn("w:val"))) == ("某审〔2021〕1号", "center")


def test_the_colophon_stands_at_the_foot_of_its_page(tmp_path):
    """Between lines, the copies over who printed it and when, at the foot of the type area: so Word is told, and LibreOffice does it."""
    file = document(tmp_path, colophon=COLOPHON)
    place = docx.Document(str(file)).tables[-1]._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    with pdfplumber.open(office.converted(file, "pdf", tmp_path)) as pages:
        said = squeezed(pages.pages[-1].extract_text())
        lowest = max(line["bottom"] for line in pages.pages[-1].rects + pages.pages[-1].lines + pages.pages[-1].curves)
    assert lowest == pytest.approx((37 + 225) / 25.4 * 72, abs=3)
    assert said.index("抄送：区政府办公室，区委编办。") < said.index("某区行政审批服务局办公室2021年6月30日印发")


def test_the_contents_lead_to_the_headings_and_number_their_pages(tmp_path):
    """A line a heading of the first two levels, with its number and a link; Word is asked to fill in the pages."""
    file = document(tmp_path, contents=True)
    lines = [one for one in docx.Document(str(file)).paragraphs if one.style.name.startswith("toc ")]
    assert [(one.style.name, squeezed(one.text)) for one in lines] == [
        ("toc 1", "一、改革创新"),
        ("toc 2", "（一）推进“一件事”改革"),
        ("toc 1", "二、清单梳理"),
    ]
    marks = {mark.get(qn("w:name")) for mark in docx.Document(str(file)).element.body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for one in lines for link in one._p.iter(qn("w:hyperlink"))} <= marks
    begin = next(docx.Document(str(file)).element.body.iter(qn("w:fldChar")))
    assert begin.get(qn("w:dirty")) == "true"


def test_an_edited_document_is_read_without_its_contents(tmp_path):
    """Word makes the 目录 anew, and so does LibreOffice, in its own styles: its lines are nobody's edits."""
    (tmp_path / "saved").mkdir()
    listed = document(tmp_path, contents=True)
    saved = office.converted(listed, "docx", tmp_path / "saved")
    assert read_word(saved) == read_word(listed) == read_word(document(tmp_path))


def test_recipients_stand_at_the_left_edge():
    """主送 has no indent."""
    body = '<article class="report"><header class="front"><h1>题</h1></header><p class="recipients">区政府：</p><p>正文。</p></article>'
    (recipients,) = [
        one for one in docx.Document(io.BytesIO(render_docx(body, {}))).paragraphs if one.text == "区政府："
    ]
    assert recipients.style.name == "主送机关"
    assert not recipients.paragraph_format.first_line_indent


@pytest.mark.parametrize("settings", [{"letterhead": LETTERHEAD, "colophon": COLOPHON, "contents": True}])
def test_the_document_stays_valid(tmp_path, settings):
    """A validator finds nothing in a document with all of them."""
    audit = pytest.importorskip("openxml_audit", reason="needs the package openxml-audit")
    errors = audit.OpenXmlValidator().validate(str(document(tmp_path, **settings))).errors
    assert [str(error) for error in errors] == []
