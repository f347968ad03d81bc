"""Where a fact came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FactError
from pipeline.facts import Cell, Fact, Quantity, Sources


def test_neighbouring_rows_are_written_as_one_range():
    """Cells of one column in rows that follow one another are one reference; another column is another."""
    sources = Sources.cell("tables/a.csv", 3, "数值") | Sources.cell("tables/a.csv", 2, "数值")
    sources |= Sources.cell("tables/a.csv", 9, "数值") | Sources.cell("tables/b.csv", 2)
    assert str(sources) == "tables/a.csv#row=2-3;col=数值 tables/a.csv#row=9;col=数值 tables/b.csv#row=2"


cells = st.builds(Cell, st.text("tables/abc.#数 %;", min_size=1), st.text('数值；; #%"<>& '), st.integers(1, 2_000_000))


@given(st.lists(cells, max_size=8))
def test_what_is_written_reads_back(found):
    """Any table and heading, also with blanks and marks of the notation in them, reads back as it was."""
    sources = Sources(parts=tuple(Sources.cell(cell.table, cell.row, cell.column) for cell in found))
    assert Sources.parse(str(sources)) == sources


@pytest.mark.parametrize("heading", ["满意率（%）", "金额 合计", "甲;乙", "a<b"])
def test_a_message_names_a_heading_as_it_stands(heading):
    """A fact without a number names its cell by the heading that the file has, whatever marks are in it."""
    blank = Fact(Quantity.parse(""), Sources.cell("survey.csv", 2, heading))
    with pytest.raises(FactError) as error:
        _ = blank.value
    assert all(f"survey.csv#row=2;col={heading} " in error.value.text(lang) for lang in ("zh", "en"))


def test_a_source_that_is_none_is_refused():
    """Text that is no reference is refused with the text and how one is written."""
    with pytest.raises(ValueError, match=r"'nowhere' is not a source; it is written table#row=2;col=heading"):
        Sources.parse("nowhere")


def test_joining_a_hundred_thousand_keeps_all():
    """A sum over a long ledger joins its sources without a deep recursion and names every row."""
    sources = Sources()
    for row in range(2, 100_002):
        sources = sources | Sources.cell("tables/cases.csv", row, "件数")
    assert str(sources) == "tables/cases.csv#row=2-100001;col=件数"
