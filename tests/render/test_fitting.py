"""How things are fitted to their place: pictures, cells and their columns, drawings of a page."""

from __future__ import annotations

import lxml.html
import pytest
import stitched
from nbformat.v4 import new_code_cell, new_notebook, new_output
from test_style_wishes import body_of, word_xml

from pipeline.render import render_html, semantic_body
from pipeline.render.clean import cleaned
from pipeline.render.column_alignment import alignment, columns_of
from pipeline.render.pictures import Picture
from pipeline.render.table_plan import cells_in_place, plan_table
from pipeline.render.word.size import picture_extent

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table(head: list[str], *rows: list[str]) -> str:
    lines = [
        "".join(f"<th>{text}</th>" for text in head),
        *("".join(f"<td>{text}</td>" for text in row) for row in rows),
    ]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def test_a_first_row_of_header_cells_is_the_head_of_its_table():
    """It becomes the head where the table has none, and stays a row where it has one."""
    without = cleaned(table(["甲", "乙"], ["1", "2"]))
    assert [cell.get("scope") for cell in without.iterfind(".//thead//th")] == ["col", "col"]
    with_head = cleaned(
        "<table><thead><tr><th>甲</th></tr></thead><tbody><tr><th>乙</th></tr><tr><td>1</td></tr></table>"
    )
    assert [cell.text for cell in with_head.iterfind(".//thead//th")] == ["甲"]
    assert with_head.find(".//tbody//th").get("scope") == "row"


def test_a_heading_of_several_lines_leaves_its_figures_in_line():
    """A long heading over figures makes no column of sentences: the figures stand at the right, in the middle of it."""
    root = cleaned(
        table(["事项", "本年度上半年各单位累计受理的全部行政许可申请数量" * 3], ["甲", "1200"], ["乙", "35"])
    )
    cells = cells_in_place(root.find(".//table"))
    columns = columns_of(cells, plan_table(cells))
    assert columns.flowing == frozenset()
    assert {alignment(cell, columns)[0] for cell in cells if cell.text.isdigit()} == {"right"}


def test_figures_that_fill_their_column_have_no_indent_in_word():
    """Where a column is as wide as its figures, nothing is kept free at their right."""
    names = [f"列{number}" for number in range(14)]
    body = body_of(table(names, *[["1234567"] * 14] * 3), output=True)
    kept = [int(indent.get(f"{W}right", "0")) for indent in word_xml(body).iter(f"{W}ind")]
    assert all(twips > 20 for twips in kept if twips)


@pytest.mark.parametrize(
    ("width", "height", "room", "extent"),
    [
        (0.75, 0.75e7, 8845, (1, 6840000)),
        (0.75e7, 0.75, 8845, (8845 * 635, 1)),
        (75, 75, -400, (567 * 635, 567 * 635)),
        (75, 75, 8845, (75 * 12700, 75 * 12700)),
    ],
    ids=["thread", "hair", "no room", "as it is"],
)
def test_a_picture_in_word_is_never_without_size(width, height, room, extent):
    """However thin it is and however little room there is, a picture has a width and a height."""
    image = lxml.html.fragment_fromstring("<img>")
    assert picture_extent(Picture(b"", "png", width, height), image, room) == extent


def test_a_drawing_without_one_for_telephones_scrolls_and_a_pair_does_not():
    """The single drawing is a region that the keyboard reaches; of two the page shows the one that fits."""
    single = stitched.chart("handled", "图1", "办件量")
    source = single["data"]["text/html"].split('src="')[1].split('"')[0]
    pair = new_output(
        "display_data", {"text/html": single["data"]["text/html"].replace("src=", f'data-narrow="{source}" src=')}
    )
    regions = []
    for output in (single, pair):
        page = render_html(semantic_body(new_notebook(cells=[new_code_cell("", outputs=[output])])), {"title": "题"})
        [drawing] = lxml.html.document_fromstring(page).find_class("drawing")
        regions.append((drawing.get("role"), drawing.get("tabindex"), len(drawing.xpath("./*[local-name()='svg']"))))
    assert regions == [("region", "0", 1), (None, None, 2)]
