"""How a table stands in the grid of a Word document."""

import lxml.html
import pytest

from pipeline.render.table_plan import SIZES, TablePlan
from pipeline.render.word.table_grid import grid_cells, table_grid, table_style


@pytest.mark.parametrize(
    ("planned", "room", "widths"),
    [
        ((10.0, 20.0, 30.0), 600, [100, 200, 300]),
        ((1.0, 1.0, 1.0), 100, [33, 33, 34]),
        ((5.0,), 77, [77]),
        ((1.0, 2.0), 100, [33, 67]),
    ],
)
def test_columns_fill_the_room_in_proportion(planned, room, widths):
    """Whole twips, none too many and none too few: the last column takes what is left."""
    style, found = table_style(TablePlan(SIZES[0], planned, turned=False), room)
    assert (style, found) == ("TableText", widths)


@pytest.mark.parametrize("size", SIZES)
def test_each_size_of_type_has_a_style_of_its_own(size):
    """Smaller type is another style, so that it can be changed in Word at once."""
    styles = [table_style(TablePlan(one, (1.0,), turned=False), 10)[0] for one in SIZES]
    assert styles.count(table_style(TablePlan(size, (1.0,), turned=False), 10)[0]) == 1


def laid_out(markup):
    """Each row of the grid: the text of a cell, its span in brackets, ``↓`` where it falls, ``|`` its rest, ``-`` for nothing."""
    rows, heads = table_grid(grid_cells(lxml.html.fromstring(f"<table>{markup}</table>")))
    shown = [
        " ".join(
            f"{cell.cell.element.text_content()}({cell.span}){'↓' if cell.falls else ''}" if cell.cell else "|" * cell.span if cell.continues else "-"
            for cell in row
        )
        for row in rows
    ]  # fmt: skip
    assert all(sum(cell.span for cell in row) == max(sum(each.span for each in one) for one in rows) for row in rows)
    return shown, heads


@pytest.mark.parametrize(
    ("markup", "rows", "heads"),
    [
        ("<tr><td>a</td><td>b</td></tr>", ["a(1) b(1)"], 0),
        ("<thead><tr><th>h</th></tr></thead><tbody><tr><td>a</td></tr></tbody>", ["h(1)", "a(1)"], 1),
        ("<tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr>", ["a(2)", "b(1) c(1)"], 0),
        ("<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>", ["a(1)↓ b(1)", "| c(1)"], 0),
        ("<tr><td rowspan=2 colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>", ["a(2)↓ b(1)", "|| c(1)"], 0),
        ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", ["a(1) b(1)", "c(1) -"], 0),
        ("<tr><td rowspan=9>a</td></tr>", ["a(1)"], 0),
        ("", [], 0),
    ],
)
def test_cells_that_span_others_have_their_place_in_each_row(markup, rows, heads):
    """Every row has all columns: a cell over several, the rest of one above, and nothing where a row is too short."""
    assert laid_out(markup) == (rows, heads)
