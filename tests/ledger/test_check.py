"""What a check says of a half-year as a whole."""

import pytest

from pipeline.errors import DataError, UnknownPeriod, UsageError
from pipeline.ledger import TABLES, read


def codes(sample, period="2021H1"):
    return [problem.code for problem in sample.check(period)]


def test_faultless_ledgers_have_no_problem(sample):
    """Ledgers without a fault give no problem, not even a warning."""
    assert sample.check() == []


def test_no_ledger_at_all_is_no_problem(sample):
    """A half-year without any ledger gives no problem: what a section needs is its notebook's matter."""
    sample.only()
    assert sample.check() == []


def test_a_half_year_that_is_not_there_is_told(sample):
    """Checking a half-year without a folder says so."""
    with pytest.raises(UnknownPeriod, match="2030H1"):
        sample.check("2030H1")


def test_a_ledger_that_does_not_exist_is_told_with_the_nearest(sample):
    """Reading a ledger of an unknown name names the nearest."""
    with pytest.raises(UsageError, match="did you mean 'indicators'"):
        read(sample.folder, "indicator")


def test_reading_a_faulty_ledger_tells_its_faults_only(sample):
    """A ledger with a cell that cannot be read is refused with its problems; those of other ledgers are not its own."""
    sample.put("outreach", [{"接待群众": "3千余"}])
    sample.put("cases", [{"件数": "一"}])
    with pytest.raises(DataError) as refused:
        read(sample.folder, "outreach")
    assert [problem.place.name() for problem in refused.value.problems] == ["tables/outreach.csv!F2"]


@pytest.mark.parametrize(("heading", "wrong"), [("截至", "截止"), ("数值", "数直"), ("备注", "备住")])
def test_a_heading_of_two_characters_brings_the_nearest(sample, heading, wrong):
    """One wrong character of two is still recognised, and that the figures are not found is not called not filled in."""
    file = sample.folder / "tables/indicators.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace(heading, wrong, 1), encoding="utf-8-sig")
    (problem,) = [one for one in sample.check() if one.severity == "error"]
    assert problem.text("zh").partition("：")[2].startswith(f"没有这一列（是不是“{heading}”？）")
    assert "not-filled-value" not in codes(sample)


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_ledger_is_not_filled_in_yet(sample, table):
    """A ledger of headings alone is a warning that it is not filled in yet (尚未填报)."""
    sample.only()
    sample.put(table, [])
    (problem,) = sample.check()
    assert (problem.code, problem.severity) == ("not-filled", "warning")
    assert problem.text("zh").endswith(f"“{TABLES[table].sheet}”尚未填报；本期没有的，请删去这张表。")


def test_a_qualified_figure_is_not_held_to_a_sum(sample):
    """A declared sum is not held against rows with a hedged or missing figure."""
    sample.put("licences", [{"受理数量": "100余", "许可数量": "9"}, {"年度": "2019", "受理数量": "", "许可数量": "9"}])
    assert codes(sample) == []


def test_a_sum_that_fails_in_many_ways_is_still_told_in_full(sample):
    """Hundreds of rows off by different amounts are all named: the first one by one, the rest together."""
    years = [{"事项类别": f"示例{n}", "受理数量": str(200 + n)} for n in range(450)]
    sample.put("licences", years)
    problems = sample.check()
    assert {problem.code for problem in problems} == {"rule-difference", "rule-differences"}
    assert sorted(row for problem in problems for row in problem.place.rows) == list(range(2, 452))
    assert len(problems) == 201


def test_a_concluded_count_may_exceed_the_accepted(sample):
    """办结 above 受理 is no fault: cases are carried over from the period before."""
    sample.put("indicators", [{"指标": "受理量", "数值": "10"}, {"指标": "办结量", "数值": "12"}])
    assert codes(sample) == []


@pytest.mark.parametrize(
    ("accepted", "concluded", "note", "told"),
    [
        (1000, 1500, "", []),
        (1000, 1501, "", ["more-than-came"]),
        (1000, 1501, "含上年结转600件", []),
        (99, 990, "", []),
    ],
)
def test_a_concluded_count_far_above_the_accepted_is_told(accepted, concluded, note, told, sample):
    """Of a hundred accepted or more hardly half as much again is concluded: that is told, unless a remark says what was carried over."""
    rows = [
        {"指标": "受理量", "数值": str(accepted)},
        {"指标": "办结量", "数值": str(concluded), "备注": note},
    ]
    sample.put("indicators", rows)
    assert codes(sample) == told


def test_a_figure_said_to_be_unchanged_is_not_stale(sample):
    """A remark 未变 answers the stale-value warning."""
    sample.put("indicators", [{"截至": "2020-12"}], "2020H2")
    sample.put("indicators", [{}])
    assert codes(sample) == ["stale"]
    sample.put("indicators", [{"备注": "核对过，未变"}])
    assert codes(sample) == []


def test_the_same_statement_twice_is_not_stale(sample):
    """A yearly figure that both half-years report of the same year is no stale value."""
    sample.put("licences", [{}], "2020H2")
    assert codes(sample) == []


def test_small_counts_are_often_the_same_by_chance(sample):
    """A whole count below ten that did not move is not worth a word."""
    sample.put("indicators", [{"截至": "2020-12", "数值": "9"}], "2020H2")
    sample.put("indicators", [{"数值": "9"}])
    assert codes(sample) == []


def test_a_disclosure_of_another_year_may_say_why(sample):
    """A disclosure of another year is no fault where a remark says why."""
    sample.put("licences", [{"年度": "2019", "备注": "示例：补公示"}])
    assert codes(sample) == []


def test_a_disclosure_of_several_years_is_no_fault(sample):
    """Several years may be disclosed at once, the year before among them."""
    sample.put("licences", [{}, {"年度": "2019", "申请数量": "120"}])
    assert codes(sample) == []


@pytest.mark.parametrize(
    ("basis", "told"), [("本年累计", []), ("开办以来累计", []), ("时点", []), ("当期", ["earlier-year"])]
)
def test_a_whole_earlier_year_must_be_meant(sample, basis, told):
    """A figure of the whole year before is told, unless its 口径 says that it was added up over it; a day of it always is."""
    sample.put("indicators", [{"截至": "2020年度", "口径": basis}])
    assert codes(sample) == told
    sample.put("indicators", [{"截至": "2020-12-30"}])
    assert codes(sample) == ["outside-period"]


def test_totals_that_close_are_no_fault(sample):
    """A 合计 equal to its parts is no fault, and neither is one of hedged parts."""
    parts = [{"人员类别": "甲", "人数": "10"}, {"人员类别": "乙", "人数": "21"}]
    sample.put("officers", [*parts, {"人员类别": "合计", "人数": "31"}])
    assert codes(sample) == []
    sample.put("officers", [parts[0], {"人员类别": "乙", "人数": "20余"}, {"人员类别": "合计", "人数": "38"}])
    assert codes(sample) == []


def test_growth_is_no_share(sample):
    """A rate of growth may be below zero or over a hundred."""
    blank = {"单位": "", "口径": ""}
    sample.put(
        "indicators", [{**blank, "指标": "同比增长率", "数值": "-3%"}, {**blank, "指标": "增长率", "数值": "240%"}]
    )
    assert codes(sample) == []


def test_a_share_that_its_base_gives_is_no_fault(sample):
    """A share that part and base give, rounded half up to its decimals, is no fault."""
    share = {"指标": "网办率", "数值": "66.7%", "单位": "", "口径": ""}
    sample.put("indicators", [{"指标": "网办量", "数值": "2"}, {"指标": "办件总量", "数值": "3"}, share])
    assert codes(sample) == []


def test_warnings_of_other_half_years_are_not_told(sample):
    """Faults of the half-year before are that half-year's own."""
    sample.put("outreach", [{"月份": "2020-10", "接待群众": "3千余", "发放宣传品": "900余"}], "2020H2")
    assert codes(sample) == []
    assert codes(sample, "2020H2") == ["arabic-with-thousand"]


def test_personal_data_is_a_warning_with_its_cell(sample):
    """A number that is someone's is told with each cell that holds it, masked, whatever its disguise; a mask is not."""
    sample.only()
    rows = [
        {"对象": "甲", "指标": "一", "备注": note}
        for note in ("手机１３８－1234－5678", "370*************123", "手机１３８－1234－5678")
    ]
    sample.put("indicators", rows)
    (told,) = [problem for problem in sample.check() if problem.code == "mobile"]
    assert told.severity == "warning"
    assert told.place.rows == (2, 4)
    assert "含有手机号 138****5678" in told.text("zh")
    assert "1234" not in told.text("en")
