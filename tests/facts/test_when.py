"""Dates as people state them."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from periods import PERIODS

from pipeline.facts import DateFact, Sources
from pipeline.facts.quantity import StatedError
from pipeline.facts.when import When

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
PIECES = "2024 1999 年 月 日 6 12 29 - / . 上旬 初 末 度 H1 H2 上半年 Q2 第 二 季度 截至 至 — 份 00:00".split()
ALPHABET = "0123456789-/.年月日号份上中下旬初末底半度H季第一二Q至—截 ０２１"


def read(text):
    """The date, or the error that refuses it."""
    try:
        return When.parse(text)
    except StatedError as error:
        return error


@given(DAYS)
def test_a_day_is_the_same_however_it_is_written(day):
    """Every way of writing a day gives the same date, labelled in full and without leading zeros."""
    written = [f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"]
    read = [
        When.parse(text)
        for text in (*written, f"{day.year}.{day.month}.{day.day}", day, datetime(*day.timetuple()[:3]))
    ]
    assert len(set(read)) == 1
    assert (read[0].first, read[0].last) == (day, day)
    assert str(read[0]) == f"{day.year}年{day.month}月{day.day}日"


@settings(max_examples=2000)
@given(
    st.text(ALPHABET, max_size=12)
    | st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
    | st.from_regex(r"(19|20)\d\d[-/.年]\d{1,2}(月(份|初|底|[上中下]旬)?)?", fullmatch=True)
)
def test_any_text_is_refused_or_comes_back(text):
    """Whatever is typed is either refused with a reason, or reading its value or its label gives the date back."""
    when = read(text)
    if isinstance(when, StatedError):
        assert when.reason
        return
    assert When.parse(when.value) == when
    assert When.parse(when.label) == when
    if when:
        assert when.first <= when.last


@pytest.mark.parametrize(
    ("text", "value", "label", "first", "last"),
    [
        ("2024.6", "2024-06", "2024年6月", (2024, 6, 1), (2024, 6, 30)),
        ("2024-02", "2024-02", "2024年2月", (2024, 2, 1), (2024, 2, 29)),
        ("2024年6月份", "2024-06", "2024年6月", (2024, 6, 1), (2024, 6, 30)),
        ("2024H1", "2024H1", "2024年上半年", (2024, 1, 1), (2024, 6, 30)),
        ("2024年下半年", "2024H2", "2024年下半年", (2024, 7, 1), (2024, 12, 31)),
        ("2024H1末", "2024H1末", "2024年上半年末", (2024, 6, 30), (2024, 6, 30)),
        ("2024", "2024", "2024年", (2024, 1, 1), (2024, 12, 31)),
        ("2024年度", "2024年度", "2024年度", (2024, 1, 1), (2024, 12, 31)),
        ("2024年初", "2024年初", "2024年初", (2024, 1, 1), (2024, 3, 31)),
        ("2024年6月上旬", "2024年6月上旬", "2024年6月上旬", (2024, 6, 1), (2024, 6, 10)),
        ("2024年2月下旬", "2024年2月下旬", "2024年2月下旬", (2024, 2, 21), (2024, 2, 29)),
        ("2024年二季度", "2024Q2", "2024年第二季度", (2024, 4, 1), (2024, 6, 30)),
        ("2024年1-6月", "2024年1月—6月", "2024年1月—6月", (2024, 1, 1), (2024, 6, 30)),
        ("截至2024年6月底", "2024年6月底", "2024年6月底", (2024, 6, 21), (2024, 6, 30)),
    ],
)
def test_what_people_write(text, value, label, first, last):
    """Each way of stating a time keeps its grain, its wording and the days it can mean."""
    when = When.parse(text)
    assert (when.value, str(when), when.first, when.last) == (value, label, date(*first), date(*last))


def test_a_blank_is_no_date_and_comes_last():
    """A blank date is false and sorts behind every date; dates sort by the days they mean."""
    words = ["", "2024-06", "2024", "2023年底", "2024-06-01"]
    assert not When.parse("")
    assert [when.value for when in sorted(map(When.parse, words))] == ["2023年底", "2024", "2024-06-01", "2024-06", ""]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("6月29日", "no-year"),
        ("2023-02-29", "no-such-day"),
        ("24-6-29", "short-year"),
        ("44376", "date-serial"),
        ("2024-06-29 09:30", "time-of-day"),
        ("昨天", "no-date"),
        ("=A1", "formula"),
        ("#REF!", "formula-error"),
    ],
)
def test_what_is_in_doubt_is_refused(text, reason):
    """A date without a year, one the calendar does not have, a serial number or an hour is refused by name."""
    with pytest.raises(StatedError) as refused:
        When.parse(text)
    assert refused.value.reason == reason


def test_dates_are_equal_by_what_they_say():
    """Two cells that state one day state the same; another day, or a text, is something else."""
    first, again, other = (
        DateFact(When.parse(text), Sources.cell("tables/a.csv", row, "日期"))
        for row, text in enumerate(("2021-06-29", "2021年6月29日", "2021-06-30"), 2)
    )
    assert (first == again, first == other, first == "2021年6月29日") == (True, False, False)
    assert {first: 1}[again] == 1


@given(PERIODS)
def test_a_date_may_be_any_period(period):
    """A cell that gives a period, as a folder is named by it or as the report says it, means its days."""
    for written in (str(period), period.label):
        when = read(written)
        assert (when.first, when.last) == (period.first, period.last)
