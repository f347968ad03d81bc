"""A column of facts that is added up at once."""

from functools import reduce
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts import Fact, Quantity, Sources
from pipeline.facts.derived import summed
from pipeline.facts.total_fact import TotalFact

PLAIN = ("", "/", "不适用", "0", "7", "12.50", "-3", "3.4万", "1.20亿", "0.005", "999999999999999", "0.000000000001")
HEDGED = ("10余", "约3", "2.5左右", "第2位", "64%", "5人次")


def fact(text, derivation="", unit="件"):
    """A figure as stated, each with a cell of its own."""
    unit = "" if text.endswith(("%", "人次", "位")) else unit
    return Fact(
        Quantity.parse(text, unit=unit),
        Sources.cell("tables/a.csv", 2 + PLAIN.index(text) if text in PLAIN else 99, "数"),
        derivation,
    )


def told(calculate, facts):
    """All that a sum says, or why there is none."""
    try:
        total = calculate(add, facts)
    except Exception as error:
        return repr(error)
    return (
        total.quantity,
        total.quantity.value.as_tuple() if total.stated else None,
        str(total.sources),
        total.derivation,
    )


facts = st.builds(
    fact,
    st.sampled_from(PLAIN) | st.sampled_from(HEDGED),
    st.sampled_from(("", "", "", "sum", "count", "change", "share", "ratio")),
    st.sampled_from(("件", "件", "件", "")),
)


@given(st.lists(facts, min_size=1, max_size=8))
def test_at_once_is_as_one_by_one(column):
    """Value, decimals, unit, hedge, cells, derivation and refusals are those of adding one after another."""
    at_once = told(lambda _, cells: total if (total := summed(cells)) is not None else reduce(add, cells), column)
    assert at_once == told(reduce, column)


@given(st.lists(st.builds(fact, st.sampled_from(PLAIN[3:])), min_size=2, max_size=8))
def test_plain_figures_are_added_at_once(column):
    """Figures of one unit, no hedge among them, need no sum on the way."""
    assert summed(column) is not None


@pytest.mark.parametrize("other", [None, float("nan"), 3, "乙"])
def test_what_is_no_fact_is_left_to_pandas(other):
    """A cell that is no fact, or a total that others come to, is added as it always was."""
    assert summed([fact("7"), fact("7"), other]) is None
    assert summed([fact("7"), TotalFact(Quantity.parse("7"), Sources.cell("tables/a.csv", 9))]) is None
