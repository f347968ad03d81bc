"""What a ``data-source`` names, and what is none."""

import pytest

from pipeline.document.source_rows import Rows, few_cells, only_cell, rows_of
from pipeline.facts import Cell

TABLE = "tables/indicators.csv"


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        (f"{TABLE}#row=2;col=数值", (Rows(TABLE, "数值", 2, 2),)),
        (f"{TABLE}#row=2-9;col=数值", (Rows(TABLE, "数值", 2, 9),)),
        (f"{TABLE}#row=2", (Rows(TABLE, "", 2, 2),)),
        (
            f"../2020H2/{TABLE}#row=2;col=a {TABLE}#row=3;col=b",
            (Rows(f"../2020H2/{TABLE}", "a", 2, 2), Rows(TABLE, "b", 3, 3)),
        ),
        ("", ()),
    ],
)
def test_sources_are_read_as_they_are_written(written, rows):
    """One cell, a stretch of a column, a row, several of them: each is read, and written the same again."""
    assert rows_of(written) == rows
    assert " ".join(one.written for one in rows) == written


def test_names_of_tables_and_columns_may_have_any_character():
    """Blanks and percent signs are quoted in a source and read back as they are."""
    assert rows_of("tables/a%20b.csv#row=2;col=%E6%95%B0%E5%80%BC%20%25") == (Rows("tables/a b.csv", "数值 %", 2, 2),)


@pytest.mark.parametrize(
    "written",
    [TABLE, "#row=2", f"{TABLE}#row=", f"{TABLE}#row=x", f"{TABLE}#row=2;col=", f"{TABLE}#col=数值", "2;col=数值"],
)
def test_what_is_no_source_is_refused(written):
    """Without a table, a row or a whole heading it is none; who only asks for its cells gets none."""
    with pytest.raises(ValueError, match="is not a source"):
        rows_of(written)
    assert (only_cell(written), few_cells(written, 9)) == (None, False)


def test_a_cell_is_told_where_there_is_exactly_one():
    """A stretch, or several sources, are no one cell; they are few up to a number and no more."""
    assert only_cell(f"{TABLE}#row=2;col=数值") == Cell(TABLE, "数值", 2)
    assert only_cell(f"{TABLE}#row=2-3;col=数值") is None
    several = f"{TABLE}#row=2-3;col=数值 {TABLE}#row=7;col=数值"
    assert only_cell(several) is None
    assert (few_cells(several, 3), few_cells(several, 2)) == (True, False)
