"""No personal data leaves the house, wherever it hides; a hit names the place and shows itself masked."""

import base64
import io
import json
import struct
import zipfile
import zlib

import openpyxl
import pytest
import typst
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from material import INDICATORS, LEDGERS, body, frame, report, says, value

from pipeline import render
from pipeline.publish import leaks, privacy
from pipeline.publish.unpack import texts
from pipeline.vouch import Ledgers

ID = "11010519491231002X"  # the specimen of the standard itself (GB 11643-1999, annex)
MASKED = "11*************02X"


def told(name, data):
    return [finding.text("en") for finding in privacy({name: data})]


def id_at(place):
    return f"{place}: it holds the resident id {MASKED}; take it out of the data or the text."


def html(content):
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>总结</title></head><body>{content}</body></html>".encode()


def svg(label):
    markup = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{label}</text></svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(markup.encode()).decode()


def png(text):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    kinds = chunk(b"IHDR", head) + chunk(b"tEXt", b"Author\0" + text.encode()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + kinds


def workbook(*, in_cell="", in_property="", in_comment=""):
    book = openpyxl.Workbook()
    book.active["B2"] = in_cell or "好"
    book.properties.keywords = in_property
    if in_comment:
        book.active["B2"].comment = openpyxl.comments.Comment(in_comment, "a")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def word(*, runs=("好",), title="", header="", alternative=""):
    document = Document()
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    document.core_properties.title = title
    document.sections[0].header.paragraphs[0].text = header
    if alternative:
        document.add_picture(io.BytesIO(png("a")[:33] + _pixel()))
        document.inline_shapes[0]._inline.docPr.set("descr", alternative)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pixel():
    data = zlib.compress(b"\0\0")
    made = struct.pack(">I", len(data)) + b"IDAT" + data + struct.pack(">I", zlib.crc32(b"IDAT" + data))
    return made + b"\0\0\0\0IEND\xaeB`\x82"


def pdf(source):
    return typst.compile(source.encode(), format="pdf")


def archive(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "."), data)
    return stream.getvalue()


PLANTED = [
    ("report.html", html(f"<p>联系{ID}。</p>"), "report.html"),
    ("report.html", html(f"<p>联系{ID[:9]}<b>{ID[9:]}</b>。</p>"), "report.html"),
    ("report.html", html(f"<table><tr><td>{ID}</td></tr></table>"), "report.html"),
    ("report.html", html("<p>好</p>").replace("总结".encode(), ID.encode()), "report.html"),
    ("report.html", html(f"<img alt='{ID}'>"), "report.html <img alt>"),
    ("report.html", html(f"<p data-source='{ID}'>好</p>"), "report.html <p data-source>"),
    ("report.html", html(f"<!-- {ID} -->"), "report.html (comment)"),
    ("report.html", html(f"<img src='{svg(ID)}'>"), "report.html <img src> data.svg"),
    ("report.html", html(f"<svg><text>{ID}</text></svg>"), "report.html"),
    ("report.html", html(f"<style>p::after{{content:'{ID}'}}</style>"), "report.html"),
    (f"{ID}.html", html("<p>好</p>"), "***.html (name)"),
    ("chart.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><title>{ID}</title></svg>".encode(), "chart.svg"),
    ("chart.png", png(ID), "chart.png (picture's text)"),
    ("facts.csv", f"number,printed\n1,{ID}\n".encode("utf-8-sig"), "facts.csv"),
    ("manifest.json", json.dumps({"parameters": {"who": ID}}).encode(), "manifest.json"),
    ("notes.txt", f"联系{ID}".encode(), "notes.txt"),
    ("tables.xlsx", workbook(in_cell=ID), "tables.xlsx!xl/worksheets/sheet1.xml"),
    ("tables.xlsx", workbook(in_property=ID), "tables.xlsx!docProps/core.xml"),
    ("tables.xlsx", workbook(in_comment=ID), "tables.xlsx!xl/comments/comment1.xml"),
    ("report.docx", word(runs=(ID,)), "report.docx!word/document.xml"),
    ("report.docx", word(runs=(ID[:7], ID[7:])), "report.docx!word/document.xml"),
    ("report.docx", word(title=ID), "report.docx!docProps/core.xml"),
    ("report.docx", word(header=ID), "report.docx!word/header1.xml"),
    ("report.docx", word(alternative=ID), "report.docx!word/document.xml <docPr descr>"),
    ("report.pdf", pdf(f"= 总结\n联系 {ID}"), "report.pdf (page text)"),
    ("report.pdf", pdf(f'#set document(title: "{ID}")\n好'), "report.pdf (properties)"),
    ("report.pdf", pdf(f"= {ID}\n好"), "report.pdf (properties)"),
    ("report.pdf", pdf(f'#link("https://example.org/{ID}")[好]'), "report.pdf (properties)"),
    ("all.zip", archive(inner__docx=word(runs=(ID,))), "all.zip!inner.docx!word/document.xml"),
    ("all.zip", archive(**{ID: "好"}), "all.zip!*** (name)"),
]


@pytest.mark.parametrize(("name", "data", "place"), PLANTED, ids=[place for _, _, place in PLANTED])
def test_a_resident_id_is_found_wherever_it_hides(name, data, place):
    """An id in text, attribute, property, comment, picture, name or archive is told with its place, masked."""
    assert id_at(place) in told(name, data)
    assert not any(ID in text for text in told(name, data))


def test_figures_of_neighbouring_cells_are_not_run_together_to_a_number():
    """Digits that stand in cells of their own are not read as one mobile number."""
    assert told("a.html", html("<table><tr><td>138</td><td>1234</td><td>5678</td></tr></table>")) == []


def test_an_office_names_its_public_address():
    """An e-mail address of the office may leave where it is named; any other may not, be it in the same paragraph."""
    data = html("<p>邮箱 office@example.cn</p>")
    assert privacy({"a.html": data}, allowed=["Office@example.cn"]) == ()
    both = privacy({"a.html": html("<p>office@example.cn、zhang@example.cn</p>")}, allowed=["office@example.cn"])
    assert [finding.value for finding in both] == ["z***@example.cn"]
    assert told("a.html", data) == [
        "a.html: it holds the e-mail address o***@example.cn; take it out, or name it when publishing if it is the office's public one."
    ]


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("a.docx", b"PK\x03\x04 broken", "a.docx"),
        ("a.png", png("a")[:40], "a.png"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj<</Filter/Standard>>endobj trailer<</Encrypt 1 0 R>>", "a.pdf"),
    ],
)
def test_a_file_that_cannot_be_read_does_not_pass(name, data, place):
    """A broken archive, a broken picture and an encrypted PDF are told, for nobody can say what they hold."""
    assert told(name, data) == [
        f"{place}: it cannot be read, so nobody can say that it holds no personal data; use another format."
    ]


@given(
    st.binary(max_size=200),
    st.sampled_from([".pdf", ".docx", ".html", ".svg", ".jpg", ".csv", ".png", ".txt"]),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_the_gate(data, kind, begun):
    """Whatever bytes a file holds, they are read or told as unreadable; the gate itself never fails."""
    starts = {
        ".pdf": b"%PDF-1.7\n<<",
        ".docx": b"PK\x03\x04",
        ".png": b"\x89PNG\r\n\x1a\n",
        ".jpg": b"\xff\xd8\xff\xe1",
        ".svg": b"<?xml version='1.0' encoding='x'?>",
    }
    found = list(texts(f"a{kind}", starts.get(kind, b"<p>") + data if begun else data))
    assert found[0] == (f"a{kind} (name)", f"a{kind}")


def test_an_archive_that_would_fill_the_machine_is_not_unpacked():
    """An archive whose members unpack to gigabytes is told as unreadable before any is unpacked."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("a.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(600):
            member.write(bytes(1024 * 1024))
    assert [code.code for code in privacy({"a.zip": stream.getvalue()})] == ["unreadable-part"]


@pytest.fixture(scope="module")
def rendered():
    """A report that holds an internal figure, in all its forms."""
    stitched = report(says(f"办件量{value(2)}，累计加班{INDICATORS.loc[4, 'value']}。"))
    return {f"report.{name}": render.to_bytes(name, stitched) for name in ("html", "pdf", "docx")}


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_what_a_reader_sees_is_seen_in_every_form(rendered, form):
    """The words and figures of a report are read back from each of its forms."""
    said = "".join(text.text for text in texts(f"report.{form}", rendered[f"report.{form}"])).replace("\n", "")
    assert "322件" in said
    assert "加班22小时" in said
    assert "槐荫区行政审批服务局政策法规科" in said


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("html", "report.html"), ("pdf", "report.pdf (page text)"), ("docx", "report.docx!word/document.xml"),
    ],
)  # fmt: skip
def test_an_internal_figure_does_not_leave_in_any_form(rendered, form, place):
    """The figure of an internal record is told in each form, with the cell it comes from."""
    name = f"report.{form}"
    assert (
        f"{place}: it holds the figure '22小时' of the internal record tables/indicators.csv#row=4;col=数值; "
        "reword it or build the public edition again."
    ) in [finding.text("en") for finding in leaks({name: rendered[name]}, LEDGERS)]


def test_the_name_of_an_internal_cell_is_a_leak_of_its_own():
    """A source that names an internal row is told even where its figure is not shown."""
    data = html('<p><data class="fact" value="1" data-source="tables/indicators.csv#row=2-4;col=数值">1</data></p>')
    assert [finding.text("en") for finding in leaks({"a.html": data}, LEDGERS)] == [
        "a.html <data data-source>: it names the internal record tables/indicators.csv#row=2-4;col=数值; build the public edition again."
    ]


@pytest.mark.parametrize(("name", "is_told"), [("密", False), ("密谈", True), ("一业", False), ("密谈室", True)])
def test_a_short_name_is_a_leak_if_only_internal_records_have_it(name, is_told):
    """From two characters on an internal name is told; not one that is part of a public name."""
    rows = {"subject": "一业一证", "disclosure": "主动公开"}, {"subject": name, "disclosure": "内部"}
    found = leaks({"a.html": html(f"另有{name}。")}, Ledgers.of([frame("indicators", *rows)]))
    assert bool(found) is is_told


def test_a_public_report_has_no_leaks():
    """Figures and words of public records are none."""
    stitched = report(says(f"办件量{value(2)}。"), opening="合计22件。")
    assert leaks({"a.html": body(stitched).encode()}, LEDGERS) == ()
