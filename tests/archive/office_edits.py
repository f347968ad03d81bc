"""Edits of the report's Word document in LibreOffice: made in the flat form of its own documents, which it wrote and reads, so
that each is saved as .docx by LibreOffice itself, its runs, fields, styles and parts all its own."""

from __future__ import annotations

import copy

from lxml import etree
from scripted_edits import GOALS, HANDLED, LICENCES, NUMBERS, Edit, both

NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"
    for name, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
} | {"dc": "http://purl.org/dc/elements/1.1/"}  # fmt: skip
AT_1, AT_2 = "指标!E5", "指标!E6"
MADE = "<office:change-info><dc:creator>领导</dc:creator><dc:date>2021-07-01T00:00:00</dc:date></office:change-info>"


def made(markup):
    """An element of the markup, with the names of OpenDocument."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in NAMES.items())
    return etree.fromstring(f"<made {spaces}>{markup}</made>")[0]


def name(short):
    prefix, _, local = short.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def said(element):
    return "".join("".join(element.itertext()).split())


def paragraph(root, words):
    """The paragraph, heading or caption that says this."""
    text = root.find(".//office:text", NAMES)
    return next(one for one in text.iter(name("text:p"), name("text:h")) if "".join(words.split()) in said(one))


def written(at, old, new):
    """Type ``new`` over ``old``."""

    def step(root):
        for element in paragraph(root, at).iter():
            for place in ("text", "tail"):
                if old in (getattr(element, place) or ""):
                    setattr(element, place, getattr(element, place).replace(old, new, 1))
                    return
        raise AssertionError(old)

    return step


def gone(element):
    element.getparent().remove(element)


def row(root, words):
    """The row whose first cell says this."""
    return next(one for one in root.iter(name("table:table-row")) if said(one.find("table:table-cell", NAMES)) == words)


def cell(of_row, column, text):
    def step(root):
        place = row(root, of_row).findall("table:table-cell", NAMES)[column].find("text:p", NAMES)
        for child in list(place):
            place.remove(child)
        place.text = text

    return step


def inserted(at, element):
    """A paragraph put in before the one that says ``at``."""
    return lambda root: paragraph(root, at).addprevious(made(element))


def parted(root):
    first = paragraph(root, HANDLED)
    second = copy.deepcopy(first)
    first.addnext(second)
    place = first.text.index("一链办理办件量")
    first.text, second.text = first.text[:place], first.text[place:]
    for child in list(first):
        first.remove(child)


def joined(root):
    first, second = paragraph(root, GOALS), paragraph(root, HANDLED)
    first.text += second.text
    for child in list(second):
        first.append(child)
    gone(second)


def moved(root):
    title = next(root.find(".//office:text", NAMES).iter(name("text:p")))
    title.addnext(paragraph(root, GOALS))


def new_row(root):
    one = row(root, "会标")
    other = copy.deepcopy(one)
    one.addnext(other)
    for place, words in zip(other.iter(name("text:p")), ("展板", "制作", "3块"), strict=True):
        place.text = words


def moved_row(root):
    row(root, "撤销许可数量").addnext(row(root, "受理数量"))


def no_column(root):
    table = row(root, "会标").getparent()
    columns = table.findall("table:table-column", NAMES)
    gone(columns[-1])
    for one in table.iter(name("table:table-row")):
        gone(one.findall("table:table-cell", NAMES)[-1])


def tracked(root):
    """The number of licences struck and another put in, with changes tracked."""
    place = paragraph(root, LICENCES)
    struck = f'<text:p text:style-name="{place.get(name("text:style-name"))}">29400</text:p>'
    regions = (
        f'<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion>{MADE}{struck}</text:deletion></text:changed-region>'
        f'<text:changed-region text:id="ct2"><text:insertion>{MADE}</text:insertion></text:changed-region></text:tracked-changes>'
    )
    root.find(".//office:text", NAMES).insert(0, made(regions))
    before, _, after = place.text.partition("29400")
    place.text = before
    start, end = (made(f'<text:change-{one} text:change-id="ct2"/>') for one in ("start", "end"))
    start.tail, end.tail = "29500", after
    for at, element in enumerate((made('<text:change text:change-id="ct1"/>'), start, end)):
        place.insert(at, element)


def comment(root):
    note = made("<office:annotation><dc:creator>领导</dc:creator><text:p>请核实口径。</text:p></office:annotation>")
    place = paragraph(root, GOALS)
    note.tail, place.text = place.text, ""
    place.insert(0, note)


def hidden(root):
    style = '<style:style style:name="Unseen" style:family="text"><style:text-properties text:display="none"/></style:style>'
    root.find(".//office:automatic-styles", NAMES).append(made(style))
    place = paragraph(root, GOALS)
    span = made(f'<text:span text:style-name="Unseen">{place.text}</text:span>')
    place.text = ""
    place.insert(0, span)


def footnote(root):
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>数据为快报数。</text:p></text:note-body></text:note>"
    )
    paragraph(root, GOALS).append(made(note))


def text_box(root):
    frame = (
        '<draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm"><draw:text-box>'
        "<text:p>此件先送分管领导审阅。</text:p></draw:text-box></draw:frame>"
    )
    paragraph(root, GOALS).append(made(frame))


def header(root):
    page = root.find(".//style:master-page[@style:name='Standard']", NAMES)
    page.insert(0, made("<style:header><text:p>内部资料，注意保存</text:p></style:header>"))
    layouts = root.findall(".//style:page-layout", NAMES)
    layout = next(one for one in layouts if one.get(name("style:name")) == page.get(name("style:page-layout-name")))
    style = layout.find("style:header-style", NAMES)
    style.append(made('<style:header-footer-properties fo:min-height="1cm" fo:margin-bottom="0.5cm"/>'))


def chart_number(root):
    for one in root.iter(name("table:table-cell")):
        if one.get(name("office:value")) == "322":
            one.set(name("office:value"), "323")
            one.find("text:p", NAMES).text = "323"


def merged(root):
    first, second = row(root, "许可数量").findall("table:table-cell", NAMES)
    first.set(name("table:number-columns-spanned"), "2")
    for one in list(second):
        first.append(one)
    second.tag = name("table:covered-table-cell")


def bold(root):
    style = '<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    root.find(".//office:automatic-styles", NAMES).append(made(style))
    place = paragraph(root, HANDLED)
    span = made(f'<text:span text:style-name="Strong">{place.text[:22]}</text:span>')
    span.tail, place.text = place.text[22:], ""
    place.insert(0, span)


LICENSED = ("行政许可!D2", "行政许可!E2")
CORE = {
    "a digit": Edit(written(HANDLED, "322", "332"), (("322", "332", AT_1),)),
    "two figures swapped": Edit(
        both(written(HANDLED, "322", "@"), written(HANDLED.replace("322", "@"), "190", "322"),
             written(HANDLED.replace("322", "@"), "@", "190")),
        (("322", "190", AT_1), ("190", "322", AT_2)), "sentence sentence",
    ),
    "another unit": Edit(written(HANDLED, "322件", "322项"), (("322件", "322项", AT_1),)),
    "a paragraph parted": Edit(parted, kinds="parted"),
    "a paragraph moved": Edit(moved, kinds="moved", said=GOALS),
    "a figure of a table": Edit(cell("许可数量", 1, "29500"), (("29400", "29500", "行政许可!E2"),), ""),
    "a row taken out": Edit(
        lambda root: gone(row(root, "受理数量")), (("30215", "", "行政许可!D2"),), "lost lost"
    ),
    "a column taken out": Edit(
        no_column, tuple((number, "", f"调度·会议·文稿!{at}") for number, at in NUMBERS), " ".join(["lost"] * 8)
    ),
    "a figure tracked": Edit(tracked, (("29400", "29500", "行政许可!E2"),)),
    "a comment": Edit(comment, kinds="comment", said="请核实口径。"),
    "a footnote": Edit(footnote, kinds="added", said="数据为快报数。"),
    "a number of a chart": Edit(chart_number, (("322", "323", AT_1),), "picture"),
    "cells made one": Edit(merged, kinds=""),
    "bold": Edit(bold, kinds=""),
}  # fmt: skip
MORE = {
    "a figure taken out": Edit(written(HANDLED, "322", ""), (("322", "", AT_1),)),
    "a sign": Edit(written(LICENCES, "97.3%", "-97.3%"), (("97.3%", "-97.3%", " ".join(LICENSED)),)),
    "a hedge": Edit(written(HANDLED, "322件", "约322件"), (("322件", "约322件", AT_1),)),
    "thousands apart": Edit(written(LICENCES, "29400", "29,400"), (("29400", "29,400", "行政许可!E2"),)),
    "full-width digits": Edit(written(HANDLED, "322", "３２２"), (("322", "３２２", AT_1),)),
    "Chinese numerals": Edit(written(HANDLED, "322", "三百二十二"), (("322", "三百二十二", AT_1),)),
    "a date": Edit(written("启动仪式在", "6月29日", "7月1日"), (("2021年6月29日", "2021年7月1日", "大事记!B2"),)),
    "a name": Edit(written("济南、泰安", "淄博", "枣庄"), said="枣庄7市"),
    "a sentence taken out": Edit(
        written(HANDLED, "一链办理办件量190件；", ""), (("190", "", AT_2),), said="一链办理办件量190件；"
    ),
    "a sentence more": Edit(written(GOALS, "改革事项。", "改革事项。下一步继续推进。"), said="下一步继续推进。"),
    "a paragraph taken out": Edit(lambda root: gone(paragraph(root, GOALS)), kinds="lost", said=GOALS),
    "a paragraph more": Edit(
        inserted(GOALS, "<text:p>请各科室抓好落实。</text:p>"), kinds="added", said="请各科室抓好落实。"
    ),
    "paragraphs joined": Edit(joined, kinds="joined"),
    "a cell emptied": Edit(cell("撤销许可数量", 1, ""), (("54", "", "行政许可!G2"),), "lost"),
    "a row more": Edit(new_row, kinds="added added added", said="展板"),
    "a row moved": Edit(moved_row, kinds="moved moved", said="受理数量"),
    "a caption": Edit(written("跨省通办工作量", "跨省通办工作量", "跨省通办工作一览"), said="一览"),
    "a heading": Edit(written("简政放权评估", "简政放权评估", "简政放权评价"), said="简政放权评价"),
    "words hidden": Edit(hidden, kinds="lost hidden", said=GOALS),
    "a text box": Edit(text_box, kinds="added", said="此件先送分管领导审阅。"),
    "over the pages": Edit(header, kinds="added", said="内部资料，注意保存"),
}
