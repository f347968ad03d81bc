"""The public edition holds nothing that must stay inside."""

import json

import pytest
from material import PERIOD, SETTINGS, body, chart, frame, markdown, notebook, says, shows

from pipeline.facts import Sources, StatedWords
from pipeline.notebook import reference, say, table
from pipeline.publish import public, small_cells
from pipeline.render.stitch import Chapter, stitch
from pipeline.vouch import Ledgers

WORK = frame(
    "coordination",
    {"initiative": "经济圈", "subject": "筹备", "measure": "历时", "value": "47天"},
    {"initiative": "经济圈", "subject": "加班", "measure": "累计", "value": "22小时", "disclosure": "内部"},
    {
        "initiative": "经济圈",
        "subject": "联络员",
        "measure": "明确",
        "value": "17位",
        "text": "王小明负责",
        "disclosure": "不予公开",
    },
    {"initiative": "经济圈", "subject": "备忘录", "measure": "撰写", "value": "6版", "disclosure": "主动公开"},
)
STARTED = frame(
    "initiatives",
    {"name": "经济圈一体化"},
    {"name": "内部试点", "disclosure": "依申请公开"},
    {"name": "跨省通办", "disclosure": ""},
)
LEDGERS = Ledgers.of([WORK, STARTED])
NAMED = StatedWords("加班", Sources.cell(WORK.attrs["source"], 3, "对象"))
PREPARED, OVERTIME, LIAISON, VERSIONS = (WORK.loc[row, "value"] for row in (2, 3, 4, 5))


def edition(*cells, opening=""):
    made = public([notebook(*cells)], LEDGERS, opening=opening)
    return made, stitch(
        [Chapter(_section(), made.notebooks[0])], SETTINGS, PERIOD, opening=made.opening, edition="public"
    )


def _section():
    from pathlib import Path

    from pipeline.workspace import SectionNotebook

    return SectionNotebook(Path("01-reform.ipynb"), 1, "reform", "改革创新")


def words(*cells, **more):
    """What a reader of the public edition reads, without the title and the signature."""
    from lxml import html as parser

    _, stitched = edition(*cells, **more)
    article = parser.fragment_fromstring(body(stitched))
    return ["".join(block.itertext()).strip() for block in article.iter("p", "li", "td", "th", "h3", "figcaption")][:-2]


def workload(rows=WORK):
    return table(rows, {"subject": "对象", "value": "数量", "text": "说明"}, name="workload", caption="工作量").html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"筹备历时{PREPARED}，累计{OVERTIME}，撰写{VERSIONS}。", ["筹备历时47天，撰写6版。"]),
        (f"筹备历时{PREPARED}，累计{OVERTIME}。共6次。".replace("共6次", "已完成"), ["筹备历时47天。已完成。"]),
        (f"筹备历时{PREPARED}（其中{OVERTIME}），撰写{VERSIONS}。", ["筹备历时47天，撰写6版。"]),
        (f"共{PREPARED}；累计{OVERTIME}；撰写{VERSIONS}。", ["共47天；撰写6版。"]),
        (f"累计{OVERTIME}。", []),
        (f"全部{LIAISON + VERSIONS.__class__(LIAISON.quantity, VERSIONS.sources)}，撰写{VERSIONS}。", ["撰写6版。"]),
        ("由王小明负责，会同各方推进。", ["会同各方推进。"]),
        ('筹备顺利<span data-disclosure="internal">，领导不满意</span>。', ["筹备顺利。"]),
        ('依据《甲》、<span data-disclosure="internal">《乙》</span>、《丙》。', ["依据《甲》、《丙》。"]),
        ('一是甲；<span data-disclosure="internal">二是乙</span>。', ["一是甲。"]),
        (f"- 筹备{PREPARED}\n- 累计{OVERTIME}", ["筹备47天"]),
        (f'筹备{PREPARED}；<span data-disclosure="internal">{NAMED}累计{OVERTIME}</span>。', ["筹备47天。"]),
    ],
)
def test_a_clause_that_rests_on_an_internal_record_goes(text, expected):
    """The clause with an internal figure, a sum that holds one, internal words or a mark goes; the rest still reads."""
    assert words(says(text)) == expected


def test_internal_rows_leave_a_table():
    """Rows of internal records go, the others stay, and the table keeps its number."""
    said = words(shows(workload()))
    assert said == [
        "有关情况如下（见表1）：",
        "表1 工作量",
        "对象",
        "数量",
        "说明",
        "筹备",
        "47天",
        "",
        "备忘录",
        "6版",
        "",
    ]


def test_the_head_of_a_group_goes_with_its_last_row():
    """Of groups of rows those are headed that have rows left."""
    rows = WORK.assign(group=["会务", "会务", "联络", "会务"])
    made = table(rows, {"group": "组", "subject": "对象", "value": "数量"}, name="t", caption="工作量", groups="group")
    said = words(shows(made.html))
    assert said == ["有关情况如下（见表1）：", "表1 工作量", "对象", "数量", "会务", "筹备", "47天", "备忘录", "6版"]


def test_a_single_internal_record_goes_whole():
    """A record set down the page is one thing: no row of it stays that names no cell of a ledger."""
    rows = WORK.iloc[[1]].drop(columns="disclosure").assign(note="内情")
    made = table(rows, {"subject": "对象", "value": "数量", "note": "说明"}, name="t", caption="工作量")
    assert words(shows(made.html), says("正常。")) == ["正常。"]


def test_what_all_rows_say_stays_where_public_rows_say_it():
    """The note on a column that is the same in all rows rests on rows that may leave."""
    made = table(WORK, {"subject": "对象", "value": "数量", "initiative": "事项"}, name="t", caption="工作量")
    assert words(shows(made.html))[-1] == "事项：均为经济圈。"


def test_a_table_of_internal_rows_goes_with_its_references():
    """A table of which nothing is left goes, and so do the references to it; the next table takes its number."""
    other = workload(WORK.iloc[[0, 3]]).replace('id="workload"', 'id="other"').replace("工作量", "其他")
    said = words(
        says(f"筹备{PREPARED}（见{reference('workload')}）。情况见{reference('workload')}。另见{reference('other')}。"),
        shows(workload(WORK.iloc[1:3])),
        shows(other),
    )
    assert said[0] == "筹备47天。另见表1。"
    assert "表1 其他" in said
    assert not any("工作量" in text for text in said)


def test_a_heading_of_something_internal_goes_with_all_below_it():
    """An initiative that must stay inside goes with its heading, its texts and its tables; the next one moves up."""
    said = words(
        markdown("## 经济圈一体化"), says(f"筹备{PREPARED}。"), markdown("## 内部试点"), says("正在摸索。"),
        shows(workload(WORK.iloc[[0]])), markdown("### 做法"), markdown("## 跨省通办"), says(f"撰写{VERSIONS}。"),
    )  # fmt: skip
    assert said == ["（一）经济圈一体化", "筹备47天。", "（二）跨省通办", "撰写6版。"]


def test_a_heading_under_which_nothing_is_left_goes():
    """A heading does not stand alone where all below it was internal."""
    assert words(markdown("## 加班情况".replace("加班", "工时")), says(f"累计{OVERTIME}。"), markdown("## 其他"), says("正常。")) == [
        "（一）其他", "正常。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        chart("条形图：加班22小时。"),
        chart("条形图。", label="加班"),
        chart("条形图。", caption="加班情况"),
        chart("条形图。").replace('id="bars"', 'id="bars" data-facts="[[&quot;22&quot;,&quot;22&quot;,&quot;&quot;,&quot;&quot;,&quot;tables/coordination.csv#row=3;col=数值&quot;]]"'),
        chart("条形图。").replace('id="bars"', 'id="bars" data-disclosure="internal"'),
    ],
)  # fmt: skip
def test_a_chart_that_shows_something_internal_goes(html):
    """A chart with internal words in its alternative text, drawing or caption, or with an internal fact, goes."""
    made, stitched = edition(shows(html, png="iVBORw0KGgo="), says("正常。"))
    assert "figure" not in body(stitched)
    assert "iVBORw0KGgo=" not in json.dumps(stitched)
    assert [finding.code for finding in made.withheld] == ["withheld-figure"]


def test_an_output_with_a_public_form_shows_that():
    """Where an output has a form of its own for the public, that form is shown, and checked like any other."""
    cell = shows(chart("条形图：加班22小时。"))
    cell["outputs"][0]["data"]["application/vnd.halfyear.public+json"] = {"text/html": chart("条形图：公开部分。")}
    _, stitched = edition(cell)
    assert "公开部分" in body(stitched)
    assert "22小时" not in json.dumps(stitched, ensure_ascii=False)


def test_code_plain_text_streams_and_analysts_notes_do_not_leave():
    """Source code, plain forms of outputs, streams, attachments and cells for analysts are not in the public notebook."""
    cell = says(f"筹备{PREPARED}。")
    cell["source"] = "overtime = '秘密'"
    cell["outputs"][0]["data"]["text/plain"] = "秘密"
    cell["outputs"].append({"output_type": "stream", "name": "stdout", "text": "秘密"})
    cell["metadata"]["notes"] = "秘密"
    note = markdown("秘密", "remove-cell")
    tagged = markdown("秘密", "internal")
    attached = markdown("图") | {"attachments": {"秘密.png": {"image/png": "x"}}}
    _, stitched = edition(cell, note, tagged, attached)
    assert "秘密" not in json.dumps(stitched, ensure_ascii=False)
    assert "筹备" in json.dumps(stitched, ensure_ascii=False)


def test_what_was_left_out_is_told():
    """Each clause, row and heading that went is told with its section and cell, for the one who reads the edition through."""
    made, _ = edition(says(f"筹备{PREPARED}，累计{OVERTIME}。"), shows(workload()), opening="由王小明负责。")
    assert [finding.text("en") for finding in made.withheld] == [
        "改革创新, cell 3: the public edition leaves out the row '加班22小时'.",
        "改革创新, cell 3: the public edition leaves out the row '联络员17位王小明负责'.",
        "改革创新, cell 2: the public edition turns “筹备47天，累计22小时。” into “筹备47天。”; see that it still reads well.",
        "opening: the public edition turns “由王小明负责。” into “—”; see that it still reads well.",
    ]
    assert made.withheld[2].text("zh") == (
        "改革创新，第2单元格：公开版把“筹备47天，累计22小时。”改为“筹备47天。”；请看看是否通顺。"
    )


def test_nothing_is_changed_where_nothing_is_internal():
    """A report of public records alone is the same in both editions but for code and plain texts."""
    cells = [says(f"筹备{PREPARED}，撰写{VERSIONS}。"), shows(workload(WORK.iloc[[0, 3]]))]
    made, stitched = edition(*cells)
    internal = stitch([Chapter(_section(), notebook(*cells))], SETTINGS, PERIOD)
    assert made.withheld == ()
    assert body(stitched) == body(internal)


CASES = frame(
    "cases",
    {"kind": "行政复议", "cause": "不予许可", "value": "1件"},
    {"kind": "行政诉讼", "cause": "撤销许可", "value": "7件"},
    {"kind": "行政诉讼", "value": "1件"},
)


def test_a_small_number_beside_details_is_flagged():
    """A figure of at most 3 with its kind and its cause in one sentence is flagged; 7, or a kind alone, is not."""
    one, many, bare = (CASES.loc[row, "value"] for row in (2, 3, 4))
    text = f"<p>行政复议{one}，案由为不予许可。</p><p>行政诉讼{many}，案由为撤销许可。</p><p>行政诉讼{bare}。</p>"
    found = small_cells(text, Ledgers.of([CASES]))
    assert [finding.text("en") for finding in found] == [
        "paragraph 1: '1件' is at most 3 and stands beside '行政复议, 不予许可', which may identify someone; "
        "sum it up or leave the detail out."
    ]
    row = table(CASES, {"kind": "类型", "cause": "案由", "value": "件数"}, name="cases", caption="案件").html
    assert [finding.value for finding in small_cells(row, Ledgers.of([CASES]))] == ["1件"]


def stated(rows, row, field, heading):
    return StatedWords(rows.loc[row, field], Sources.cell(rows.attrs["source"], row, heading))


def test_words_of_an_internal_record_go_and_name_no_internal_cell():
    """Words that only an internal record says go with their clause; words that a public one says too stay, with its cell."""
    inside, shared = stated(WORK, 4, "text", "内容"), stated(WORK, 3, "initiative", "改革事项")
    made, _ = edition(says(say(f"由{inside}，推进{shared}。").markdown))
    text = next(cell for cell in made.notebooks[0]["cells"] if cell.get("outputs"))["outputs"][0]["data"][
        "text/markdown"
    ]
    assert "王小明" not in text
    assert "经济圈" in text
    assert "row=3" not in text
    assert "row=2;col=改革事项" in text
