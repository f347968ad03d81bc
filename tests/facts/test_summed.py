"""A column of facts that is added up at once."""

from functools import reduce
from itertools import product
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts import Fact, Quantity, Sources
from pipeline.facts.derived import summed
from pipeline.facts.total_fact import TotalFact

PLAIN = ("", "/", "不适用", "0", "7", "12.50", "-3", "3.4万", "1.20亿", "0.005", "999999999999999", "0.000000000001")
HEDGED = ("10余", "3万余", "约3", "20左右", "100以上")
OTHER = ("第2位", "64%", "5人次", "由3上升到7", "减少4")


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


def at_once(_, column):
    """The sum as a column's is worked out: at once where that can be."""
    total = summed(column)
    return reduce(add, column) if total is None else total


facts = st.builds(
    fact,
    st.sampled_from(PLAIN) | st.sampled_from(HEDGED) | st.sampled_from(OTHER),
    st.sampled_from(("", "", "", "sum", "count", "change", "share", "ratio")),
    st.sampled_from(("件", "件", "件", "")),
)


@given(st.lists(facts, min_size=1, max_size=8))
def test_at_once_is_as_one_by_one(column):
    """Value, decimals, unit, hedge, cells, derivation and refusals are those of adding one after another."""
    assert told(at_once, column) == told(reduce, column)


def test_every_three_are_added_as_one_by_one():
    """So it is for every three figures as people state them, whatever hedges stand among them and in which order."""
    for three in product([fact(text) for text in PLAIN[1:8] + HEDGED], repeat=3):
        assert told(at_once, three) == told(reduce, three), three


@given(st.lists(st.builds(fact, st.sampled_from((*PLAIN[3:5], *HEDGED))), min_size=2, max_size=8))
def test_plain_figures_are_added_at_once(column):
    """Figures of one unit, hedged or not, need no sum on the way."""
    assert summed(column) is not None


@pytest.mark.parametrize("other", [None, float("nan"), 3, "乙"])
def test_what_is_no_fact_is_left_to_pandas(other):
    """A cell that is no fact, or a total that others come to, is added as it always was."""
    assert summed([fact("7"), fact("7"), other]) is None
    assert summed([fact("7"), TotalFact(Quantity.parse("7"), Sources.cell("tables/a.csv", 9))]) is None
