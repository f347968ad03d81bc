"""Executed notebooks become one report: numbers, references, order."""

from datetime import date
from pathlib import Path

import lxml.html
import pytest

from pipeline.errors import RenderError
from pipeline.facts.element import reference_element
from pipeline.period import Period
from pipeline.render import semantic_body
from pipeline.render.stitch import Chapter, hanzi, stitch
from pipeline.report_settings import ReportSettings
from pipeline.workspace import SectionNotebook

SETTINGS = ReportSettings(
    "工作总结", "政策法规科", "某区行政审批服务局", "某区", "某市", date(2021, 6, 9), "", draft=False
)
TABLE = '<figure class="table" id="{0}">\n<figcaption>办件量</figcaption><table></table></figure>'
CHART = '<figure class="chart" id="{0}">\n<img alt="a" src="data:,">\n<figcaption>走势</figcaption></figure>'


def markdown(text, *tags):
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": text}


def code(source, html="", shown="", tags=()):
    data = {**({"text/html": html} if html else {}), **({"text/markdown": shown} if shown else {})}
    outputs = [{"output_type": "display_data", "data": data, "metadata": {}}] if data else []
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source,
        "outputs": outputs,
        "execution_count": 1,
    }


def chapter(name, *cells):
    section = SectionNotebook(Path(f"01-{name}.ipynb"), 1, name, name)
    return Chapter(section, {"cells": list(cells), "metadata": {}})


def report(*chapters, **options):
    return stitch(chapters, SETTINGS, Period.parse("2021H1"), **options)


def test_levels_are_numbered_through_the_report():
    """Sections count 一、 二、 through the report; lower levels begin anew under each heading above them."""
    first = chapter("a", markdown("# 甲\n\n## 一节\n\n### 小节\n\n#### 细节"), markdown("## 二节\n\n### 小节"))
    second = chapter("b", markdown("# 乙\n\n## 一节"))
    text = "\n".join(cell["source"] for cell in report(first, second)["cells"])
    numbers = [
        line.replace("</span>", " ").replace('<span class="number">', "")
        for line in text.split("\n")
        if line[:1] == "#"
    ]
    assert numbers == [
        "# 工作总结", "## 一、 甲", "### （一） 一节", "#### 1. 小节", "##### （1） 细节", "### （二） 二节", "#### 1. 小节",
        "## 二、 乙", "### （一） 一节",
    ]  # fmt: skip


def test_headings_made_by_a_cell_count_like_written_ones():
    """A heading that a loop displays is numbered in its place among the written ones."""
    stitched = report(chapter("a", markdown("# 甲"), code("loop", shown="## 事项"), markdown("## 其他")))
    shown = stitched["cells"][2]["outputs"][0]["data"]["text/markdown"]
    assert shown == '### <span class="number">（一）</span>事项'
    assert "（二）" in stitched["cells"][3]["source"]


def test_a_hash_in_fenced_code_is_no_heading():
    """A line that begins with # inside fenced code stays as it is and takes no number."""
    stitched = report(chapter("a", markdown("# 甲\n\n```\n# 注释\n```\n\n## 乙")))
    assert "\n# 注释\n" in stitched["cells"][1]["source"]
    assert '### <span class="number">（一）</span>乙' in stitched["cells"][1]["source"]


def test_tables_and_charts_count_apart_and_references_follow():
    """Tables and charts have a count each through the report, and a reference before or after shows the number."""
    words = code("say", shown='见<a class="ref" href="#late"></a>、<a class="ref" href="#line"></a>')
    first = chapter("a", markdown("# 甲"), words, code("t", TABLE.format("early")), code("c", CHART.format("line")))
    second = chapter("b", markdown("# 乙"), code("t", TABLE.format("late")))
    cells = report(first, second)["cells"]
    assert cells[2]["outputs"][0]["data"]["text/markdown"] == (
        '见<a class="ref" href="#late">表2</a>、<a class="ref" href="#line">图1</a>'
    )
    assert '<figcaption><span class="number">表1</span> 办件量' in cells[3]["outputs"][-1]["data"]["text/html"]
    assert '<span class="number">图1</span> 走势' in cells[4]["outputs"][0]["data"]["text/html"]


LINK = '<a class="ref" href="#t">表1</a>'


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("办件量322件。", f"办件量322件。详见{LINK}。"),
        ('<data class="fact" value="3">3</data>件。', f'<data class="fact" value="3">3</data>件。详见{LINK}。'),
        ("甲。\n\n乙。", f"甲。\n\n乙。详见{LINK}。"),
        ("情况如下：", f"情况如下（见{LINK}）："),
        ('见<a class="ref" href="#t">t</a>。', f"见{LINK}。"),
        ("- 甲。", f"- 甲。|有关情况如下（见{LINK}）："),
        ("> 甲。", f"> 甲。|有关情况如下（见{LINK}）："),
        ("## 甲", f'### <span class="number">（一）</span>甲|有关情况如下（见{LINK}）：'),
        ('<div data-role="rest">\n\n甲。\n\n</div>', f'<div data-role="rest">\n\n甲。\n\n</div>|有关情况如下（见{LINK}）：'),
        ("", f"|有关情况如下（见{LINK}）："),
    ],
    ids=["a paragraph", "of facts", "the last of several", "a colon", "mentioned", "a list", "a quotation", "a heading", "a block", "nothing"],
)  # fmt: skip
@pytest.mark.parametrize("made", ["written", "worded"])
def test_every_table_is_mentioned(made, before, said):
    """The paragraph before a table that no text mentions leads to it, else one of its own does."""
    words = markdown(before) if made == "written" else code("say", shown=before)
    cells = report(chapter("a", markdown("# 甲"), words, code("t", TABLE.format("t"))))["cells"][2:-1]
    found = [cell["source"] if cell["cell_type"] == "markdown" else one["data"].get("text/markdown") for cell in cells for one in cell.get("outputs", [{}])]  # fmt: skip
    assert "|".join(one for one in found if one) == said.removeprefix("|")


def test_several_figures_are_mentioned_together():
    """A table and a chart after one paragraph are named in one sentence."""
    shown = [markdown("甲。"), code("t", TABLE.format("t")), code("c", CHART.format("c"))]
    cells = report(chapter("a", markdown("# 甲"), *shown))["cells"]
    assert cells[2]["source"] == f'甲。详见{LINK}、<a class="ref" href="#c">图1</a>。'


def test_a_reference_to_nothing_is_an_error():
    """A reference to a name that no table or chart has is refused with the names there are."""
    words = code("say", shown='<a class="ref" href="#gone"></a>')
    with pytest.raises(RenderError, match="'gone', but the report has no such table or chart; there are early"):
        report(chapter("a", markdown("# 甲"), words, code("t", TABLE.format("early"))))


def test_one_name_for_two_tables_is_an_error():
    """Two tables of one name are refused, wherever they stand."""
    cells = [code("t", TABLE.format("same")), code("t", TABLE.format("same"))]
    with pytest.raises(RenderError, match="two tables or charts are named 'same'"):
        report(chapter("a", markdown("# 甲"), *cells))


def test_code_is_hidden_and_analysts_notes_left_out():
    """Code cells are marked hidden unless tagged show-input; cells tagged remove-cell do not reach the report."""
    cells = [markdown("备注", "remove-cell"), code("x = 1"), code("y = 2", tags=("show-input",))]
    stitched = report(chapter("a", markdown("# 甲"), *cells))["cells"]
    assert [cell["source"] for cell in stitched[2:-1]] == ["x = 1", "y = 2"]
    assert stitched[2]["metadata"]["tags"] == ["remove-input"]
    assert "remove-input" not in stitched[3]["metadata"]["tags"]


def test_a_failed_section_leaves_a_marked_place():
    """A section without a notebook keeps its heading and number, says it is missing, and makes the report a draft."""
    failed = Chapter(SectionNotebook(Path("01-a.ipynb"), 1, "a", "甲"), None)
    stitched = report(failed, chapter("b", markdown("# 乙")))
    assert stitched["cells"][1]["source"].startswith('## <span class="number">一、</span>甲\n\n<p class="placeholder">')
    assert stitched["metadata"]["halfyear"]["draft"] is True
    assert "二、" in stitched["cells"][2]["source"]


def test_the_signature_stands_last():
    """The last cell is who signs, and the day without leading zeros; a report without a day has none."""
    assert report(chapter("a", markdown("# 甲")))["cells"][-1]["source"] == (
        '<footer class="signature"><p class="signer">某区行政审批服务局政策法规科</p><p class="date">2021年6月9日</p></footer>'
    )


@pytest.mark.parametrize(("count", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")])
def test_chinese_numerals(count, words):
    """Headings count in Chinese numerals beyond ten as people say them."""
    assert hanzi(count) == words


def test_letterhead_and_colophon_reach_the_document():
    """What report.toml says of 版头 and 版记 stands in the stitched notebook, and nothing where it says nothing."""
    head = {"issuer": "某局文件", "number": "某审〔2021〕1号"}
    period = Period.parse("2021H1")
    assert stitch([], SETTINGS._replace(letterhead=head), period)["metadata"]["halfyear"]["letterhead"] == head
    assert not {"letterhead", "colophon"} & set(stitch([], SETTINGS, period)["metadata"]["halfyear"])


@pytest.mark.parametrize("written", ["区委、区政府", "区委、区政府：", " 区委、区政府: "])
def test_recipients_stand_between_title_and_opening(written):
    """主送机关 close with one colon of full width, however they are written; without any there is no such line."""
    made = stitch([], SETTINGS._replace(recipients=written), Period.parse("2021H1"), opening="现总结如下。")
    assert [cell["source"] for cell in made["cells"][1:3]] == [
        '<p class="recipients">区委、区政府：</p>',
        "现总结如下。",
    ]
    assert "recipients" not in [cell["id"] for cell in stitch([], SETTINGS, Period.parse("2021H1"))["cells"]]


def test_contents_reach_the_document_where_they_are_asked_for():
    """contents = true stands in the stitched notebook, and nothing where nobody asked."""
    asked = stitch([], SETTINGS._replace(contents=True), Period.parse("2021H1"))
    assert asked["metadata"]["halfyear"]["contents"] is True
    assert "contents" not in stitch([], SETTINGS, Period.parse("2021H1"))["metadata"]["halfyear"]


STEPS = "\n| 步骤 | 数 |\n|---|---|\n| 会前 | 3 |\n"


@pytest.mark.parametrize(
    "caption",
    ["表：办理情况", "表: 办理情况\n", "Table: 办理情况", "表：办理情况 {#steps}"],
)
def test_a_table_in_markdown_has_a_caption_and_a_number(caption):
    """A line 表：标题 over a table in a cell or a piece of prose becomes its caption, counted with all other tables."""
    prose = code("", shown=f"前文。\n\n{caption}{STEPS}\n后文。")
    cells = [markdown("# 甲"), code("", TABLE.format("one")), prose, code("", TABLE.format("two"))]
    article = lxml.html.fragment_fromstring(semantic_body(report(chapter("a", *cells))))
    captions = [caption.text_content() for caption in article.iter("figcaption")]
    assert [caption.split()[0] for caption in captions] == ["表1", "表2", "表3"]
    assert captions[1] == "表2 办理情况"
    figure = article.findall(".//figure")[1]
    assert figure.find("table") is not None
    assert figure.get("id") == ("steps" if "steps" in caption else None)
    assert "后文" not in figure.text_content()


def test_a_reference_leads_to_a_table_in_markdown():
    """A named table in Markdown is called by its number; one name for two tables is refused as ever."""
    named = markdown(f"见{reference_element('steps')}。\n\n表：办理情况 {{#steps}}{STEPS}")
    article = lxml.html.fragment_fromstring(semantic_body(report(chapter("a", markdown("# 甲"), named))))
    [link] = article.find_class("ref")
    assert (link.text, link.get("href")) == ("表1", "#steps")
    assert article.get_element_by_id("steps").tag == "figure"
    with pytest.raises(RenderError, match="steps"):
        report(chapter("a", markdown("# 甲"), named, named))


def test_a_line_that_stands_over_no_table_is_text():
    """表：… without a table under it stays what it is, and so does a table without such a line."""
    made = report(chapter("a", markdown("# 甲"), markdown(f"表：没有表。\n\n正文。\n{STEPS}")))
    article = lxml.html.fragment_fromstring(semantic_body(made))
    assert article.findall(".//figure") == []
    assert "表：没有表。" in article.text_content()
