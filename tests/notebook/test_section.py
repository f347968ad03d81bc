"""A section as its notebook sees it: tables, lookups, prose, comparison, declared checks."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from pipeline import balance_note, reads
from pipeline.errors import FactError, ProseError, UnknownPeriod, UnknownSection, UsageError
from pipeline.notebook import Section, say
from pipeline.period import Period
from pipeline.workspace import Workspace


@pytest.fixture
def section(workspace):
    def opened(name="reform", period="2021H1"):
        return Section(name, period, workspace=Workspace.at(workspace))

    return opened


def later(workspace, **changes):
    """2021H2 as a copy of 2021H1 with cells of the indicators changed: (old row's 数值) → new."""
    shutil.copytree(workspace / "data/2021H1", workspace / "data/2021H2")
    file = workspace / "data/2021H2/tables/indicators.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    value, basis = head.index("数值"), head.index("口径")
    for row in rows:
        if row[2] in changes and row[3] == "办件量":
            row[value] = changes[row[2]]
            if changes[row[2]] == "99":
                row[basis] = "当期"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])


def test_a_table_holds_the_rows_of_its_section(section):
    """A ledger with a column 板块 gives each section its own rows, found by title."""
    assert set(section("reform").table("indicators")["section"]) == {"改革创新"}
    assert set(section("disclosure").table("indicators")["subject"]) == {"公示报告"}


def test_rows_are_narrowed_by_field_and_by_initiative(section):
    """Rows can be kept by the value of a field, and everything narrows to one initiative."""
    reform = section()
    assert set(reform.table("policies", relation="依据")["relation"]) == {"依据"}
    about = reform.about("双全双百")
    assert set(about.table("coordination")["initiative"]) == {"双全双百"}
    assert str(about.fact("表格", "汇总")) == "10份"


def test_a_ledger_without_rows_gives_every_section_none(section, workspace):
    """A ledger of which only the headings are filled in, and one that is not there, give a table without rows."""
    file = workspace / "data/2021H1/tables/indicators.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").splitlines()[0] + "\n", encoding="utf-8-sig")
    (workspace / "data/2021H1/tables/policies.csv").unlink()
    reform = section()
    assert [len(reform.table(name)) for name in ("indicators", "policies")] == [0, 0]
    assert len(reform.about("双全双百").table("indicators")) == 0


def test_dates_know_their_cells(section):
    """A date in a table leads to its cell like a figure does."""
    event = section().table("milestones").iloc[0]
    assert str(event.date.sources) == "tables/milestones.csv#row=2;col=日期"


def test_a_figure_is_found_by_subject_and_measure(section):
    """A figure is looked up by what it is about; the heading is the measure where a table has no column for it."""
    assert str(section().fact("一业一证", "办件量")) == "322件"
    assert str(section("rule-of-law").fact("行政诉讼", "件数")) == "7件"
    assert str(section("rule-of-law").fact("优化营商环境法治宣传活动", "接待群众")) == "200余人次"


def test_a_look_up_reads_no_ledger_that_cannot_state_what_is_asked(section, monkeypatch):
    """Those that name what they state, and those with a column of that heading: a section depends on no other."""
    monkeypatch.setattr(reads, "_listeners", [(heard := []).append])
    section("rule-of-law").lookup.fact("优化营商环境法治宣传活动", "接待群众", everywhere=True)
    named = {note[2] for note in heard if note[0] == "ledger"}
    assert named == {"indicators", "coordination", "list_reviews", "outreach", "checks"}


def test_a_figure_that_is_not_there_brings_the_nearest(section):
    """A lookup that finds nothing names what was asked and the nearest that exists."""
    with pytest.raises(
        FactError,
        match=r"^2021H1: the ledgers state nothing for \(一业一正, 办件量\) \(did you mean '\(一业一证, 办件量\)'",
    ):
        section().fact("一业一正", "办件量")


def test_a_figure_stated_twice_is_not_guessed(section):
    """A lookup that finds two figures names both cells and how to tell them apart."""
    with pytest.raises(
        FactError, match=r"is stated 2 times \(tables/coordination.csv#row=9.*row=15.*as third argument"
    ):
        section().fact("工作", "调度")


def test_unknown_names_are_refused(section, workspace):
    """A table, field, section or period that does not exist is refused by name."""
    with pytest.raises(UsageError, match="no ledger 'indicator'.*did you mean 'indicators'"):
        section().table("indicator")
    with pytest.raises(FactError, match="table 'policies': no column relaton.*did you mean 'relation'"):
        section().table("policies", relaton="依据")
    with pytest.raises(UsageError, match="no ledger 'indicator'.*did you mean 'indicators'"):
        section().compared("indicator")
    with pytest.raises(FactError, match="'indicators' has no figures 'valeu' to compare; it has value"):
        section().compared("indicators", value="valeu")
    with pytest.raises(FactError, match="no column knid.*did you mean 'kind'"):
        section("rule-of-law").compared("cases", total_by="knid")
    with pytest.raises(FactError, match="'cases' cannot be found again in another period; compare sums with total_by"):
        section("rule-of-law").compared("cases")
    with pytest.raises(UnknownSection):
        section("reforms")
    with pytest.raises(UnknownPeriod):
        section(period="2020H2")


def test_nothing_is_compared_without_an_earlier_half_year(section):
    """Where data/ has no earlier half-year, the columns of comparison are empty and nothing is said."""
    rows = section().compared("indicators", measure="办件量")
    assert rows["previous"].isna().all()
    assert set(rows["change"]) == set(rows["change_rate"]) == {""}


def test_an_earlier_half_year_is_compared_row_by_row(section, workspace):
    """With an earlier half-year each figure says how it changed, in the right direction, with its base and both cells."""
    later(workspace, 一业一证="361", 一链办理="171")
    rows = section(period="2021H2").compared("indicators", measure="办件量").set_index("subject")
    plain = dict(rows["change"])
    assert plain["一业一证"].startswith("，环比增长<data")
    assert ">12.1</data>%（上期<data" in plain["一业一证"]
    assert "../2021H1/tables/indicators.csv#row=5;col=数值 tables/indicators.csv#row=5;col=数值" in plain["一业一证"]
    assert plain["一链办理"].startswith("，环比下降")
    assert plain["跨省通办"].startswith("，与上期持平")
    assert rows["change_rate"]["跨省通办"] == "持平"


def test_rows_find_themselves_in_another_order(section, workspace):
    """A row is compared with the one that is about the same, wherever that stands in the earlier ledger."""
    later(workspace, 一业一证="361", 一链办理="171")
    file = workspace / "data/2021H2/tables/indicators.csv"
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\n".join([head, *reversed(rows), ""]), encoding="utf-8-sig")
    rows = section(period="2021H2").compared("indicators", measure="办件量").set_index("subject")
    assert {subject: str(previous) for subject, previous in rows["previous"].items()} == {
        "跨省通办": "67件",
        "一链办理": "190件",
        "一业一证": "322件",
    }


def test_counts_over_different_spans_are_not_compared(section, workspace):
    """Where 口径 differs between the two half-years no rate is made."""
    later(workspace, 一业一证="99")
    rows = section(period="2021H2").compared("indicators", measure="办件量").set_index("subject")
    assert rows["change"]["一业一证"] == "，与上期口径不可比"


def test_records_are_summed_by_kind(section):
    """Rows can be summed by a field, one row a kind, each sum leading to all its cells."""
    cases = section("rule-of-law").compared("cases", total_by="kind")
    assert [f"{row.kind!r} {row.count!s}" for row in cases.itertuples()] == ["'行政诉讼' 7件", "'行政复议' 1件"]


def test_declared_checks_are_worked_out_with_their_cells(section):
    """A declared rule gives its difference as a fact that leads to every cell on both sides."""
    rule = section("disclosure").checks("licences").iloc[0]
    assert (rule["rule"], str(rule["difference"])) == ("受理数量 = 许可数量 + 不予许可数量", "0件")
    assert {cell.column for cell in rule["difference"].sources.cells()} == {"受理数量", "许可数量", "不予许可数量"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("2020", "9", "7", "2")],
            "2020年乙（受理数量 = 许可数量）差2件；甲（受理数量 = 许可数量 + 不予许可数量）核对一致",
        ),
        (
            [("2019", "7", "7", "0"), ("2020", "5", "5", "0")],
            "甲（受理数量 = 许可数量 + 不予许可数量）核对一致；乙（受理数量 = 许可数量）核对一致",
        ),
        (
            [("2019", "7", "6", "0"), ("2020", "5", "5", "0")],
            "2019年甲（受理数量 = 许可数量 + 不予许可数量）差1件；2019年乙（受理数量 = 许可数量）差1件",
        ),
        (
            [("2020", "7", "9", "0")],
            "2020年甲（受理数量 = 许可数量 + 不予许可数量）差2件；2020年乙（受理数量 = 许可数量）差2件",
        ),
        ([("2020", "9", "7", "")], "2020年乙（受理数量 = 许可数量）差2件"),
        ([], ""),
    ],
)
def test_a_note_says_what_differs_and_what_holds(section, workspace, rows, said):
    """A record that differs is named with its difference, a rule that holds in all of them is said once, one without figures not."""
    folder = workspace / "data/2021H1/tables"
    both = ["licences,甲,受理数量 = 许可数量 + 不予许可数量,,", "licences,乙,受理数量 = 许可数量,,"]
    (folder / "checks.csv").write_text("\n".join(["表,名称,规则,级别,备注", *both, ""]), encoding="utf-8")
    head = "年度,受理数量,许可数量,不予许可数量"
    (folder / "licences.csv").write_text("\n".join([head, *map(",".join, rows), ""]), encoding="utf-8")
    note = re.sub("<[^>]*>", "", balance_note(section("disclosure").checks("licences")))
    assert note == said


def test_prose_is_filled_in_and_its_comments_left_out(section, workspace):
    """Placeholders become facts, arithmetic included; an HTML comment does not reach the report."""
    file = workspace / "data/2021H1/prose/reform-overview.md"
    file.write_text(
        '<!-- 备注 -->\n{{ period }}共{{ fact("一业一证", "办件量") + fact("一链办理", "办件量") }}。', encoding="utf-8"
    )
    assert repr(section().prose("overview")) == "2021年上半年共512件。"
    file.write_text("<!-- 只有备注 -->", encoding="utf-8")
    assert repr(section().prose("overview")) == "尚未填报。"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("好\n{{ nothing }}", "2 'nothing': there is no such placeholder; known: as_of, fact, period, text"),
        ("好\n\n{% if %}", "3: a placeholder is not well formed"),
        ('{{ fact("一业一证") }}', "1: .*missing 1 required positional argument"),
        ("{{ fact.__globals__ }}", "1: .*unsafe"),
        (
            '{{ fact("一业一证", "办件量") + fact("参与区县级行政审批服务局", "启动时数量") }}',
            "1: .*different units, 件 and 个",
        ),
    ],
)
def test_prose_that_cannot_be_filled_names_file_and_line(section, workspace, text, message):
    """A placeholder that is unknown, malformed, forbidden or does not add up is told with file and line."""
    (workspace / "data/2021H1/prose/reform-overview.md").write_text(text, encoding="utf-8")
    with pytest.raises(ProseError, match=rf"data/2021H1/prose/reform-overview\.md:{message}"):
        section().prose("overview")


def test_the_rest_is_what_was_not_shown_since_the_section_was_opened(section):
    """Shown once more, alone or after the whole notebook, the closing says the same; what was shown is not in it."""
    law = section("rule-of-law")
    everything = repr(law.rest())
    assert "普法背景年份2021年" in everything
    said = say(f"{law.fact('普法背景', '年份')}")
    assert repr(law.rest()) == everything  # worded, and perhaps never shown
    said._repr_markdown_()
    assert repr(law.rest()) == ""
    assert repr(section("rule-of-law").rest()) == everything


def test_what_has_no_rest_asks_no_earlier_period(section, workspace, monkeypatch):
    """What a closing block takes is compared with earlier periods; where it takes nothing, none counts for the chapter."""
    later(workspace)
    law = section("rule-of-law", "2021H2")
    for folders, shown in [({"2021H1", "2021H2"}, law.fact("普法背景", "年份")), ({"2021H2"}, "")]:
        monkeypatch.setattr(reads, "_listeners", [(heard := []).append])
        repr(law.rest())
        assert {Path(folder).name for kind, folder, *_ in heard if kind == "ledger"} == folders
        say(f"{shown}")._repr_markdown_()


def test_an_initiatives_rest_is_not_in_the_chapters(section):
    """What closes an initiative is not said again at the end of the chapter, however often either is shown."""
    reform = section("reform")
    circle = reform.about("省会经济圈行政审批服务一体化")
    for _ in range(2):
        assert "参与城市" in repr(circle.rest())
        assert "参与城市" not in repr(reform.rest())
        assert "一业一证" in repr(reform.rest())


def kept(workspace, period, *rows):
    """``data/PERIOD`` with these rows of 改革创新 (subject, figure, 口径, date) as its indicators."""
    folder = workspace / "data" / period
    shutil.copytree(workspace / "data/2021H1", folder)
    head = (folder / "tables/indicators.csv").read_text(encoding="utf-8-sig").split("\n", 1)[0]
    lines = [f"改革创新,,{about},办件量,{value},,件,{basis},{when},,," for about, value, basis, when in rows]
    (folder / "tables/indicators.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("basis", "when", "said"),
    [
        ("本年累计", "2022-03", "本年累计40件"),
        ("本年累计", "", "本年累计40件"),
        ("本年累计", "2021", "2021年累计40件"),
        ("本年累计", "2021年度", "2021年度累计40件"),
        ("本年累计", "2021-09", "截至2021年9月累计40件"),
        ("开办以来累计", "2021-12-31", "开办以来累计40件"),
        ("当期", "2022-03", "40件"),
    ],
)
def test_what_an_earlier_year_came_to_is_not_this_years_in_the_rest(section, workspace, basis, when, said):
    """本年累计 is said in a closing of the period's own year; of an earlier one its date is."""
    kept(workspace, "2022Q1", ("一业一证", 40, basis, when))
    assert repr(section(period="2022Q1").rest(lead="")) == f"一业一证办件量{said}。"


def test_what_the_year_has_come_to_is_compared_with_the_year_before_alone(section, workspace):
    """A month's own figure stands beside last month's, what the year has come to only beside the year before; each by its 口径."""
    for period, own, year in (("2020-03", 20, 50), ("2021-02", 30, 40), ("2021-03", 40, 80)):
        kept(workspace, period, ("一业一证", own, "当期", period), ("一业一证", year, "本年累计", period))
    reform = section(period="2021-03")
    said = reform.compared("indicators", measure="办件量").set_index("basis")["change_rate"]
    plain = {basis: re.sub(r"<[^>]*>", "", change) for basis, change in said.items()}
    assert plain == {"当期": "环比增长33.3%，同比增长100.0%", "本年累计": "增长60.0%"}
    assert [str(reform.fact("一业一证", "办件量", basis)) for basis in ("当期", "本年累计")] == ["40件", "80件"]
    with pytest.raises(FactError, match="2 times|twice"):
        reform.fact("一业一证", "办件量")


@pytest.mark.parametrize(
    ("period", "earlier", "said"),
    [
        ("2022", "2021", "，同比增长100.0%（上年20件）"),
        ("2021Q3", "2021Q2", "，环比增长100.0%（上季度20件）"),
        ("2021-03", "2021-02", "，环比增长100.0%（上月20件）"),
        ("2022-01..09", "2021-01..09", "，同比增长100.0%（上年同期20件）"),
        ("2021-01..09", "2021-01..08", ""),
    ],
)
def test_each_kind_of_period_is_compared_in_its_own_words(section, workspace, period, earlier, said):
    """上月, 上季度, 上年: what a figure is compared with is called as the kind of period has it."""
    kept(workspace, earlier, ("一业一证", 20, "当期", Period.parse(earlier).last))
    kept(workspace, period, ("一业一证", 40, "当期", Period.parse(period).last))
    [change] = section(period=period).compared("indicators", measure="办件量")["change"]
    assert re.sub(r"<[^>]*>", "", change) == said


@pytest.mark.parametrize(
    ("period", "placeholders", "said"),
    [
        ("2022", "{{ period }} {{ period.months }} {{ period.part }}|{{ period.previous }}", "2022年 1—12月 |2021年"),
        ("2022H1", "{{ period }} {{ period.year }} {{ period.months }} {{ period.part }}", "2022年上半年 2022 1—6月 上半年"),
        ("2021Q3", "{{ period.part }} {{ period.first_day }} {{ period.previous }}", "第三季度 2021年7月1日 2021年第二季度"),
        ("2021-03", "{{ period }} {{ period.months }} {{ period.current }}", "2021年3月 3月 本月"),
        ("2021-01..09", "{{ period.months }} {{ period.last_day }} {{ period.year_before }}|{{ period.previous }}",
         "1—9月 2021年9月30日 2020年1—9月|"),
        ("2021-03", '{{ as_of("一业一证", "办件量") }}', "2021年3月"),
    ],
)  # fmt: skip
def test_prose_says_its_period_in_words(section, workspace, period, placeholders, said):
    """Prose can name the period, its parts and neighbours, and the date of a figure, without typing them."""
    kept(workspace, period, ("一业一证", 40, "当期", period))
    (workspace / f"data/{period}/prose/reform-overview.md").write_text(placeholders, encoding="utf-8")
    assert re.sub(r"<[^>]*>", "", section(period=period).prose("overview").markdown) == said


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (["20,本年累计"], ["30,本年累计"], ["", ""]),
        (["20,当期"], ["30,当期"], ["，环比增长50.0%（上期20件）"] * 2),
        (["20,本年累计"], ["30,当期"], ["，与上期口径不可比"]),
        (["20,当期", "40,本年累计"], ["30,当期", "70,本年累计"], ["", "，环比增长50.0%（上期20件）"]),
    ],
)
def test_sums_keep_their_span(section, workspace, then, now, said):
    """A sum of a kind is compared as its rows would be: what the year has come to never with the period before, nor one 口径 with another."""
    for period, rows in (("2021H1", then), ("2021H2", now)):
        tables = workspace / "data" / period / "tables"
        tables.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"行政复议,{row}\n" for row in rows)
        (tables / "cases.csv").write_text(f"类型,件数,口径\n{lines}", encoding="utf-8-sig")
    law, basis = section("rule-of-law", period="2021H2"), now[0].partition(",")[2]
    changes = [law.compared("cases", total_by="kind", **where)["change"].iloc[0] for where in ({}, {"basis": basis})]
    assert [re.sub(r"<[^>]*>", "", change) for change in changes][: len(said)] == said


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ([], "上期无此项"),
        ([("/", "当期")], "上期无此项"),
        ([("", "当期")], ""),
        ([("", "本年累计")], ""),
        ([("", "未注明"), (8, "本年累计")], ""),
        ([(5, "未注明"), (8, "本年累计")], ""),
        ([("", "当期"), (8, "本年累计")], ""),
        ([(20, "当期"), (8, "本年累计")], "环比增长100.0%（上期20件）"),
    ],
)
def test_only_what_an_earlier_period_has_not_is_said_to_be_missing_there(section, workspace, then, said):
    """无此项 is said of what the earlier period has not or gives as none (/), never of a figure that is not filled in or stands there several times."""
    kept(workspace, "2022H1", ("一链办理", 1, "当期", ""), *(("一业一证", value, basis, "") for value, basis in then))
    kept(workspace, "2022H2", ("一业一证", 40, "当期", ""))
    [row] = section(period="2022H2").compared("indicators", measure="办件量").itertuples()
    assert re.sub(r"<[^>]*>", "", row.change) == (f"，{said}" if said else "")
    assert bool(row.change_rate) == bool(said)


def test_of_two_bases_the_known_one_is_said_alone(section, workspace):
    """Where one of two earlier figures is not filled in, a table's cell has the other alone, and says which."""
    for period, value in (("2021H2", 20), ("2022H1", ""), ("2022H2", 40)):
        kept(workspace, period, ("一业一证", value, "当期", ""))
    [row] = section(period="2022H2").compared("indicators", measure="办件量").itertuples()
    assert re.sub(r"<[^>]*>", "", row.change_rate) == "同比增长100.0%"
