"""Edits of the report's Word document as python-docx makes them, each with what is to be told of it."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from typing import NamedTuple

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

HANDLED, LICENCES = "一业一证办件量322件", "作出许可决定29400件"
GOALS = "统筹推进"
FOUND, REPORTED = (
    "科室组织15个部门参与，明确联络员17位，统一加入市局联络工作群；",
    "撰写调研报告3份，向市局汇报办件量5次。",
)


class Edit(NamedTuple):
    """What is done, the figures told of it as (built, now, cells), and what else is told: the kinds, and words among them."""

    step: Callable[[docx.document.Document], None]
    figures: tuple[tuple[str, str, str], ...] = ()
    kinds: str = "sentence"
    said: str = ""


WORKED_OUT = {
    "a reference",
    "a number of a chart's workbook alone",
}  # a program that saves the document writes these anew
NOTHING = Edit(lambda document: None, kinds="")


def paragraph(document, text):
    """The paragraph that says this."""
    return next(one for one in document.paragraphs if "".join(text.split()) in "".join(one.text.split()))


def table_of(document, name):
    """The table with a row of this name."""
    return next(one for one in document.tables if name in [row.cells[0].text for row in one.rows])


def row_of(document, name):
    """The row of this name."""
    return next(row for row in table_of(document, name).rows if row.cells[0].text == name)


def replace(where, old, new):
    """As somebody types it: in the run that holds it, or over the whole paragraph where several do."""
    for run in where.runs:
        if old in run.text:
            run.text = run.text.replace(old, new, 1)
            return
    text = where.text.replace(old, new, 1)
    for run in where.runs[1:]:
        run.text = ""
    where.runs[0].text = text


def written(at, old, new):
    """Type ``new`` over ``old`` in the paragraph that says ``at``."""
    return lambda document: replace(paragraph(document, at), old, new)


def cell(row, column, text):
    """Type over a cell."""

    def step(document):
        first, *others = row_of(document, row).cells[column].paragraphs[0].runs
        first.text = text
        for run in others:
            run.text = ""

    return step


def gone(element):
    element.getparent().remove(element)


def parted(at):
    """End a paragraph before these words."""

    def step(document):
        first = paragraph(document, at)
        text = first.text
        second = copy.deepcopy(first._p)
        first._p.addnext(second)
        place = text.index(at)
        for one, words in ((first, text[:place]), (Paragraph(second, first._parent), text[place:])):
            for run in one.runs[1:]:
                run.text = ""
            one.runs[0].text = words

    return step


def joined(document):
    """The goals and the paragraph behind them as one."""
    first, second = paragraph(document, GOALS), paragraph(document, HANDLED)
    for run in list(second.runs):
        first._p.append(run._r)
    gone(second._p)


def both(*steps):
    """One step after another."""

    def step(document):
        for one in steps:
            one(document)

    return step


def moved_paragraph(document):
    one = paragraph(document, GOALS)._p
    document.element.body.insert(1, one)


def new_row(document):
    row = row_of(document, "会标")._tr
    other = copy.deepcopy(row)
    row.addnext(other)
    for place, words in zip(
        docx.table._Row(other, table_of(document, "会标")).cells, ("展板", "制作", "3块"), strict=True
    ):
        place.paragraphs[0].runs[0].text = words
        for run in place.paragraphs[0].runs[1:]:
            run.text = ""


def moved_row(document):
    table_of(document, "许可数量")._tbl.append(row_of(document, "受理数量")._tr)


def no_column(name, place):
    def step(document):
        for row in table_of(document, name).rows:
            row._tr.remove(row._tr.tc_lst[place])

    return step


def new_column(document):
    for row, words in zip(table_of(document, "许可数量").rows, ("备注", "含网办", "", "", ""), strict=True):
        other = copy.deepcopy(row._tr.tc_lst[1])
        row._tr.append(other)
        docx.table._Cell(other, row).paragraphs[0].runs[0].text = words


def tracked(at, old, new):
    """Words struck and others put in, with changes tracked and not yet accepted."""

    def step(document):
        run = next(one for one in paragraph(document, at).runs if old in one.text)
        before, _, after = run.text.partition(old)
        said = 'w:id="1" w:author="领导" w:date="2021-07-01T00:00:00Z"'
        struck = f"<w:del {nsdecls('w')} {said}><w:r><w:delText>{old}</w:delText></w:r></w:del>"
        put_in = f"<w:ins {nsdecls('w')} {said}><w:r><w:t>{new}</w:t></w:r></w:ins>"
        rest = copy.deepcopy(run._r)
        run.text = before
        for element in (rest, parse_xml(put_in), parse_xml(struck)):
            run._r.addnext(element)
        docx.text.run.Run(rest, None).text = after

    return step


def tracked_join(document):
    """The end of the goals' paragraph struck with changes tracked."""
    properties = paragraph(document, GOALS)._p.get_or_add_pPr()
    mark = '<w:del w:id="9" w:author="领导" w:date="2021-07-01T00:00:00Z"/>'
    properties.append(parse_xml(f"<w:rPr {nsdecls('w')}>{mark}</w:rPr>"))


def accepted_move(document):
    """A paragraph moved with changes tracked: struck where it was, put in elsewhere."""
    one = paragraph(document, GOALS)
    other = copy.deepcopy(one._p)
    document.element.body.insert(1, other)
    for paragraph_element, name in ((one._p, "moveFrom"), (other, "moveTo")):
        around = parse_xml(f'<w:{name} {nsdecls("w")} w:id="5" w:author="x" w:date="2021-07-01T00:00:00Z"/>')
        for run in paragraph_element.findall(qn("w:r")):
            around.append(run)
        paragraph_element.append(around)


def hidden(document):
    """The first run with the figure hidden, as a font's property."""
    one = paragraph(document, LICENCES)
    for run in one.runs:
        run.font.hidden = True


def struck(document):
    """Struck through with the pen of the font, no change tracked."""
    for run in paragraph(document, "完成审核的有执法资格").runs:
        run.font.strike = True


def text_box(document):
    shape = (
        f'<w:p {nsdecls("w")}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:200pt;height:40pt">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>此件先送分管领导审阅。</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r></w:p>"
    )
    document.element.body.insert(2, parse_xml(shape))


def reference(document):
    """A field's result typed over: 表1 to 表9."""
    one = paragraph(document, "会务服务与会后宣传通稿")
    text = next(run for run in one._p.iter(qn("w:t")) if run.text.strip() in ("表1", "1"))
    text.text = text.text.replace("1", "9")


def header(document):
    document.sections[0].header.paragraphs[0].text = "内部资料，注意保存"


def footer(document):
    for run in document.sections[0].footer.paragraphs[0].runs:
        if "—" in run.text:
            run.text = run.text.replace("—", "～")


def part_of(document, words):
    """The part of the package with these words in its name."""
    return next(one for one in document.part.package.iter_parts() if words in str(one.partname))


def chart_cell(document):
    """A number of the workbook in a chart typed over without Word, which would write it into the chart as well."""
    part = part_of(document, "/embeddings/")
    workbook = openpyxl.load_workbook(io.BytesIO(part.blob))
    cell = next(cell for row in workbook.active.iter_rows() for cell in row if cell.value == 322)
    cell.value = 323
    stream = io.BytesIO()
    workbook.save(stream)
    part._blob = stream.getvalue()


def chart_number(document):
    """A number of a chart changed in the window with its data."""
    chart_cell(document)
    part = part_of(document, "/charts/chart")
    part._blob = part.blob.replace(b">322<", b">323<", 1)


def no_chart(document):
    gone(
        next(
            document.element.body.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent")
        )
    )


def no_table(document):
    gone(table_of(document, "撤销许可数量")._tbl)


LICENSED = [("30215", "行政许可!D2"), ("29400", "行政许可!E2"), ("815", "行政许可!F2"), ("54", "行政许可!G2")]
CHART = [("322", "指标!E5"), ("190", "指标!E6"), ("67", "指标!E7")]
NUMBERS = [("47", "D2"), ("5", "D3"), ("22", "D4"), ("6", "D5"), ("7", "D6"), ("13", "D7"), ("1", "D8")]
AT_1, AT_2 = "指标!E5", "指标!E6"

EDITS = {
    "a digit": Edit(written(HANDLED, "322", "332"), (("322", "332", AT_1),), said="一业一证办件量332件；"),
    "a digit more": Edit(written(HANDLED, "322", "3220"), (("322", "3220", AT_1),)),
    "decimals": Edit(
        written(LICENCES, "97.3%", "97.8%"), (("97.3", "97.8", "行政许可!D2 行政许可!E2"),), said="占97.8%"
    ),
    "two figures swapped": Edit(
        both(written(HANDLED, "322", "@"), written("办理办件量190", "190", "322"), written("一业一证办件量@", "@", "190")),
        (("322", "190", AT_1), ("190", "322", AT_2)),
        "sentence sentence",
    ),
    "a figure taken out": Edit(written(HANDLED, "322", ""), (("322", "", AT_1),)),
    "a figure made words": Edit(written(HANDLED, "322件", "若干件"), (("322", "若干", AT_1),)),
    "another unit": Edit(written(HANDLED, "322件", "322项"), (("322件", "322项", AT_1),)),
    "another unit behind a hedge": Edit(
        written("接待群众", "200余人次", "200余户"), (("200余人次", "200余户", "普法活动!F3"),)
    ),
    "a sign": Edit(written(LICENCES, "97.3%", "-97.3%"), (("97.3%", "-97.3%", "行政许可!D2 行政许可!E2"),)),
    "no percent": Edit(written(LICENCES, "97.3%", "97.3"), (("97.3%", "97.3", "行政许可!D2 行政许可!E2"),)),
    "percent to points": Edit(
        written(LICENCES, "97.3%", "97.3个百分点"), (("97.3%", "97.3个百分点", "行政许可!D2 行政许可!E2"),)
    ),
    "a hedge before": Edit(written(HANDLED, "322件", "约322件"), (("322件", "约322件", AT_1),)),
    "a hedge behind": Edit(written(HANDLED, "322件", "322余件"), (("322件", "322余件", AT_1),)),
    "no hedge": Edit(written("务服务事项清单10余次", "10余次", "10次"), (("10余", "10", "清单梳理!C2"),)),
    "another hedge": Edit(written("接待群众", "200余", "近200"), (("200余人次", "近200人次", "普法活动!F3"),)),
    "thousands apart": Edit(written(LICENCES, "29400", "29,400"), (("29400", "29,400", "行政许可!E2"),)),
    "in ten thousands": Edit(written(LICENCES, "29400", "2.94万"), (("29400件", "2.94万件", "行政许可!E2"),)),
    "full-width digits": Edit(written(HANDLED, "322", "３２２"), (("322", "３２２", AT_1),)),
    "Chinese numerals": Edit(written(HANDLED, "322", "三百二十二"), (("322", "三百二十二", AT_1),)),
    "a date": Edit(written("启动仪式在", "6月29日", "7月1日"), (("2021年6月29日", "2021年7月1日", "大事记!B2"),)),
    "a month": Edit(written(HANDLED, "2021年6月", "2021年5月"), (("2021年6月", "2021年5月", "指标!I5"),)),
    "a name": Edit(written("济南、泰安", "淄博", "枣庄"), said="枣庄7市"),
    "words": Edit(written(GOALS, GOALS, "协同推进"), said="协同推进"),
    "a sentence taken out": Edit(
        written("明确联络员17位", "跨省通办涉及面广。", ""), said="跨省通办涉及面广。"
    ),
    "a sentence with its figure taken out": Edit(
        written(HANDLED, "一链办理办件量190件；", ""), (("190", "", AT_2),), said="一链办理办件量190件；"
    ),
    "a sentence more": Edit(written(GOALS, "改革事项。", "改革事项。下一步继续推进。"), said="下一步继续推进。"),
    "a sentence moved": Edit(
        written("明确联络员17位", "跨省通办涉及面广。科室组织", "科室组织"), said="跨省通办涉及面广。"
    ),
    "sentences in another order": Edit(
        written("明确联络员17位", FOUND + REPORTED, REPORTED + FOUND), kinds="sentence sentence", said=REPORTED
    ),
    "a sentence in another paragraph": Edit(
        both(
            written(HANDLED, "一链办理办件量190件；", ""),
            written(GOALS, "改革事项。", "改革事项。一链办理办件量190件；"),
        ),
        kinds="sentence sentence",
        said="一链办理办件量190件；",
    ),
    "a paragraph taken out": Edit(
        lambda document: gone(paragraph(document, HANDLED)._p),
        (("2021年6月", "", "指标!I5"), *((number, "", at) for number, at in CHART)),
        "lost",
    ),
    "a paragraph more": Edit(
        lambda document: paragraph(document, GOALS).insert_paragraph_before("请各科室抓好落实。"),
        kinds="added",
        said="请各科室抓好落实。",
    ),
    "a paragraph moved": Edit(moved_paragraph, kinds="moved", said=GOALS),
    "a paragraph parted": Edit(parted("一链办理办件量"), kinds="parted"),
    "a paragraph parted and edited": Edit(
        both(parted("一链办理办件量"), written("一链办理办件量", "190", "191")), (("190", "191", AT_2),), "parted sentence"
    ),
    "paragraphs joined": Edit(joined, kinds="joined"),
    "paragraphs joined and edited": Edit(
        both(joined, written("一链办理办件量", "190", "191")), (("190", "191", AT_2),), "joined sentence"
    ),
    "a figure of a table": Edit(cell("许可数量", 1, "29500"), (("29400", "29500", "行政许可!E2"),), ""),
    "one of equal figures": Edit(cell("通知", 2, "6次"), (("5", "6", "调度·会议·文稿!D10"),), "sentence"),
    "a unit in a table": Edit(cell("会标", 2, "1个"), (("1份", "1个", "调度·会议·文稿!D8"),), ""),
    "figures of a table swapped": Edit(
        both(cell("许可数量", 1, "815"), cell("不予许可数量", 1, "29400")),
        (("29400", "815", "行政许可!E2"), ("815", "29400", "行政许可!F2")),
        "",
    ),
    "a cell emptied": Edit(cell("撤销许可数量", 1, ""), (("54", "", "行政许可!G2"),), "lost"),
    "words of a cell": Edit(cell("筹备", 1, "共计"), said="共计"),
    "a row taken out": Edit(
        lambda document: gone(row_of(document, "受理数量")._tr), (("30215", "", "行政许可!D2"),), "lost lost"
    ),
    "a row more": Edit(new_row, kinds="added added added", said="展板"),
    "a row moved": Edit(moved_row, kinds="moved moved", said="受理数量"),
    "a column taken out": Edit(
        no_column("会标", 2), tuple((number, "", f"调度·会议·文稿!{at}") for number, at in NUMBERS), " ".join(["lost"] * 8)
    ),
    "a column more": Edit(new_column, kinds="added added", said="含网办"),
    "a table taken out": Edit(
        no_table,
        (("2020年", "", "行政许可!A2"), *((number, "", at) for number, at in LICENSED)),
        " ".join(["lost"] * 10),
    ),
    "a caption": Edit(written("跨省通办工作量", "跨省通办工作量", "跨省通办工作一览"), said="一览"),
    "a heading": Edit(written("简政放权评估", "简政放权评估", "简政放权评价"), said="简政放权评价"),
    "the title": Edit(written("工作总结", "工作总结", "工作报告"), said="工作报告"),
    "a note": Edit(written("核对一致", "核对一致", "基本一致"), said="基本一致"),
    "who signs": Edit(written("槐荫区行政审批服务局政策法规科", "政策法规科", "办公室"), said="服务局办公室"),
    "the date under it": Edit(written("2021年6月30日", "30日", "28日"), said="2021年6月28日"),
    "words tracked": Edit(tracked(GOALS, GOALS, "协同推进"), said="协同推进"),
    "a figure tracked": Edit(tracked("完成审核的有执法资格", "31", "32"), (("31", "32", "执法人员!C2"),)),
    "paragraphs joined, tracked": Edit(tracked_join, kinds="joined"),
    "a paragraph moved, tracked": Edit(accepted_move, kinds="moved"),
    "a comment": Edit(
        lambda document: document.add_comment(paragraph(document, GOALS).runs, text="请核实口径。", author="领导"),
        kinds="comment",
        said="请核实口径。",
    ),
    "words hidden": Edit(
        hidden,
        (("2020年", "", "行政许可!A2"), *((number, "", at) for number, at in LICENSED),
         ("97.3", "", "行政许可!D2 行政许可!E2"), ("2.7", "", "行政许可!F2 行政许可!D2")),
        "lost hidden",
        "作出许可决定29400件",
    ),
    "words struck through": Edit(
        struck,
        (("31", "", "执法人员!C2"),),
        "lost struck",
        "执法资格的人员共31人",
    ),
    "a text box": Edit(text_box, kinds="added", said="此件先送分管领导审阅。"),
    "a reference": Edit(reference, said="详见表9。"),
    "over the pages": Edit(header, kinds="added", said="内部资料，注意保存"),
    "under the pages": Edit(footer, kinds="added", said="～～"),
    "a number of a chart": Edit(chart_number, (("322", "323", AT_1),), "picture"),
    "a number of a chart's workbook alone": Edit(chart_cell, (("322", "322≠323", AT_1),), "picture"),
    "a chart taken out": Edit(no_chart, tuple((number, "", at) for number, at in CHART), "picture"),
}  # fmt: skip


def bold(document):
    for run in paragraph(document, HANDLED).runs:
        run.bold = True


def parted_runs(document):
    """Runs cut between two digits, with the marks of a spell-check between them."""
    for run in list(paragraph(document, HANDLED).runs):
        if "322" in run.text:
            before, after = run.text.split("22", 1)
            other = copy.deepcopy(run._r)
            run.text = before
            run._r.addnext(other)
            docx.text.run.Run(other, None).text = f"22{after}"
            run._r.addnext(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))


def bookmarked(document):
    one = paragraph(document, GOALS)._p
    for name in ("Start", "End"):
        attributes = 'w:id="77" w:name="领导看过"' if name == "Start" else 'w:id="77"'
        one.append(parse_xml(f"<w:bookmark{name} {nsdecls('w')} {attributes}/>"))


def merged(document):
    """Two cells made one: both say what they said, one under the other."""
    row = row_of(document, "许可数量")
    row.cells[0].merge(row.cells[1])


def restyled(document):
    for one in document.paragraphs:
        if one.style.name == "Body Text":
            one.style = document.styles["Normal"]


INNOCENT = {
    "nothing": lambda document: None,
    "bold": bold,
    "another style": restyled,
    "runs parted": parted_runs,
    "a bookmark": bookmarked,
    "a blank that does not break": written(HANDLED, "322件", "322\u00a0件"),
    "blanks": written(HANDLED, "；", "； "),
    "characters without width": written(HANDLED, "322件", "322\u200b件\u2060"),
    "cells made one": merged,
}
