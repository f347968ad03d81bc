"""The DOCX as LibreOffice and python-docx read it, programs that share no code with what made it."""

import re

import docx
import office
import pytest
from programs import asked
from words import squeezed


@pytest.fixture(scope="module")
def converted(report, tmp_path_factory):
    """Lets LibreOffice convert the DOCX."""
    home = tmp_path_factory.mktemp("libreoffice")
    return lambda form: office.converted(report / "report.docx", form, home)


@pytest.fixture(scope="module")
def document(report):
    return docx.Document(str(report / "report.docx"))


def test_libreoffice_reads_every_word(converted, words):
    """As plain text LibreOffice gives every heading in its order, every caption, cell and figure, and loses no character."""
    text = converted("txt:Text (encoded):UTF8").read_text(encoding="utf-8-sig")
    assert len(words.figures) > 75
    assert words.unread(text) == []
    assert "�" not in text


def test_libreoffice_sets_every_word_in_chinese(converted, words):
    """As pages LibreOffice sets every word in the Chinese fonts it has, embedded, with the chart drawn, on A4."""
    pdf = converted("pdf")
    # as drawn, cell by cell: where headings of two lines stand side by side, pdftotext would read on across them
    text = asked("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").stdout
    assert words.unread(text) == []
    assert "�" not in text
    fonts = asked("pdffonts", pdf).stdout.splitlines()[2:]
    assert fonts
    assert not [font for font in fonts if not re.search(r"Noto(Sans|Serif)SC.* yes yes yes ", font)]
    assert not re.findall(r"^ *\d+ +\d+ image ", asked("pdfimages", "-list", pdf).stdout, re.MULTILINE)
    assert re.search(
        "322 ?件", text.partition("图1")[0].rpartition("改革创新")[2]
    )  # the chart, as LibreOffice draws it
    assert re.search(r"^Page size: .*\(A4\)$", asked("pdfinfo", pdf).stdout, re.MULTILINE)


def test_its_headings_are_headings(document, words):
    """Each heading has the heading style of its depth, so that Word's navigation and contents find it; the title is Title."""
    styles = {"Title": 1, **{f"Heading {level - 1}": level for level in range(2, 7)}}
    found = [(styles[one.style.name], squeezed(one.text)) for one in document.paragraphs if one.style.name in styles]
    said = [
        (level, re.sub(r"^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)", "", title))
        for level, title in words.headings
    ]
    assert found == said


def test_its_tables_are_tables(document, words):
    """Each table is a Word table with a marked header row and the cells of the page's tables, row by row."""
    assert len(document.tables) == sum(caption.startswith("表") for caption in words.captions)
    cells = [squeezed(cell.text) for table in document.tables for row in table.rows for cell in row.cells]
    assert cells == words.cells
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_its_pictures_speak(document, words):
    """Each chart, and the picture that stands by for it, has an alternative text that says its figures."""
    charts = [caption for caption in words.captions if caption.startswith("图")]
    alternatives = document.element.body.iter(
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
    )
    spoken = [shape.get("descr") for each in alternatives for shape in list(each.iter("{*}docPr"))[:1]]
    assert all(shape.get("descr") for shape in document.element.body.iter("{*}docPr"))
    assert len(spoken) == len(charts) > 0
    assert "一业一证322件" in spoken[0]


def test_it_says_what_it_is(document):
    """Title, author and language stand in the properties, the page is A4, and Chinese text is marked as Chinese."""
    properties = document.core_properties
    assert (properties.title, properties.author) == ("政策法规科2021年上半年工作总结", "槐荫区行政审批服务局政策法规科")
    assert properties.language == "zh-CN"
    assert (round(document.sections[0].page_width.mm), round(document.sections[0].page_height.mm)) == (210, 297)
    language = document.styles.element.find(".//{*}docDefaults//{*}lang")
    assert "zh-CN" in language.attrib.values()
