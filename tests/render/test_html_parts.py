"""What the web page is made of: drawings taken apart, colours for the dark, sources in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document.source_note import SourceNotes
from pipeline.render.web.dark import as_hex, for_dark_page
from pipeline.render.web.inline_svg import inline_svg

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50">{}</svg>'


def inlined(inside: str, label: str = "一幅图"):
    """A drawing made of ``inside``, ready for the page."""
    return inline_svg(SVG.format(inside).encode(), prefix="c0-", label=label)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>.a{fill:red}</style>",
        "<foreignObject/>",
        '<image href="data:image/png;base64,"/>',
        "<a href='https://example.org'><text>x</text></a>",
    ],
)
def test_drawings_with_more_than_shapes_stay_images(inside):
    """A drawing that holds a program, a style sheet, a picture or a link is not taken apart."""
    assert inlined(inside) is None


def test_what_is_no_svg_stays_an_image():
    """Broken XML, another root and a drawing without a view box are left as they are."""
    assert inline_svg(b"<svg", prefix="", label="") is None
    assert inline_svg(b"<html/>", prefix="", label="") is None
    assert inline_svg(b'<svg xmlns="http://www.w3.org/2000/svg"/>', prefix="", label="") is None


def test_the_rule_matplotlib_writes_becomes_attributes():
    """The style sheet of matplotlib, one rule for all elements, would reach the whole page: it becomes attributes."""
    made = inlined(
        '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs><path d="M0 0"/>'
    )
    assert 'stroke-linejoin="round"' in made.markup
    assert "<style" not in made.markup


def test_style_attributes_become_attributes_of_their_own():
    """The page's policy refuses style attributes; fill, stroke and font size survive without them, families do not."""
    made = inlined("<text style=\"font: bold 12px 'DejaVu Sans'; fill: #112233; text-anchor: middle\">件</text>")
    assert "style=" not in made.markup
    assert 'font-weight="bold" font-size="12px"' in made.markup
    assert 'fill="var(--c112233,#112233)"' in made.markup
    assert "DejaVu" not in made.markup
    assert made.colours == {"#112233"}


def test_ids_that_are_used_get_the_prefix_and_others_go():
    """Two charts of one program have the same ids: those referred to are told apart, the rest dropped."""
    made = inlined(
        '<defs><path id="m" d="M0 0"/><clipPath id="p"/></defs><g id="axes" clip-path="url(#p)"><use xlink:href="#m"/></g>'
    )
    assert 'id="c0-m"' in made.markup
    assert 'href="#c0-m"' in made.markup
    assert 'clip-path="url(#c0-p)"' in made.markup
    assert "axes" not in made.markup


def test_numbers_in_words_keep_every_place():
    """Coordinates are shortened; a figure that the drawing shows as text is not."""
    made = inlined('<path d="M 1.23456 2"/><text x="3.98765">12.34567</text>')
    assert 'd="M 1.23 2"' in made.markup
    assert 'x="3.98"' in made.markup
    assert ">12.34567<" in made.markup


def test_label_is_escaped():
    """An alternative text with quotation marks stays one attribute."""
    assert 'aria-label="“甲”与&quot;乙&quot;&lt;1"' in inlined("<g/>", label='“甲”与"乙"<1').markup


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#1F4E79", "#1f4e79"),
        ("#abc", "#aabbcc"),
        ("white", "#ffffff"),
        ("rgb(1, 2, 255)", "#0102ff"),
        ("none", ""),
        ("url(#g)", ""),
        ("currentColor", ""),
    ],
)
def test_colours_are_read_as_hex(written, read):
    """Colours in the ways drawings write them come out alike; what is none is left alone."""
    assert as_hex(written) == read


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_what_can_be_read_on_white_can_be_read_in_the_dark(colour):
    """A colour with the contrast WCAG asks of text on white (4.5) has it on the dark page; of shapes (3), likewise."""
    dark = contrast(for_dark_page(colour), "#17181b")
    light = contrast(colour, "#fffefb")
    assert dark >= 4.5 or light < 4.5
    assert dark >= 3.0 or light < 3.0


def test_neutrals_turn_over():
    """Black becomes the light ink, white the dark paper, and grey stays grey."""
    assert luminance(for_dark_page("#000000")) > 0.7
    assert luminance(for_dark_page("#ffffff")) < 0.02
    red, green, blue = (int(for_dark_page("#808080")[at : at + 2], 16) for at in (1, 3, 5))
    assert max(red, green, blue) - min(red, green, blue) <= 1


KNOWN = {"ledgers": {
    "tables/indicators.csv": {"sheet": "指标", "names": [], "letters": {"数值": "E"}},
    "../2020H1/tables/indicators.csv": {"sheet": "指标", "names": [], "letters": {"数值": "F"}},
    "tables.xlsx#indicators": {"sheet": "我的指标", "names": [], "letters": {"数值": "E"}},
}}  # fmt: skip
CELLS = "tables/indicators.csv#row=2;col=数值"


@pytest.mark.parametrize(
    ("source", "derivation", "note"),
    [
        (CELLS, "", "来源：指标!E2"),
        ("tables/indicators.csv#row=3-9;col=数值", "sum", "合计自：指标!E3:E9"),
        ("tables/indicators.csv#row=2-32", "count", "计数自：指标!2:32"),
        (f"{CELLS} ../2020H1/{CELLS}", "change", "增减幅度自：指标!E2、2020H1 指标!F2"),
        ("tables.xlsx#indicators#row=2;col=数值", "", "来源：我的指标!E2"),
        ("tables/a.csv#row=2;col=甲 tables/a.csv#row=5;col=乙", "difference", "相减自：a.csv第2行“甲”、a.csv第5行“乙”"),
        ("tables.xlsx#others#row=2;col=数值", "", "来源：tables.xlsx〔others〕第2行“数值”"),
        ("tables/indicators.csv#row=2;col=别的", "", "来源：indicators.csv第2行“别的”"),
        ("tables/a%20b.csv#row=2;col=%3B", "", "来源：a b.csv第2行“;”"),
        (" ".join(f"tables/indicators.csv#row={n};col=数值" for n in (2, 4, 6, 8, 10, 12)), "sum",
         "合计自：指标!E2、指标!E4、指标!E6、指标!E8等6处"),
        ("somewhere else", "", "来源：somewhere、else"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_sources_are_worded(source, derivation, note):
    """A reader sees cells as Excel names them, how a figure was derived, and of many places the first four and how many."""
    assert SourceNotes(KNOWN).worded(source, derivation) == note
