"""Every number of a report is a fact, a declared literal, or listed as untraced."""

import re

import pytest
from hypothesis import given
from material import (
    INDICATORS,
    LEDGERS,
    PERIOD,
    POLICIES,
    SETTINGS,
    body,
    chart,
    frame,
    handled,
    markdown,
    report,
    says,
    shows,
    value,
)
from periods import PERIODS

from pipeline.errors import ReleaseError
from pipeline.facts import Sources, StatedWords
from pipeline.notebook import reference
from pipeline.period import Period
from pipeline.vouch import Ledgers, Literals, audit

LITERALS = Literals.load(PERIOD, signed=SETTINGS.signed, names=LEDGERS.names)


def audited(*cells, **more):
    stitched = report(*cells, **more)
    return audit(body(stitched), LITERALS, ledgers=LEDGERS, notebook=stitched)


def messages(*cells, **more):
    return [finding.text("en") for finding in audited(*cells, **more).findings]


def untraced(place, found, sentence):
    return (
        f"{place}: '{found}' is untraced in “{sentence}”; "
        "take it from a ledger, or declare the name it belongs to in literals.toml."
    )


def test_a_report_of_facts_and_names_has_nothing_untraced():
    """Facts in prose, table and chart, document numbers, names, the period and our own numbering are all traced."""
    found = audited(
        says(
            f"截至2021年6月，依据《关于推进“一窗受理”的协议书》（国办发〔2020〕35号），办件量{value(2)}（见{reference('handled')}）。"
        ),
        says(f"“2021年度普法工作实施方案”明确，{INDICATORS.loc[5, 'text']}共同参与，合计{value(2) + value(3)}。"),
        shows(handled().html),
        shows(chart("条形图：一业一证322件。", label="322件")),
        opening="2021年上半年，科室推进“十四五”规划和一业一证改革。",
    )
    assert found.findings == ()
    assert found.counts == {"fact": 6, "literal": 13, "untraced": 0}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (says("办件量323件。"), untraced("reform, cell 2, paragraph 1", "323件", "办件量323件。")),
        (says("前句。起草三份文件。后句。"), untraced("reform, cell 2, paragraph 1", "三份", "起草三份文件。")),
        (says("调度十余次。"), untraced("reform, cell 2, paragraph 1", "十余次", "调度十余次。")),
        (says("同比增长百分之五。"), untraced("reform, cell 2, paragraph 1", "百分之五", "同比增长百分之五。")),
        (says("同比增长12.5%。"), untraced("reform, cell 2, paragraph 1", "12.5%", "同比增长12.5%。")),
        (says("约3.4万件。"), untraced("reform, cell 2, paragraph 1", "3.4万件", "约3.4万件。")),
        (says("全角３２３件。"), untraced("reform, cell 2, paragraph 1", "３２３件", "全角３２３件。")),
        (says("第二批已启动。"), untraced("reform, cell 2, paragraph 1", "第二批", "第二批已启动。")),
        (says("二〇一九年启动。"), untraced("reform, cell 2, paragraph 1", "二〇一九年", "二〇一九年启动。")),
        (says("2019年5月7日启动。"), untraced("reform, cell 2, paragraph 1", "2019年5月7日", "2019年5月7日启动。")),
        (says("①先行。"), untraced("reform, cell 2, paragraph 1", "①", "①先行。")),
        (says(f"办件量{value(2)}0件。".replace("件0", "0")), untraced("reform, cell 2, paragraph 1", "3220件", "办件量3220件。")),
        (says("先后办理上百件。"), untraced("reform, cell 2, paragraph 1", "上百件", "先后办理上百件。")),
        (markdown("## 推进4项改革"), untraced("reform, cell 2, heading", "4项", "（一）推进4项改革")),
        (markdown("- 一是整理\n- 办结8件"), untraced("reform, cell 2, paragraph 2", "8件", "办结8件")),
        (shows(handled().html.replace("各改革", "9项改革")), untraced("reform, cell 2, 表1 caption", "9项", "表1 9项改革事项办件量")),
        (shows(handled().html.replace("单位：件", "单位：10件")), untraced("reform, cell 2, 表1 unit", "10件", "单位：10件")),
        (shows(handled().html.replace(">办件量<", ">近3年办件量<")), untraced("reform, cell 2, 表1 table head", "3年", "近3年办件量")),
        (
            shows(re.sub("<data[^>]*>190</data>", "190", handled().html)),
            untraced("reform, cell 2, 表1, row '一链办理', column '办件量'", "190", "190"),
        ),
        (
            shows(handled().html.replace("</table>", '</table><p class="note">注：另有5件未计。</p>')),
            untraced("reform, cell 2, 表1 note", "5件", "注：另有5件未计。"),
        ),
        (
            shows(chart("条形图：一业一证323件。")),
            untraced("reform, cell 2, 图1 alternative text", "323件", "条形图：一业一证323件。"),
        ),
        (shows(chart("条形图。", label="191件")), untraced("reform, cell 2, 图1 chart label", "191件", "191件")),
        (shows(chart("条形图。", caption="6类")), untraced("reform, cell 2, 图1 caption", "6类", "图1 6类")),
        (
            markdown('<p>看<abbr title="共44件">此</abbr>。</p>'),
            untraced("reform, cell 2, alternative text", "44件", "共44件"),
        ),
    ],
)  # fmt: skip
def test_an_untraced_number_is_listed_with_section_cell_and_sentence(cell, expected):
    """A number without a source is found wherever a reader can meet it, and is told with its place."""
    assert messages(cell) == [expected]


FACT = '<data class="fact" value="322" data-source="tables/indicators.csv#row=2;col=数值">322</data>'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            FACT.replace(' data-source="tables/indicators.csv#row=2;col=数值"', ""),
            "reform, cell 2, paragraph 1: '322' is marked as a fact but names no source, in “办件量322件。”; "
            "take it from a ledger instead of writing <data>.",
        ),
        (
            FACT.replace("tables/indicators.csv#row=2;col=数值", "手工统计"),
            "reform, cell 2, paragraph 1: '322' names the source '手工统计', which is no ledger cell; take the figure from a ledger.",
        ),
        (
            FACT.replace("row=2", "row=99"),
            "reform, cell 2, paragraph 1: '322' comes from tables/indicators.csv#row=99;col=数值, which the ledgers do not have; "
            "build the report again.",
        ),
        (
            FACT.replace("322", "323"),
            "reform, cell 2, paragraph 1: '323' is printed, but tables/indicators.csv#row=2;col=数值 states '322件'; "
            "build the report again instead of editing what it made.",
        ),
        (
            FACT.replace(">322<", ">332<"),
            "reform, cell 2, paragraph 1: '332' is printed, but its own value is '322'; "
            "build the report again instead of editing what it made.",
        ),
    ],
)
def test_a_fact_that_its_cell_does_not_bear_out_is_an_error(written, expected):
    """A fact without a source, of a cell that is not there, or with another value than its cell's is told."""
    found = audited(says(f"办件量{written}件。"))
    assert [finding.text("en") for finding in found.findings] == [expected]
    assert found.findings[0].severity == "error"


@pytest.mark.parametrize(("printed", "found"), [("322", []), ("323", ["untraced"])])
def test_words_that_name_a_cell_of_figures_are_held_against_what_it_says(printed, found):
    """Words carry no value; those of a figure's cell explain the number that the cell says, and no other."""
    words = f'<span class="words" data-source="tables/indicators.csv#row=2;col=数值">{printed}</span>'
    assert [one.code for one in audited(says(f"办件量{words}。")).findings] == found


def test_a_finding_speaks_chinese_to_those_who_sign():
    """The same finding in Chinese names the section by its title."""
    (finding,) = audited(says("起草三份文件。")).findings
    assert finding.text("zh") == (
        "改革创新，第2单元格，第1段：“三份”没有来源，见“起草三份文件。”；请改用台账中的数，或在 literals.toml 中登记它所属的名称。"
    )
    assert finding.as_dict("zh")["section"] == "reform"


def test_rounded_facts_and_facts_with_qualifiers_bear_their_cell_out():
    """A figure printed with its qualifier, in 万, rounded, as a share or as a fall without sign is the cell's figure."""
    written = (
        '<data class="fact" value="34000" data-qualifier="余" data-source="x.csv#row=2;col=数值">3.4万余</data>件，'
        '下降<data class="fact" value="-24.76" data-derivation="change" data-source="x.csv#row=2;col=数值">24.76</data>%，'
        '<data class="fact" value="2021-06-29" data-source="x.csv#row=3;col=日期">2021年6月29日</data>，'
        '<data class="fact" value="97.3" data-derivation="share" data-source="x.csv#row=2;col=数值">97.3</data>%'
    )
    assert messages(says(written)) == []


def test_words_that_only_sound_like_numbers_are_left_alone():
    """统一, 一体化, 进一步 and their like count nothing."""
    assert (
        messages(
            says(
                "统一部署，进一步推进一体化，唯一入口，万一，千方百计，十分重视，一是抓落实，一律公开，一批次。".replace(
                    "一批次", "统一"
                )
            )
        )
        == []
    )


def test_a_number_in_an_internal_row_is_a_name_only_inside():
    """Words of a row that must stay inside declare nothing for the public edition."""
    text = says("见“内部请示第9稿”。".replace("“", "").replace("”", ""))
    inside = Ledgers.of([POLICIES]).names | {"内部请示第9稿": "x"}
    stitched = report(text)
    assert audit(body(stitched), Literals.load(PERIOD, names=inside)).counts["untraced"] == 0
    assert audit(body(stitched), Literals.load(PERIOD, names=LEDGERS.public.names)).counts["untraced"] == 1


def test_words_of_a_ledger_that_are_no_more_than_a_number_declare_nothing():
    """A cell of words such as 三份 does not excuse the same words in the report."""
    assert audit("<p>起草三份。</p>", Literals.load(PERIOD, names={"三份": "x", "3": "x"})).counts["untraced"] == 1


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("names = 3", "literals.toml: unknown entry 'names'; allowed: the tables [patterns] and [names]"),
        ("[name]\na=['x']", "literals.toml: unknown entry 'name'; allowed: the tables [patterns] and [names]"),
        ('[patterns]\n"数" = "\\\\d+"', "literals.toml: the pattern '数' = '\\d+' would excuse any number (3); add the words around it"),
        ('[patterns]\n"数" = "("', "literals.toml: the pattern '数' = '(' is no regular expression: missing ), unterminated subpattern at position 0"),
        ('[names]\n"数" = ["322"]', "literals.toml: '322' is no name but a number; write the whole name it belongs to"),
        ("[names", "literals.toml is not TOML: Expected ']' at the end of a table declaration (at end of document)"),
    ],
)  # fmt: skip
def test_a_file_of_literals_that_excuses_too_much_is_refused(tmp_path, toml, expected):
    """A period's own literals are names and patterns with words in them; anything else is refused with its reason."""
    (tmp_path / "literals.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ReleaseError) as caught:
        Literals.load(PERIOD, file=tmp_path / "literals.toml")
    assert str(caught.value) == f"{expected}."


def test_a_period_declares_its_own_names(tmp_path):
    """What data/PERIOD/literals.toml declares is traced to it; a file that is missing declares nothing."""
    (tmp_path / "literals.toml").write_text('[names]\n"活动" = ["雷霆7天行动"]\n', encoding="utf-8")
    own = Literals.load(PERIOD, file=tmp_path / "literals.toml", shown="data/2021H1/literals.toml")
    (one,) = audit("<p>开展雷霆7天行动。</p>", own).numbers
    assert (one.status, one.why) == ("literal", "data/2021H1/literals.toml 活动")
    assert audit("<p>开展雷霆7天行动。</p>", Literals.load(PERIOD, file=tmp_path / "none.toml")).counts["untraced"] == 1


def test_dates_of_another_period_are_not_declared():
    """Only dates that follow from the report's own period need no source."""
    texts = [
        "2021年上半年",
        "2020年下半年",
        "2020年上半年",
        "2021年",
        "2020年度",
        "2021年6月30日",
        "1至6月",
        "2021年6月",
    ]
    assert all(audit(f"<p>{text}，好。</p>", LITERALS).counts["untraced"] == 0 for text in texts)
    texts += ["2021年3月", "3月份", "三月", "第二季度", "2021年一季度", "1至5月", "2021年2—4月", "前6个月"]
    assert all(audit(f"<p>{text}，好。</p>", LITERALS).counts["untraced"] == 0 for text in texts)
    texts = ["2019年上半年", "2022年", "2020年3月", "2021年6月29日", "3月5日", "1至7月", "12021年", "2021年12月"]
    texts += ["三季度", "7月", "5至3月", "13月", "前三季度", "前3个月"]
    assert all(audit(f"<p>{text}，好。</p>", LITERALS).counts["untraced"] >= 1 for text in texts)
    assert audit("<p>前三季度、1—9月、第三季度</p>", Literals.load(Period.parse("2021-01..09"))).counts["untraced"] == 0
    assert audit("<p>2020年下半年</p>", Literals.load(Period.parse("2018H1"))).counts["untraced"] == 1


@given(PERIODS)
def test_months_and_quarters_of_any_period_need_no_source(period):
    """Whatever kind of period it is, its label, months and quarters are traced, and the months beside it are not."""
    literals = Literals.load(period)
    months = range(period.first.month, period.last.month + 1)
    quarters = [number for number in range(1, 5) if {3 * number - 2, 3 * number} <= {*months}]
    inside = [period.label, period.months, *(f"{period.year}年{month}月" for month in months)]
    inside += [f"{'一二三四'[number - 1]}季度" for number in quarters]
    outside = [f"{month}月" for month in range(1, 13) if month not in months] + [f"{period.year + 1}年{months[0]}月"]
    assert [said for said in inside if audit(f"<p>{said}，好。</p>", literals).counts["untraced"]] == []
    assert [said for said in outside if not audit(f"<p>{said}，好。</p>", literals).counts["untraced"]] == []


@pytest.mark.parametrize(
    ("as_of", "said", "untraced"),
    [
        ("2019-11", "截至2019年11月", 0),
        ("2019-11", "截至11月底", 0),
        ("2019Q4", "2019年第四季度", 0),
        ("2019", "2019年", 0),
        ("2019-11-05", "11月5日", 0),
        ("2019-11", "截至2019年10月", 1),
        ("2019-11", "截至2018年11月", 1),
        ("2019-11-05", "11月6日", 1),
    ],
)
def test_the_date_of_a_cited_cell_needs_no_source(as_of, said, untraced):
    """A month, quarter, year or day that the row of a cited figure gives is traced in its sentence, and only there."""
    rows = frame("indicators", {"subject": "一业一证", "measure": "办件量", "value": "322件", "as_of": as_of})
    ledgers = Ledgers.of([rows])
    cited = body(report(says(f"{said}，办件量{value(2, rows)}。")))
    assert audit(cited, LITERALS, ledgers=ledgers).counts["untraced"] == untraced
    beside = body(report(says(f"办件量{value(2, rows)}。{said}，好。")))
    assert audit(beside, LITERALS, ledgers=ledgers).counts["untraced"] >= 1


def stated(text, row=2, column="对象", table="tables/indicators.csv"):
    return StatedWords(text, Sources.cell(table, row, column))


@pytest.mark.parametrize(("text", "row", "column"), [("济南等7个城市", 5, "内容"), ("7个城市", 5, "内容")])
def test_a_number_in_a_ledgers_words_is_traced_by_its_cell(text, row, column):
    """A number inside words, whole or cut, needs no declared literal: the cell states it."""
    bare = Literals.load(PERIOD, signed=SETTINGS.signed)
    stitched = report(says(f"由{stated(text, row, column)}参与。"))
    found = audit(body(stitched), bare, ledgers=LEDGERS, notebook=stitched)
    assert (found.findings, [one.why for one in found.numbers if one.number.shown == "7个"]) == (
        (),
        [f"tables/indicators.csv#row={row};col={column}"],
    )


def test_words_explain_no_number_that_their_cell_does_not_say():
    """A number joined to a cell's words, or changed in them, is untraced; words of a cell that is not there are an error."""
    changed = audited(says(f"由{stated('济南等7个城市', 5, '内容').replace('7', '9')}参与。"))
    assert [finding.code for finding in changed.findings] == ["untraced"]
    joined = audited(says(f"{stated('一业一证') + '第19批'}。"))
    assert [finding.value for finding in joined.findings] == ["19批"]
    missing = audited(says(f"{stated('一业一证', 99)}。"))
    assert [finding.code for finding in missing.findings] == ["no-such-cell"]


def test_what_the_product_numbers_itself_is_never_untraced():
    """Marks of footnotes and the months and years on an axis are ours."""
    assert audited(markdown("办结[^1]，公示[^2]。\n\n[^1]: 注\n\n[^2]: 又注")).findings == ()
    for label in ("3月", "2021年3月", "第一季度", "2021年"):
        assert audited(shows(chart("条形图：办件量。", label=label))).findings == ()
    assert audited(shows(chart("条形图：办件量。", label="3件"))).findings != ()


def test_the_marks_of_an_axis_are_told_in_one_message():
    """However many numbers of a drawing have no source: one message names them, the first ones where they are many."""
    marks = "</text><text>".join(str(number) for number in range(0, 7000, 1000))
    [finding] = audited(shows(chart("条形图。", label=marks))).findings
    assert (finding.code, finding.value) == ("untraced", "0、1000、2000、3000、4000…")
