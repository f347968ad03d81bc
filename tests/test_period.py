"""The period a report is about: a year, a half-year, a quarter, a month, or months up to one."""

import calendar
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from periods import PERIODS

from pipeline.errors import UnknownPeriod
from pipeline.period import KINDS, Period, named_by


@pytest.mark.parametrize(
    ("written", "label", "months", "first", "last", "previous", "year_before"),
    [
        ("2023", "2023年", "1—12月", "2023-01-01", "2023-12-31", "2022", "2022"),
        ("2021H1", "2021年上半年", "1—6月", "2021-01-01", "2021-06-30", "2020H2", "2020H1"),
        ("2021H2", "2021年下半年", "7—12月", "2021-07-01", "2021-12-31", "2021H1", "2020H2"),
        ("2021Q1", "2021年第一季度", "1—3月", "2021-01-01", "2021-03-31", "2020Q4", "2020Q1"),
        ("2021Q3", "2021年第三季度", "7—9月", "2021-07-01", "2021-09-30", "2021Q2", "2020Q3"),
        ("2024-02", "2024年2月", "2月", "2024-02-01", "2024-02-29", "2024-01", "2023-02"),
        ("2021-01..09", "2021年1—9月", "1—9月", "2021-01-01", "2021-09-30", "None", "2020-01..09"),
        ("2021-01..12", "2021年1—12月", "1—12月", "2021-01-01", "2021-12-31", "None", "2020-01..12"),
    ],
)
def test_knows_its_label_days_and_neighbours(written, label, months, first, last, previous, year_before):
    """Each kind of period knows how the report calls it, where it begins and ends, and what it is compared with."""
    period = Period.parse(written)
    assert (period.label, period.months) == (label, months)
    assert (str(period.first), str(period.last)) == (first, last)
    assert (str(period.previous), str(period.year_before)) == (previous, year_before)


@given(PERIODS)
def test_is_read_as_it_is_written(period):
    """Whatever the kind, a period is read again from its own name and was meant by its label."""
    assert Period.parse(str(period)) == period
    assert Period.named(str(period)) == period
    assert Period.meant(period.label) == period


@given(PERIODS)
def test_lies_between_its_days(period):
    """Its first and last day belong to it, those beside them do not; it is as many whole months as its kind says."""
    day = timedelta(days=1)
    assert period.first in period
    assert period.last in period
    assert period.first - day not in period
    assert period.last + day not in period
    assert period.last.day == calendar.monthrange(period.last.year, period.last.month)[1]
    length = period.last.month - period.first.month + 1
    assert length == (period.number if period.kind == "months" else KINDS[period.kind].months)


@given(PERIODS)
def test_follows_the_one_before_without_a_gap(period):
    """The one before ends the day before it begins; twelve months' worth of them lead to the same of the year before."""
    if period.kind == "months":
        assert period.previous is None
        return
    assert period.previous.last + timedelta(days=1) == period.first
    assert period.previous < period
    before = period
    for _ in range(12 // KINDS[period.kind].months):
        before = before.previous
    assert before == period.year_before


def test_years_and_months_up_to_one_are_compared_once():
    """环比 and 同比 for like spans; a year has the year before alone, months up to one those of the year before alone."""
    bases = {
        str(one): {kind: str(base) for kind, base in one.bases.items()}
        for one in map(Period.parse, ("2021", "2021-03", "2021-01..09"))
    }
    assert bases == {
        "2021": {"同比": "2020"},
        "2021-03": {"环比": "2021-02", "同比": "2020-03"},
        "2021-01..09": {"同比": "2020-01..09"},
    }


def test_stand_in_the_order_of_their_ends():
    """What ends earlier comes first; what ends the same day comes the shorter the earlier."""
    ordered = [
        "2020",
        "2021-01",
        "2021-02",
        "2021-03",
        "2021Q1",
        "2021-06",
        "2021Q2",
        "2021H1",
        "2021-01..09",
        "2021H2",
        "2021",
    ]
    assert [str(one) for one in sorted(map(Period.parse, reversed(ordered)))] == ordered


@pytest.mark.parametrize(
    "text",
    ["21", "2021年", "2021h1", "2021H3", "21H1", "2021H1 ", "", "2021q1", "2021Q5", "0000H1", "2021-13", "2021-3", "2021-00",
     "2021-01..01", "2021-01..13", "2021-02..09", "2021-01-09", "2021-01..9"],
)  # fmt: skip
def test_refuses_what_is_no_period(text):
    """Anything else is refused with the value and how each kind is written."""
    with pytest.raises(UnknownPeriod, match=r"are written 2021, 2021H1, 2021Q3, 2021-03, 2021-01\.\.09") as caught:
        Period.parse(text)
    assert repr(text) in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2021年", "2021"), ("2021年度", "2021"), ("2021h1", "2021H1"), ("2021-H1", "2021H1"), ("2021上半年", "2021H1"),
        ("2021年下半年", "2021H2"), ("2021q3", "2021Q3"), ("2021年三季度", "2021Q3"), ("2021年第3季度", "2021Q3"),
        ("2021-3", "2021-03"), ("202103", "2021-03"), ("2021年3月份", "2021-03"), ("2021.3", "2021-03"),
        ("2021年1-9月", "2021-01..09"), ("2021年1月至9月", "2021-01..09"), ("２０２１年１—９月", "2021-01..09"),
        ("2021-01..9", "2021-01..09"), ("2021-01...09", "2021-01..09"),
        ("2021-01-09", "None"), ("2021年13月", "None"), ("2021年1—13月", "None"), ("去年", "None"), ("2021H3", "None"),
    ],
)  # fmt: skip
def test_knows_what_was_meant(text, meant):
    """What people write for a period is understood, so that the refusal can say how it is written here."""
    assert str(Period.meant(text)) == meant


def test_nothing_comes_before_itself():
    """Of two periods one comes before the other, of one neither; with what is no period there is no order."""
    half, quarter = Period.parse("2021H1"), Period.parse("2021Q2")
    assert (quarter < half) != (half < quarter)
    assert not half < Period.parse("2021H1") and half <= Period.parse("2021H1")
    with pytest.raises(TypeError):
        _ = half < 2021


@pytest.mark.parametrize(
    ("written", "months", "base", "bases", "called"),
    [
        ("2021Q3", ["2021-07", "2021-08", "2021-09"], "2021Q2", {"环比": "2021Q2", "同比": "2020Q3"}, "上季度"),
        ("2021-01..03", ["2021-01", "2021-02", "2021-03"], "2020-01..03", {"同比": "2020-01..03"}, "上期"),
        ("2021-01", [], "2020-12", {"环比": "2020-12", "同比": "2020-01"}, "上月"),
        ("2021", [f"2021-{month:02}" for month in range(1, 13)], "2020", {"同比": "2020"}, "上年"),
    ],
)
def test_knows_its_months_and_what_it_is_compared_with(written, months, base, bases, called):
    """The months that it is made of, a month of none; what stands under 上期值, what 环比 and 同比 mean, and how that is called."""
    period = Period.parse(Period.parse(written))
    assert [str(month) for month in period.months_within] == months
    assert (str(period.base), {kind: str(one) for kind, one in period.bases.items()}) == (base, bases)
    assert period.called.before == called


def test_a_folder_of_outputs_is_named_by_its_period():
    """A message says the period, or PERIOD where the folder is called otherwise; a mistyped period brings what was meant."""
    assert (named_by(Path("outputs/2021H1")), named_by(Path("outputs/final"))) == ("2021H1", "PERIOD")
    with pytest.raises(UnknownPeriod, match="did you mean '2021H1'"):
        Period.parse("2021年上半年")
    with pytest.raises(UnknownPeriod) as refused:
        Period.parse("soon")
    assert "did you mean" not in str(refused.value) and "None" not in str(refused.value)
