"""The PDF as poppler and qpdf read it, programs that share no code with what made it."""

import re
import unicodedata

import lxml.etree
import pikepdf
import pytest
from programs import asked
from words import squeezed

# Poppler up to 23 takes the value false, which PDF/UA-1 (ISO 14289-1, 7.1) calls for, for a mistake.
POPPLERS_OWN = "Syntax Error: Suspects object is wrong type (boolean)"


@pytest.fixture(scope="module")
def pdf(report):
    return report / "report.pdf"


@pytest.fixture(scope="module")
def text(pdf):
    # as drawn, cell by cell: where headings of two lines stand side by side, pdftotext would read on across them
    return asked("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").stdout


def info(pdf, *options):
    return asked("pdfinfo", *options, pdf, errors="replace").stdout  # titles of tags come as UTF-16 amid UTF-8


@pytest.mark.parametrize("program", ["pdfinfo", "pdffonts", "pdftotext", "pdftoppm", "pdftohtml"])
def test_poppler_opens_it_without_complaint(pdf, tmp_path, program):
    """Each of poppler's programs reads the whole file and has nothing to say against it."""
    options = {"pdftoppm": ["-r", "40"], "pdftohtml": ["-xml"]}
    target = [] if program in ("pdfinfo", "pdffonts") else [tmp_path / "read"]
    said = asked(program, *options.get(program, []), pdf, *target).stderr.splitlines()
    assert [line for line in said if line != POPPLERS_OWN] == []


def test_qpdf_finds_its_structure_sound(pdf):
    """qpdf reads every object and stream and finds no error."""
    assert "No syntax or stream encoding errors found" in asked("qpdf", "--check", pdf).stdout


def test_every_font_is_embedded_and_says_its_characters(pdf):
    """Every font is embedded, cut down to what is used, and maps its glyphs to characters; all are of the wheel."""
    names, _, *fonts = asked("pdffonts", pdf).stdout.splitlines()
    assert names.split()[:6] == ["name", "type", "encoding", "emb", "sub", "uni"]
    assert len(fonts) >= 2
    for font in fonts:
        assert re.fullmatch(r"[A-Z]{6}\+Noto(Serif|Sans)SC-\S+ .* yes yes yes +\d+ +0 *", font)


def test_every_word_can_be_read(text, words):
    """Every heading in its order, every caption, cell and figure of the report can be copied out of the PDF."""
    assert len(words.figures) > 75
    assert words.unread(text) == []


def test_no_character_is_lost(text):
    """The text holds no replacement character, no private one and no control character."""
    kinds = {unicodedata.category(character) for character in text} - {"Cc"}
    assert not kinds & {"Co", "Cn", "Cs"}
    assert "�" not in text
    assert {character for character in text if unicodedata.category(character) == "Cc"} <= {"\n", "\f"}


def test_no_glyph_is_missing(pdf):
    """No text on any page or in any drawing shows glyph 0, the empty box of a font that lacks a character."""
    with pikepdf.open(pdf) as document:
        shown = [glyph for page in document.pages for glyph in glyphs(page.obj)]
    assert len(shown) > 1000
    assert 0 not in shown


def glyphs(content):
    """The numbers of the glyphs shown by a page or form; every font of ours has two bytes a glyph."""
    for operands, operator in pikepdf.parse_content_stream(
        pikepdf.Page(content) if "/Contents" in content else content
    ):
        if str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else operands
            for codes in (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)):
                yield from (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
    for form in content.get("/Resources", {}).get("/XObject", {}).values():
        if form.get("/Subtype") == "/Form":
            yield from glyphs(form)


def test_it_says_what_it_is(pdf):
    """Title, author, language, A4 and its standards, PDF/A-2a and PDF/UA-1, stand where a reader looks for them."""
    told = info(pdf)
    assert re.search(r"^Title: +政策法规科2021年上半年工作总结$", told, re.MULTILINE)
    assert re.search(r"^Author: +槐荫区行政审批服务局政策法规科$", told, re.MULTILINE)
    assert re.search(r"^Page size: .*\(A4\)$", told, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", told, re.MULTILINE)
    assert re.search(r"^JavaScript: +no$", told, re.MULTILINE)
    metadata = info(pdf, "-meta")
    for mark in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<rdf:li>zh-CN<"):
        assert mark in metadata
    with pikepdf.open(pdf) as document:
        assert str(document.Root.Lang) == "zh-CN"


def test_its_tags_name_the_parts(pdf, words):
    """Tagged are a heading for each heading, a table for each table with its header cells, a figure for each chart."""
    tags = re.findall(r"^ *([A-Za-z0-9]+)[ :]?", info(pdf, "-struct"), re.MULTILINE)
    levels = [level for level, _ in words.headings]
    assert [tags.count(f"H{level}") for level in (1, 2, 3)] == [levels.count(level + 1) for level in (1, 2, 3)]
    assert tags.count("Table") == sum(caption.startswith("表") for caption in words.captions)
    assert tags.count("Figure") == sum(caption.startswith("图") for caption in words.captions)
    assert tags.count("TH") + tags.count("TD") == len(words.cells)


def test_its_outline_leads_to_every_heading(pdf, words):
    """The outline has every heading below the title, in order and depth, each on the page its entry leads to."""
    tree = lxml.etree.fromstring(asked("pdftohtml", "-xml", "-i", "-stdout", pdf).stdout.encode())
    items = list(tree.iter("item"))
    depth = [len(list(item.iterancestors("outline"))) + 1 for item in items]
    assert list(zip(depth, (squeezed(item.text) for item in items), strict=True)) == words.headings[1:]
    for item in items:
        page = item.get("page")
        assert squeezed(item.text) in squeezed(asked("pdftotext", "-f", page, "-l", page, pdf, "-").stdout)
