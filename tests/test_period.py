"""The half-year a report is about."""

from datetime import date

import pytest

from pipeline.errors import UnknownPeriod
from pipeline.period import Period


def test_knows_its_label_days_and_neighbours():
    """A half-year knows how the report calls it, where it begins and ends, and what lies before and after."""
    period = Period.parse("2021H1")
    assert (period.label, period.first, period.last) == ("2021年上半年", date(2021, 1, 1), date(2021, 6, 30))
    assert [str(p) for p in (period.previous, period.year_before, period.next)] == ["2020H2", "2020H1", "2021H2"]
    assert Period.parse("2021H2").label == "2021年下半年"
    assert Period.parse("2021H2").last == date(2021, 12, 31)


def test_contains_its_days():
    """A day belongs to the half-year whose first and last day enclose it, both included."""
    period = Period.parse("2021H1")
    assert date(2021, 6, 30) in period
    assert date(2021, 7, 1) not in period


@pytest.mark.parametrize("text", ["2021", "2021h1", "2021H3", "21H1", "2021H1 ", "", "2021Q1", "0000H1"])
def test_refuses_what_is_no_half_year(text):
    """Anything but four digits, H and 1 or 2 is refused with the value and how to write it."""
    with pytest.raises(UnknownPeriod, match="write the year, H and 1 or 2, as in 2021H1") as caught:
        Period.parse(text)
    assert repr(text) in str(caught.value)
    assert caught.value.exit_code == 2
