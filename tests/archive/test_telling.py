"""How a difference is told: which sentence was which, what is struck and marked in it, what counts as a change."""

import json
import re

import lxml.html
import pytest

from pipeline.archive import diff, difference_page, difference_text
from pipeline.archive.telling import telling

TITLES = {"reform": "改革创新", "cases": "案件办理"}
MARKS = {"same": "{}", "old": "-{}-", "new": "+{}+"}


def fact(printed, row, value="", *, period="", column="数值"):
    """A figure from a row of the indicators, of this period or of an earlier one."""
    source = f"{f'../{period}/' if period else ''}tables/indicators.csv#row={row};col={column}"
    known = value or re.sub(r"[^\d.-]", "", printed)
    qualifier = next((f' data-qualifier="{one}"' for one in ("余", "近") if one in printed), "")
    return f'<data class="fact" value="{known}" data-source="{source}"{qualifier}>{printed}</data>'


def table(caption, *rows, heads=("事项", "数量")):
    """A table whose first column names its rows."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>' for name, *cells in rows
    )
    return (
        f'<figure class="table" id="tbl-{len(caption)}"><figcaption><span class="number">表1</span> {caption}</figcaption>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></figure>"
    )


@pytest.fixture
def differs(tmp_path):
    """Compare two reports, each given by the blocks of its one chapter; of two half-years unless ``one_period``."""

    def differs(before, after, *, one_period=False):
        folders = []
        for blocks, period in ((before, "2021H1"), (after, "2021H1" if one_period else "2021H2")):
            folder = tmp_path / f"{period}-{len(folders)}"
            folder.mkdir()
            body = f'<section id="reform"><h2>改革创新</h2>{"".join(blocks)}</section>'
            (folder / "report.html").write_text(f'<article class="report" lang="zh-CN">{body}</article>')
            (folder / "manifest.json").write_text(json.dumps({"parameters": {"period": period}}))
            folders.append(folder)
        return diff(*folders, called=("before", "after"))

    return differs


def marked(difference):
    """The statements that changed, old between - and new between +."""
    return [
        "|".join(column + "".join(MARKS[run.kind].format(run.text) for run in runs) for column, runs in change.parts)
        for change in difference.statements
        if change
    ]


def p(*parts):
    return f"<p>{''.join(parts)}</p>"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([p("受理", fact("322", 2), "件。")], [p("受理", fact("647", 2), "件。")], ["受理-322件-+647件+。"]),
        ([p("共", fact("200余", 2), "人次。")], [p("共", fact("403余", 2), "人次。")], ["共-200余人次-+403余人次+。"]),
        ([p("占", fact("8.0", 2), "%。")], [p("占", fact("9.5", 2), "%。")], ["占-8.0%-+9.5%+。"]),
        ([p("同比增长", fact("8", 2), "%。")], [p("同比下降", fact("3", 2), "%。")], ["同比-增长8%-+下降3%+。"]),
        (
            [p("受理", fact("322", 2), "件。")],
            [p("受理", fact("647", 2), "件，上期", fact("322", 2, period="2021H1"), "件。")],
            ["受理-322件-+647件，上期322件+。"],
        ),
        (
            [p("受理", fact("322", 2), "件，上期", fact("200", 2, period="2020H2"), "件。")],
            [p("受理", fact("322", 2), "件，上期", fact("322", 2, period="2021H1"), "件。")],
            [],
        ),
        ([p("2021年上半年工作稳步推进。")], [p("2021年下半年工作稳步推进。")], []),
        ([p("甲工作已经完成。"), p("乙工作正在推进。")], [p("乙工作正在推进。"), p("甲工作已经完成。")], []),
        ([p("窗口运行平稳。")], [p("窗口运行平稳有序。")], ["窗口运行平稳+有序+。"]),
        (
            [p("甲工作已经完成。")],
            [p("甲工作已经完成。"), p("召开会议", fact("3", 4), "次。")],
            ["+召开会议3次。+"],
        ),
        ([p("甲工作已经完成。"), p("此事不再进行。")], [p("甲工作已经完成。")], ["-此事不再进行。-"]),
        ([p("群众诉求上报后办结")], [p("群众诉求下达后完成")], ["群众诉求-上报后办结-+下达后完成+"]),
        ([p("群众诉求上报后办结。")], [p("群众诉求下达后完成。")], ["群众诉求-上报后办结-+下达后完成+。"]),
        ([p("上报的群众诉求办结。")], [p("下达的群众诉求完成。")], ["-上报-+下达+的群众诉求-办结-+完成+。"]),
    ],
    ids=[
        "figure", "hedged", "rate", "direction", "last period's added", "last period's alone", "name of the period",
        "order", "words", "added", "gone",
        "a word between two changes", "and a stop behind them", "several words between two changes",
    ],
)  # fmt: skip
def test_old_and_new_are_marked_inside_their_sentence(differs, before, after, said):
    """A sentence is one row: what went and what came stand in it with unit and direction, what is last period's does not."""
    assert marked(differs(before, after)) == said


@pytest.mark.parametrize(
    ("before", "after", "amount"),
    [
        (("322", "件"), ("647", "件"), "+325件（+100.9%）"),
        (("647", "件"), ("322", "件"), "-325件（-50.2%）"),
        (("5", "次"), ("13", "次"), "+8次"),
        (("0", "次"), ("13", "次"), "+13次"),
        (("97.3", "%"), ("96.1", "%"), "-1.2个百分点"),
        (("第5", "位"), ("第3", "位"), "前移2位"),
        (("第3", "位"), ("第5", "位"), "后移2位"),
        (("10余", "次"), ("23余", "次"), ""),
        (("322", "件"), ("322", "份"), ""),
        (("12.5", "小时"), ("12.75", "小时"), "+0.25小时（+2.0%）"),
        (("-3", "件"), ("4", "件"), "+7件"),
    ],
)
def test_a_change_says_by_how_much(differs, before, after, amount):
    """Amount and rate by the report's own rules: no rate of a base under ten, points of rates, places of ranks, none of hedges."""
    one, other = (p("办件量", fact(number, 2), unit, "。") for number, unit in (before, after))
    told = telling(differs([one], [other]))
    [shift] = [one.shift for _, some in told.figures for one in some if one.shift.after]
    assert shift.as_dict()["amount"] == amount


def test_a_row_is_paired_by_its_name_though_nothing_else_is_alike(differs):
    """What its cells say now is set against what they said, however different the words."""
    before = table("进展", ("一证", "已经全部办结并归档"), ("一链", "等待验收"))
    after = table("进展", ("一链", "等待验收"), ("一证", "另行安排明年开展"))
    assert marked(differs([before], [after])) == ["事项一证|数量-已经全部办结并归档-+另行安排明年开展+"]


def test_a_sentence_that_moved_far_is_the_same_sentence(differs):
    """Fifty paragraphs further down it is neither gone nor new."""
    said = [p(f"{chr(0x4E00 + 7 * number) * 3}工作已经完成。") for number in range(50)]
    assert marked(differs(said, [*said[1:], said[0]])) == []


def test_rows_are_paired_by_their_names_wherever_they_stand(differs):
    """A row that moved is the same row; one that came and one that went are told as such, with all they say."""
    one = table("办件", ("许可", fact("10", 2)), ("备案", fact("20", 3)), ("咨询", fact("30", 4)))
    other = table("办件", ("备案", fact("25", 2)), ("复议", fact("7", 5)), ("许可", fact("10", 3)))
    assert marked(differs([one], [other])) == ["事项备案|数量-20-+25+", "事项-咨询-|数量-30-", "事项+复议+|数量+7+"]


def test_rows_of_one_name_stay_rows_of_their_own(differs):
    """Two rows of one name are two statements."""
    one = table("活动", ("5月", "宣传", fact("10", 2)), ("5月", "培训", fact("20", 3)), heads=("月份", "活动", "人次"))
    other = table(
        "活动", ("5月", "宣传", fact("11", 2)), ("5月", "培训", fact("20", 3)), heads=("月份", "活动", "人次")
    )
    assert marked(differs([one], [other])) == ["月份5月|活动宣传|人次-10-+11+"]


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (("事项", "数量", "数量"), "事项许可|数量10|数量（3）-20-+21+"),
        (("", "", ""), "第1列许可|第2列10|第3列-20-+21+"),
        (("事项", "本区", "全市"), "事项许可|本区10|全市-20-+21+"),
    ],
)
def test_columns_without_a_name_of_their_own_are_told_apart(differs, heads, said):
    """Columns of one name, and those without, keep their cells."""
    one, other = (table("办件", ("许可", fact("10", 2), fact(last, 3)), heads=heads) for last in ("20", "21"))
    assert marked(differs([one], [other])) == [said]


@pytest.mark.parametrize(("unit", "said"), [("件", "20件"), ("件、人次", "20"), ("万元", "20万元")])
def test_a_figure_of_a_table_has_the_unit_of_the_table(differs, unit, said):
    """单位：件 over a table is the unit of its figures; several units belong to nobody knows which column."""
    one, other = (
        table("办件", ("许可", fact(number, 3))).replace("<table>", f'<p class="unit">单位：{unit}</p><table>')
        for number in ("10", "20")
    )
    [(_, [told])] = telling(differs([one], [other])).figures
    assert told.shift.after.printed == said


def test_a_figure_of_a_table_has_the_unit_of_its_heading(differs):
    """（%） in the heading of a column is the unit of its figures, whatever stands over the table."""
    one, other = (
        table("办件", ("许可", fact(number, 3)), heads=("事项", "环比（%）")).replace("<table>", '<p class="unit">单位：件</p><table>')
        for number in ("10", "20")
    )  # fmt: skip
    [(_, [told])] = telling(differs([one], [other])).figures
    assert told.shift.after.printed == "20%"


def test_a_column_that_came_is_told_once_and_not_in_each_row(differs):
    """上期 and 增减, which the next report has, are a change of the head alone."""
    last = {"period": "2021H1"}
    one = table("办件", ("许可", fact("10", 2)), ("备案", fact("20", 3)))
    other = table(
        "办件", ("许可", fact("10", 2), fact("10", 2, **last)), ("备案", fact("20", 3), fact("20", 3, **last)),
        heads=("事项", "数量", "上期"),
    )  # fmt: skip
    assert marked(differs([one], [other])) == ["事项、数量+、上期+"]


def test_a_figure_that_several_places_state_is_told_once(differs):
    """Sentence and table of one figure are one row of the list, which says where else it stands."""
    before = [p("许可", fact("10", 2), "件。"), table("办件", ("许可", fact("10", 2) + "件"))]
    after = [p("许可", fact("15", 2), "件。"), table("办件", ("许可", fact("15", 2) + "件"))]
    told = telling(differs(before, after))
    [(change, [figure])] = told.figures
    assert change.shown.text == "许可15件。"
    assert figure.places == ("第1段", "表1“许可”行")
    assert not told.wording


@pytest.mark.parametrize("came", [True, False])
def test_a_figure_that_one_place_more_or_fewer_states_is_told_once(differs, came):
    """A table that came or went with a figure that changed in a sentence is another place of it; other cells are other figures."""
    blocks = [p("许可", fact(value, 2), "件。") for value in ("10", "15")]
    rows = (("许可", fact("15" if came else "10", 2) + "件"), ("备案", fact("15", 3) + "件"))
    before, after = [blocks[0]], [blocks[1]]
    (after if came else before).append(table("办件", *rows))
    told = [one for _, some in telling(differs(before, after)).figures for one in some]
    shown = {
        (one.shift.before and one.shift.before.printed, one.shift.after and one.shift.after.printed) for one in told
    }
    assert shown == {("10件", "15件"), (None, "15件") if came else ("15件", None)}
    assert sorted(len(one.places) for one in told) == [1, 2]


def test_a_figure_whose_sentence_was_split_is_one_that_changed(differs):
    """Gone from one sentence and new in the next under the same name, a figure has an old and a new value."""
    before = [p("行政诉讼", fact("7", 2), "件、行政复议", fact("1", 3), "件。")]
    after = [p("行政诉讼", fact("17", 2), "件，多方协调推进；行政复议", fact("5", 3), "件，均已办结。")]
    told = telling(differs(before, after))
    shifts = [(one.shift.before.printed, one.shift.after.printed) for _, some in told.figures for one in some]
    assert shifts == [("7件", "17件"), ("1件", "5件")]


def test_other_things_are_not_taken_for_one_that_changed(differs):
    """Two figures in sentences alike but for their names are one gone and one new."""
    before = [p("新增综合服务窗口", fact("5", 2), "个。")]
    after = [p("新增政务大厅导办员", fact("8", 2), "个。")]
    shifts = [one.shift for _, some in telling(differs(before, after)).figures for one in some]
    assert {(bool(one.before), bool(one.after)) for one in shifts} == {(True, False), (False, True)}


def test_last_periods_figures_count_between_builds_of_one_period(differs):
    """Where the base of a comparison was corrected and the report built again, that is a change."""
    before = [p("受理", fact("322", 2), "件，上期", fact("200", 2, period="2020H2"), "件。")]
    after = [p("受理", fact("322", 2), "件，上期", fact("210", 2, period="2020H2"), "件。")]
    assert marked(differs(before, after, one_period=True)) == ["受理322件，上期-200件-+210件+。"]


def test_the_terminal_has_a_screen_and_all_on_demand(differs):
    """Of sixty changed figures a screen shows some and says how many there are; --all shows every one."""
    rows = [[(f"第{number}类事项", fact(str(100 + number + more), number)) for number in range(60)] for more in (0, 7)]
    before, after = ([table("办件", *some)] for some in rows)
    difference = differs(before, after)
    screen = difference_text(difference, TITLES, "zh").split("\n")
    assert len(screen) <= 24
    assert screen[-1].startswith("数据变化60项，文字变化0处，图表变化0处；全部列出加 --all")
    everything = difference_text(difference, TITLES, "zh", everything=True)
    assert all(f"第{number}类事项 数量 {100 + number} -> {107 + number}" in everything for number in range(60))


def test_the_page_marks_the_whole_report_and_links_to_it(differs):
    """Every row of the list leads to its place in the marked report, which says all that the later report says."""
    before = [p("许可", fact("10", 2), "件。"), p("旧事。"), table("办件", ("备案", fact("3", 4)))]
    after = [p("许可", fact("15", 2), "件。"), p("其余照旧办理。"), table("办件", ("备案", fact("9", 4)))]
    page = lxml.html.document_fromstring(difference_page(differs(before, after), TITLES))
    links = [link[1:] for link in page.xpath("//p[@class='where']/a/@href")]
    assert links
    marked = page.get_element_by_id("marked")
    assert all(marked.get_element_by_id(name) is not None for name in links)
    for old in marked.xpath(".//del"):
        old.drop_tree()
    assert "许可15件。其余照旧办理。" in re.sub(r"\s", "", marked.text_content())


def test_the_page_says_the_cells_of_a_change(differs):
    """Behind the place stand the cells that its figures come from, each once; where only words changed there are none."""
    before = [p("许可", fact("10", 2), "件。"), p("旧事。")]
    after = [p("许可", fact("15", 2), "件。"), p("新事情。")]
    page = lxml.html.document_fromstring(difference_page(differs(before, after), TITLES))
    where = [one.text_content().partition("　") for one in page.xpath("//p[@class='where']")]
    assert where and all(place for place, _, _ in where)
    assert sorted({cells for _, _, cells in where}) == sorted({"", *(cells for _, mark, cells in where if mark)})
    assert sum(bool(cells) for _, _, cells in where) == 1


def test_names_in_a_report_are_no_markup_of_the_page(differs):
    """What a ledger says stays text on the page."""
    name = "&lt;script&gt;alert(1)&lt;/script&gt;"
    made = difference_page(differs([p(name, fact("1", 2), "件。")], [p(name, fact("2", 2), "件。")]), TITLES)
    assert "<script" not in made
    assert name in made


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (("", ""), True),
        (("2021-03", "2021-09"), True),
        (("2021-06", "2021-12"), True),
        (("2020-06", "2021-06"), False),
        (("2020H2", "2021H1"), False),
        (("2021-07", "2022-01"), False),
    ],
)
def test_figures_of_its_months_are_a_reports_own(differs, months, told):
    """A figure from the ledger of a month that the period is made of counts like one of its own ledger; of any other period it does not."""
    old, new = (
        f"<p>办件量{fact(value, 2, period=month)}件。</p>" for value, month in zip(("100", "120"), months, strict=True)
    )
    difference = differs([old], [new])
    assert bool(marked(difference)) is told
