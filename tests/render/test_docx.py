"""The Word document: what an office finds in it when it goes on editing."""

from __future__ import annotations

import datetime
import html
import io
import re
import zipfile
from functools import cache
from pathlib import Path

import docx
import lxml.html
import pytest
import stitched
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from lxml import etree

from pipeline.render import render_docx, semantic_body
from pipeline.render.word.heading_numbers import chinese_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
TEXT_WIDTH, TEXT_HEIGHT = 8845, 12756  # twips: 156 mm, 225 mm
NAMES = ["stitched", "stress", "foreign"]


@cache
def made(name: str) -> bytes:
    """The .docx of a notebook of ``stitched``."""
    return of(getattr(stitched, name)())


def of(notebook) -> bytes:
    """The .docx of any notebook."""
    return render_docx(semantic_body(notebook), notebook.metadata.get("halfyear", {}))


def article(inside: str, **metadata):
    """The document of a body made of ``inside``, open in python-docx."""
    body = f'<article class="report" lang="zh-CN">{inside}</article>'
    return docx.Document(io.BytesIO(render_docx(body, {"title": "总结", **metadata})))


def opened(name: str):
    """A document of ``stitched`` as python-docx reads it."""
    return docx.Document(io.BytesIO(made(name)))


def part(name: str, path: str) -> etree._Element:
    """One XML part of a document of ``stitched``."""
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(made(name))).read(path))


def words(element: etree._Element) -> str:
    """The text of a piece of a document without any white space."""
    return "".join("".join(text.text or "" for text in element.iter(f"{W}t")).split())


# Sizes and faces of GB/T 9704-2012: 7.3.1 title, 7.3.3 text and its levels.
STYLES = {
    "Title": ("方正小标宋简体", 22),
    "Body Text": ("仿宋_GB2312", 16),
    "Heading 1": ("黑体", 16),
    "Heading 2": ("楷体_GB2312", 16),
    "Heading 3": ("仿宋_GB2312", 16),
    "Heading 4": ("仿宋_GB2312", 16),
    "Caption": ("黑体", 14),
    "表格文字": ("仿宋_GB2312", 12),
    "footer": ("宋体", 14),
}


@pytest.mark.parametrize(("name", "face", "size"), [(name, *what) for name, what in STYLES.items()])
def test_styles_have_the_official_faces_and_sizes(name, face, size):
    """Each style sets the East Asian face and the size the standard wants, by itself or from the style it is based on."""
    document = opened("stitched")
    style, found = document.styles[name], {}
    while style is not None:
        properties = style.element.rPr
        fonts = properties.find(qn("w:rFonts")) if properties is not None else None
        found.setdefault("size", style.font.size)
        if fonts is not None:
            found.setdefault("face", fonts.get(qn("w:eastAsia")))
        found = {key: value for key, value in found.items() if value is not None}
        style = style.base_style
    defaults = document.styles.element.find(f".//{W}rPrDefault")
    found.setdefault("face", defaults.find(f".//{W}rFonts").get(qn("w:eastAsia")))
    found.setdefault("size", Pt(int(defaults.find(f".//{W}sz").get(qn("w:val"))) / 2))

    print(f"{name}: expected {face} {size} pt, found {found['face']} {found['size'].pt} pt")
    assert found == {"face": face, "size": Pt(size)}


def test_styles_named_in_the_documentation_are_there():
    """python-docx finds every style that docs/documents.md names, under that very name."""
    text = (Path(__file__).parents[2] / "docs/documents.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?`) \|", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall("`(.+?)`", row)} | {"Heading 2", "Heading 3"}
    styles = {style.name for style in opened("stitched").styles}
    assert len(named) > 20
    assert named <= styles, named - styles


def test_page_is_the_official_one():
    """A4 with margins of 37, 26, 35 and 28 mm, lines 28.95 pt apart, 22 of them a page, 28 characters a line."""
    document = opened("stitched")
    section = document.sections[0]
    for what, expected, measured in [
        ("width", 210, section.page_width),
        ("height", 297, section.page_height),
        ("top", 37, section.top_margin),
        ("right", 26, section.right_margin),
        ("bottom", 35, section.bottom_margin),
        ("left", 28, section.left_margin),
    ]:
        print(f"{what}: expected {expected} mm, measured {measured.mm:.2f} mm")
        assert measured.mm == pytest.approx(expected, abs=0.05)
    body = document.styles["Normal"]
    text = (297 - 37 - 35) / 25.4 * 72
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert int(text / 28.95) == 22
    closer = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    width = Length(section.page_width - section.left_margin - section.right_margin)
    assert int(width.pt / (16 + closer)) == 28
    indent = document.styles["Body Text"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_page_numbers_stand_at_the_outer_edge():
    """Odd pages bear — n — at the right, even ones at the left, one character in (7.5), counted by Word."""
    document = opened("stitched")
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (document.sections[0].footer, "right"),
        (document.sections[0].even_page_footer, "left"),
    ):
        (paragraph,) = footer.paragraphs
        assert paragraph.text[:2] + paragraph.text[-2:] == "—  —"
        assert "PAGE" in "".join(paragraph._p.itertext(f"{W}instrText"))
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{side}Chars")) == "100"


def test_headings_are_numbered_by_word():
    """Headings have their styles and no written number; Word's own list gives 一、（一）1.（1）."""
    document = opened("stitched")
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        ("Title", stitched.TITLE),
        ("Heading 1", "改革创新"),
        ("Heading 2", "推进“一件事”改革"),
        ("Heading 3", "优化流程"),
        ("Heading 4", "减少材料"),
        ("Heading 1", "清单梳理"),
    ]
    levels = part("stitched", "word/numbering.xml").find(f"{W}abstractNum").findall(f"{W}lvl")
    assert [
        tuple(level.find(f"{W}{name}").get(qn("w:val")) for name in ("pStyle", "numFmt", "lvlText", "suff"))
        for level in levels
    ] == [
        ("Heading1", "chineseCountingThousand", "%1、", "nothing"),
        ("Heading2", "chineseCountingThousand", "（%2）", "nothing"),
        ("Heading3", "decimal", "%3.", "nothing"),
        ("Heading4", "decimal", "（%4）", "nothing"),
    ]


def test_a_number_word_would_not_give_is_written_out():
    """A report of one chapter that is the third keeps 三、; the next heading that Word counts rightly is counted."""
    document = article(
        '<h2><span class="number">三、</span>评估</h2><h3><span class="number">（一）</span>甲</h3><h2>无号</h2>'
        '<h2><span class="number">一、</span>改革</h2>'
    )
    numbered = [p._p.pPr.numPr.numId.val if p._p.pPr.numPr is not None else 1 for p in document.paragraphs]
    assert [p.text for p in document.paragraphs] == ["三、评估", "甲", "无号", "改革"]
    assert numbered == [2, 1, 2, 1]


def test_counting_begins_anew_under_each_heading():
    """（一）of the second chapter is counted by Word too, and （一）again after it would not be."""
    heads = [
        ("h2", "一、"),
        ("h3", "（一）"),
        ("h3", "（二）"),
        ("h2", "二、"),
        ("h3", "（一）"),
        ("h4", "1."),
        ("h3", "（一）"),
    ]
    document = article("".join(f'<{tag}><span class="number">{number}</span>题</{tag}>' for tag, number in heads))
    assert [p.text for p in document.paragraphs] == ["题"] * 6 + ["（一）题"]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_chinese_numbers_are_those_word_counts(number, written):
    """1 to 99 are written as Word's chineseCountingThousand writes them."""
    assert chinese_number(number) == written


def test_captions_count_and_references_follow():
    """A caption's number is a field inside a bookmark, and a reference to it is a field that leads to that bookmark."""
    document = part("stitched", "word/document.xml")
    instructions = [text.text.split() for text in document.iter(f"{W}instrText")]
    bookmarks = {mark.get(f"{W}name"): mark for mark in document.iter(f"{W}bookmarkStart")}

    assert ["SEQ", "表", "\\*", "ARABIC"] in instructions
    assert ["SEQ", "图", "\\*", "ARABIC"] in instructions
    references = [words[1] for words in instructions if words[0] == "REF"]
    assert len(references) == 2
    for name, label in zip(references, ("表1", "图1"), strict=True):
        assert words(between(bookmarks[name])) == label


def between(start: etree._Element) -> etree._Element:
    """What stands inside a bookmark."""
    inside = etree.Element("inside")
    for element in start.itersiblings():
        if element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == start.get(f"{W}id"):
            return inside
        inside.append(etree.fromstring(etree.tostring(element, with_tail=False)))
    raise AssertionError("the bookmark does not end in its paragraph")


def test_a_caption_out_of_turn_says_its_number():
    """Where a report leaves numbers out, Word counts on from the number written."""
    figure = '<figure class="table" id="tbl-{0}"><figcaption><span class="number">表{0}</span> 题</figcaption><table><tr><td>1</td></tr></table></figure>'
    document = article(figure.format(3) + figure.format(4))
    instructions = [text.text.strip() for text in document.element.iter(f"{W}instrText")]
    assert instructions == ["SEQ 表 \\* ARABIC \\r 3", "SEQ 表 \\* ARABIC"]


@pytest.mark.parametrize("name", NAMES)
def test_text_is_the_text_of_the_body(name):
    """Every word of the body stands in the document in the same order; headings' numbers, formulas and notes aside."""
    body = lxml.html.fromstring(semantic_body(getattr(stitched, name)()))
    for element in body.xpath(
        "//math | //*[contains(@class, 'footnote')] | //h2/span | //h3/span | //h4/span | //h5/span"
    ):
        element.drop_tree() if element.tag != "span" else element.getparent().remove(with_tail_kept(element))
    document = part(name, "word/document.xml")
    for result in document.xpath("//w:r[w:rPr/w:rStyle/@w:val='FootnoteReference']", namespaces={"w": W[1:-1]}):
        result.getparent().remove(result)
    assert words(document) == "".join(body.text_content().split())


def with_tail_kept(span: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The number of a heading, its heading's words handed to the parent."""
    span.getparent().text = (span.getparent().text or "") + (span.tail or "")
    span.tail = None
    return span


@pytest.mark.parametrize("name", NAMES)
def test_tables_have_heads_whole_rows_and_widths(name):
    """Header rows repeat, no row breaks over a page, the columns' widths add up to the page, each row fills the grid."""
    tables = opened(name).tables
    assert tables
    for table in tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        assert sum(widths) in (TEXT_WIDTH, TEXT_HEIGHT)  # TEXT_HEIGHT on a turned page
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert rows[1].trPr.find(qn("w:tblHeader")) is None
        for row in rows:
            assert row.trPr.find(qn("w:cantSplit")) is not None
            assert sum(cell.grid_span for cell in row.tc_lst) == len(widths)
            assert sum(int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst) == sum(widths)


def test_spanning_cells_keep_their_place():
    """Cells over several columns and rows come out as Word's merged cells; short rows are filled up."""
    document = article(
        "<table><tr><td rowspan='2'>甲</td><td colspan='2'>乙</td></tr><tr><td>丙</td><td>丁</td></tr><tr><td>戊</td></tr></table>"
    )
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["甲", "乙", "乙"],
        ["甲", "丙", "丁"],
        ["戊", "", ""],
    ]


@pytest.mark.parametrize(("columns", "style"), [(8, "表格文字"), (9, "表格文字（五号）"), (14, "表格文字（小五）")])
def test_type_gets_smaller_before_figures_break(columns, style):
    """A crowded table is set in the largest of 小四, 五号 and, on a turned page, 小五 in which no figure breaks, in any face."""
    row = "".join(f'<td class="number">{10**5 + number}</td>' for number in range(columns))
    (table,) = article(f"<table><tr>{row}</tr></table>").tables
    assert table.rows[0].cells[0].paragraphs[0].style.name == style


_COUNTS = (("甲", 7), ("乙", 1123))


def test_a_table_too_wide_is_turned():
    """A table whose figures would break in 小五 stands on turned pages of its own; the text goes on upright."""
    row = "".join(f'<td class="number">{10**6 + number}</td>' for number in range(16))
    document = article(f'<p>前</p><figure class="table" id="tbl-w"><table><tr>{row}</tr></table></figure><p>后</p>')
    assert [section.orientation for section in document.sections] == [0, 1, 0]
    assert [section.page_width.mm > 290 for section in document.sections] == [False, True, False]
    widths = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid]
    assert sum(widths) == 12756
    assert all(section.footer.paragraphs[0].text for section in document.sections)


def test_attachments_follow_the_standard():
    """附件 are named one line under the text, titles in line (7.3.4); each begins a page, its title on line three (7.3.7)."""
    document = article(
        '<p>正文。</p><p class="attachments">附件：1.明细<br>2.目录</p>'
        '<section class="attachment"><p class="attachment-mark">附件1</p><h2>明细</h2><p>内容。</p></section>'
    )
    named = {p.style.name: p for p in document.paragraphs}
    assert [p.text for p in document.paragraphs] == ["正文。", "附件：1.明细\n2.目录", "附件1", "明细", "内容。"]
    listed, mark, title = (named[name].style for name in ("附件说明", "附件标记", "附件标题"))
    indent = listed.element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:leftChars")), indent.get(qn("w:hangingChars"))) == ("500", "300")
    assert mark.paragraph_format.page_break_before
    assert mark.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "黑体"
    assert title.paragraph_format.space_before == Pt(28.95)
    assert title.base_style.font.size == Pt(22)
    assert named["附件标题"]._p.pPr.numPr is None


def test_headings_turn_with_the_table_under_them():
    """Headings right before a turned table stand on its page: alone on the upright one they would head nothing."""
    row = "".join(f'<td class="number">{10**6 + number}</td>' for number in range(16))
    document = article(f"<p>前</p><h2>宽表</h2><table><tr>{row}</tr></table><p>后</p>")
    before, turned, _ = (list(section.iter_inner_content()) for section in document.sections)
    assert "宽表" not in "".join(block.text for block in before)
    assert turned[0].text == "宽表"


def test_table_is_ruled_all_round():
    """Official tables have a line around every cell: the table's style says so, in black, on all six sides."""
    (style,) = part("stitched", "word/styles.xml").xpath(
        "//w:style[@w:styleId='ReportTable']", namespaces={"w": W[1:-1]}
    )
    borders = style.find(f".//{W}tblBorders")
    sides = {etree.QName(side).localname: side.get(f"{W}val") for side in borders}
    assert sides == dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), "single")


def test_cells_are_placed_as_in_the_pdf():
    """Heads and short words stand in the middle, names of rows at the left, figures in line and in the middle."""
    rows = "".join(
        f'<tr><th scope="row">{name}局</th><td class="number">{count}</td><td>未注明</td></tr>'
        for name, count in _COUNTS
    )
    (table,) = article(
        f'<table><thead><tr><th scope="col">单位</th><th scope="col">件数</th><th scope="col">口径</th></tr></thead>{rows}</table>'
    ).tables
    placed = [[cell.paragraphs[0] for cell in row.cells] for row in table.rows]
    sides = [[p._p.pPr.find(qn("w:jc")).get(qn("w:val")) for p in row] for row in placed]
    assert sides == [["center"] * 3, *[["left", "right", "center"]] * 2]
    (room,) = {p._p.pPr.find(qn("w:ind")).get(qn("w:right")) for _, p, _ in placed[1:]}
    assert int(room) > 1000


@pytest.mark.parametrize(("place", "side"), [("last", "top"), ("first", "bottom")])
def test_totals_and_heads_of_groups_stand_out(place, side):
    """Both are in 黑体; a stronger line sets a total from its parts, and the head of a group stays with its first row."""
    total = '<tr class="total"><th scope="row">合计</th><td class="number">2</td></tr>'
    part = '<tr><th scope="row">甲</th><td class="number">1</td></tr>'
    group = '<tr class="group"><th scope="rowgroup" colspan="2">第一批</th></tr>'
    (table,) = article(
        '<table><thead><tr><th scope="col">单位</th><th scope="col">件数</th></tr></thead><tbody>'
        + (total if place == "first" else "") + group + part + (total if place == "last" else "") + "</tbody></table>"
    ).tables  # fmt: skip
    rows = {row.cells[0].text: row for row in table.rows}
    faces = {name: {run.font.name for cell in row.cells for p in cell.paragraphs for run in p.runs} for name, row in rows.items()}  # fmt: skip
    assert faces == {"单位": {None}, "合计": {"黑体"}, "第一批": {"黑体"}, "甲": {None}}
    ruled = [
        [etree.QName(one).localname for one in cell._tc.tcPr.iterfind(f"{W}tcBorders/*")] for cell in rows["合计"].cells
    ]
    assert ruled == [[side]] * 2
    assert rows["第一批"].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert rows["第一批"].cells[0]._tc is rows["第一批"].cells[1]._tc


def test_signature_takes_the_last_paragraph_along():
    """The last paragraph keeps with the signature, which would else stand alone on a page."""
    document = article('<p>前。</p><p>末段。</p><footer class="signature"><p class="signer">科</p></footer>')
    keeps = [paragraph.paragraph_format.keep_with_next for paragraph in document.paragraphs]
    assert keeps[:2] == [None, True]


def test_short_table_stays_with_its_caption():
    """The caption above a table and all its rows but the last keep with what follows."""
    document = opened("stitched")
    caption = next(p for p in document.paragraphs if p.style.name == "Caption" and p.text.startswith("表1"))
    assert caption.paragraph_format.keep_with_next
    rows = document.tables[0].rows
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows] == [True, True, True, None]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_have_their_alternative_text_and_fit(name):
    """Each picture says what it shows, is no wider than the text and keeps its proportions; none is lost."""
    body = lxml.html.fromstring(semantic_body(getattr(stitched, name)()))
    shapes = opened(name).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [image.get("alt") for image in body.iter("img")]
    for shape in shapes:
        assert shape.width <= Mm(156.1)
    if name == "stitched":
        assert shapes[0].width / shapes[0].height == pytest.approx(2.0, rel=0.01)
    numbers = [shape._inline.docPr.get("id") for shape in shapes]
    assert len(numbers) == len(set(numbers))


def test_a_picture_that_cannot_be_read_gives_way_to_its_words():
    """A broken picture leaves its alternative text, not a document that Word must mend."""
    document = article('<p><img alt="审批流程图" src="data:image/png;base64,aGVsbG8="></p>')
    assert document.paragraphs[0].text == "审批流程图"
    assert not document.inline_shapes


def test_a_drawing_without_picture_is_drawn():
    """An SVG that comes alone becomes a PNG of the same proportions."""
    document = opened("foreign")
    assert {shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr.get("descr") for shape in document.inline_shapes} >= {
        "<SVG>"[1:-1]
    }
    with zipfile.ZipFile(io.BytesIO(made("foreign"))) as archive:
        media = [name for name in archive.namelist() if "/media/" in name]
        assert all(archive.read(name).startswith(b"\x89PNG") for name in media)


def test_footnotes_are_words_own():
    """A note stands at the foot of its page, numbered by Word, with the text of the notebook."""
    document, notes = part("stress", "word/document.xml"), part("stress", "word/footnotes.xml")
    called = [mark.get(f"{W}id") for mark in document.iter(f"{W}footnoteReference")]
    texts = {note.get(f"{W}id"): words(note) for note in notes.findall(f"{W}footnote")}
    assert called
    assert all("全国一体化政务服务平台统计报表" in texts[number] for number in called)
    assert "↩" not in "".join(texts.values())
    marks = {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
    again = [text.text.split()[1] for text in document.iter(f"{W}instrText") if "NOTEREF" in text.text]
    assert again
    assert set(again) <= marks


def test_formulas_are_words_own():
    """Formulas can be edited in Word: those in the line and those on their own."""
    document = part("stress", "word/document.xml")
    assert len(list(document.iter(f"{M}oMathPara"))) == 3
    assert len(list(document.iter(f"{M}oMath"))) == 6
    assert "x" in "".join(document.itertext(f"{M}t"))


def test_lists_count_by_themselves():
    """Items are paragraphs of real lists; a second numbered list begins at 1 again, one that starts at 5 at 5."""
    document = article("<ul><li>甲<ul><li>乙</li></ul></li></ul><ol><li>一</li></ol><ol start='5'><li>五</li></ol>")
    found = [(p.text, p._p.pPr.numPr.ilvl.val, p._p.pPr.numPr.numId.val) for p in document.paragraphs]
    assert [(text, level) for text, level, _ in found] == [("甲", 0), ("乙", 1), ("一", 0), ("五", 0)]
    assert len({number for _, _, number in found}) == 4
    numbering = document.part.numbering_part.element
    starts = numbering.xpath(f"w:num[@w:numId='{found[3][2]}']/w:lvlOverride[@w:ilvl='0']/w:startOverride/@w:val")
    assert starts == ["5"]


def test_links_and_code_survive():
    """A link keeps its address and words; code keeps its lines and blanks."""
    document = article(
        '<p>见<a href="https://example.org/?a=1&amp;b=2">原文</a>。</p><pre class="code">if x:\n    y = 1</pre>'
    )
    (link,) = document.paragraphs[0].hyperlinks
    assert (link.text, link.address) == ("原文", "https://example.org/?a=1&b=2")
    assert document.paragraphs[1].text == "if x:\n    y = 1"
    assert document.paragraphs[1].style.name == "代码"


@pytest.mark.parametrize(
    ("signer", "date", "name_right", "date_left"),
    [("某区行政审批服务局政策法规科", "2021年6月30日", True, True), ("法规科", "2021年6月30日", False, False)],
)
def test_signature_is_set_by_the_standard(signer, date, name_right, date_left):
    """The longer of name and day ends two characters from the right; the day begins two characters after the name (7.3.5.2)."""
    document = article(f'<footer class="signature"><p class="signer">{signer}</p><p class="date">{date}</p></footer>')
    name, day = document.paragraphs
    assert (name.style.name, day.style.name) == ("Signature", "Date")
    assert name.paragraph_format.space_before == Pt(28.95)
    longer, shorter = (name, day) if name_right else (day, name)
    assert longer._p.pPr.find(qn("w:ind")).get(qn("w:rightChars")) == "200"
    left = int(shorter._p.pPr.find(qn("w:ind")).get(qn("w:left")))
    characters = (TEXT_WIDTH - left) / 315  # 16 pt, a quarter of a point closer
    expected = 2 + len(signer) - 2 if date_left else 2 + 6.5 + 2
    assert characters == pytest.approx(expected, abs=0.01)


def test_properties_name_the_office_and_not_the_machine():
    """Title, author, language and day come from the report; nothing comes from the clock or the user of the machine."""
    properties = opened("stitched").core_properties
    assert properties.title == stitched.TITLE
    assert properties.author == properties.last_modified_by == "某区行政审批服务局政策法规科"
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified == datetime.datetime(2021, 6, 30, tzinfo=datetime.UTC)


def test_day_without_signature_is_the_builds_or_none(monkeypatch):
    """An unsigned report takes SOURCE_DATE_EPOCH, and without it the first day a zip archive knows."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert article("<p>甲</p>").core_properties.created.date() == datetime.date(1970, 1, 2)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert article("<p>甲</p>").core_properties.created.date() == datetime.date(1980, 1, 1)


@pytest.mark.parametrize("name", NAMES)
def test_document_is_the_same_every_time(name):
    """The same notebook gives the same bytes, and no entry of the archive bears a time of its own."""
    assert of(getattr(stitched, name)()) == made(name)
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(made(name))).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_draft_is_marked_on_every_page():
    """A draft bears its mark in the heads of odd and even pages; a finished report has none."""
    draft = docx.Document(io.BytesIO(of(stitched.stitched(draft=True)))).sections[0]
    assert "草稿" in draft.header.paragraphs[0].text
    assert "草稿" in draft.even_page_header.paragraphs[0].text
    assert opened("stitched").sections[0].header.is_linked_to_previous


@pytest.mark.parametrize("name", NAMES)
def test_chinese_text_is_marked_as_chinese(name):
    """Runs of Chinese say so: else Word would take the quotation marks in them from a Latin font."""
    for run in part(name, "word/document.xml").iter(f"{W}r"):
        if any("\u4e00" <= character <= "\u9fff" or character in "“”—…" for character in words(run)):
            assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"
    defaults = part(name, "word/styles.xml").find(f".//{W}rPrDefault//{W}lang")
    assert defaults.get(f"{W}eastAsia") == "zh-CN"


@pytest.mark.parametrize("name", NAMES)
def test_open_xml_is_valid(name, tmp_path):
    """The rules of the Open XML SDK find nothing: Word opens the file without repair."""
    audit = pytest.importorskip("openxml_audit", reason="needs the package openxml-audit")
    (tmp_path / "report.docx").write_bytes(made(name))
    assert [str(error) for error in audit.OpenXmlValidator().validate(str(tmp_path / "report.docx")).errors] == []


HOSTILE = "<&>\"'\x07]]>&amp;<w:p/>\ufffe"


def test_nothing_that_is_said_becomes_markup():
    """Text, addresses, captions, alternative texts, title and names are escaped wherever they stand; what XML may not hold goes."""
    said = html.escape(HOSTILE)
    picture = f'<img alt="{said}" src="data:image/png;base64,{stitched.png()}">'
    body = (
        f'<p>{said}<a href="http://a/{said}">{said}</a>{picture}</p><pre>{said}</pre>'
        f"<table><caption>{said}</caption><tr><td>{said}</td></tr></table>"
    )
    document = article(body, title=HOSTILE, bureau=HOSTILE, office=HOSTILE, label=HOSTILE)
    wanted = "<&>\"']]>&amp;<w:p/>"
    assert words(document.element.body).count(wanted) >= 5
    (drawn,) = document.element.body.iter("{*}docPr")
    assert drawn.get("descr") == wanted
    assert document.core_properties.author.count(wanted) == 2
