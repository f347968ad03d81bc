"""Which months, quarters and years a text may name because its own period, or a cell it cites, has them."""

import re
from datetime import date

import pytest

from pipeline.vouch.dates_said import NO_DIGIT_BEFORE, within, year_said

HALF = date(2021, 1, 1), date(2021, 6, 30)
NINE = date(2021, 1, 1), date(2021, 9, 30)
MARCH = date(2021, 3, 1), date(2021, 3, 31)
ACROSS = date(2020, 12, 1), date(2021, 1, 31)


def named(span, text):
    """What of a text is named by a span of days."""
    return [match[0] for match in re.finditer(NO_DIGIT_BEFORE + f"(?:{within(*span)})", text)]


@pytest.mark.parametrize("said", ["6月", "06月", "六月", "2021年6月", "1月份", "6月底", "三月上旬", "1—6月", "1月至3月", "2月-6月份", "一季度", "第1季度", "2021年第二季度", "2021年", "2021年度", "2021年底"])  # fmt: skip
def test_months_and_quarters_of_a_half_year_are_its_own(said):
    """However they are written: figures, Han, with or without the year, runs of months."""
    assert named(HALF, said) == [said]


@pytest.mark.parametrize("said", ["7月", "16月", "11月", "2020年", "第三季度", "前三季度", "20211年"])
def test_what_lies_outside_is_not(said):
    """Other months, quarters and years, and numbers that only end like them."""
    assert named(HALF, said) == []


def test_a_year_is_named_by_itself_and_not_as_the_beginning_of_another_month():
    """2021年 in front of a month that is not the period's own names nothing of it."""
    assert named(HALF, "2021年7月") == []
    assert named(HALF, "2021年比2020年") == ["2021年"]
    assert re.fullmatch(year_said(2021), "2021年末")
    assert not re.match(year_said(2021), "2021年12月")


def test_a_run_of_months_ends_within():
    """A run that goes on beyond the last month is not named as a whole."""
    assert named(HALF, "1—7月") == []
    assert named(HALF, "5—6月") == ["5—6月"]
    assert named(MARCH, "3月") == ["3月"]
    assert named(MARCH, "3—4月") == named(MARCH, "第一季度") == []


def test_three_quarters_are_named_of_nine_months_alone():
    """前三季度 is January to September."""
    assert named(NINE, "前三季度") == ["前三季度"]
    assert named(NINE, "前3季度及第三季度") == ["前3季度", "第三季度"]


def test_of_days_in_two_years_the_years_alone_are_named():
    """No month is, for it could be of either year."""
    assert named(ACROSS, "2020年12月至2021年") == ["2021年"]
    assert named(ACROSS, "12月和1月") == []
