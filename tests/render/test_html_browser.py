"""The web page in a browser: what a reader sees, by mouse, by keyboard, on a telephone, in the dark and on paper."""

from __future__ import annotations

import io
import re
from pathlib import Path

import axe_playwright_python
import pdfplumber
import pytest
import stitched
from programs import needs

from pipeline.render import render_html, semantic_body

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
MM = 72 / 25.4
FILLER = "坚持以人民为中心的发展思想持续深化改革优化营商环境推动各项工作取得新的进展成效" * 40


@pytest.fixture(scope="module")
def chromium():
    """A browser without a window that calls nobody by itself."""
    path = needs("chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The pages of ``stitched`` as files, their fonts inside: the machine may have no Chinese ones."""
    folder = tmp_path_factory.mktemp("pages")
    notebooks = {name: getattr(stitched, name)() for name in ("stitched", "stress", "foreign")}
    notebooks["draft"] = stitched.stitched(draft=True)
    notebooks["full"] = stitched.report([stitched._markdown("text", FILLER)])
    for name, notebook in notebooks.items():
        made = render_html(semantic_body(notebook), notebook.metadata.get("halfyear", {}), embed_fonts=True)
        (folder / f"{name}.html").write_text(made, encoding="utf-8")
    return folder


@pytest.fixture
def opened(chromium, files):
    """Open a page of ``stitched`` at a width and in a colour scheme; what it fetches or complains of is in ``said``."""
    contexts = []

    def open_page(name, width=1280, scheme="light", height=800):
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("request", lambda request: page.said.append(request.url))
        page.goto((files / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["draft", "stress", "foreign"])
def test_axe_finds_nothing(opened, name, width, scheme):
    """axe-core reports no violation, on a telephone and a desk, in light and dark."""
    page = opened(name, width, scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert found["passes"] is not None
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["stitched", "stress", "foreign"])
def test_page_fits_its_window_and_asks_for_nothing(opened, name, width):
    """Only tables and drawings scroll sideways; the page fetches nothing but itself and its policy refuses none of it."""
    page = opened(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [said for said in page.said if not said.startswith("data:")] == [page.url]


@pytest.mark.parametrize("width", [360, 900, 1280])
def test_source_of_a_figure_is_shown_whole(opened, width):
    """A click on a figure shows its source inside the window, wherever the figure stands; the next click puts it away."""
    page = opened("stitched", width, height=500)
    facts = page.locator("data.fact")
    for number in range(facts.count()):
        facts.nth(number).click()
        shown = page.locator(":popover-open")
        assert re.search("来源：|自：", shown.inner_text())
        box = shown.bounding_box()
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        assert 0 <= box["y"] < box["y"] + box["height"] <= 500
    page.locator("h1").click()
    assert page.locator(":popover-open").count() == 0


def test_keyboard_reaches_everything_in_the_order_of_reading(opened):
    """The first stop leads past the contents to the text; every link, figure and table follows in the order of the page."""
    page = opened("stitched")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    wanted = page.evaluate(
        """[...document.querySelectorAll('a[href], [tabindex="0"], summary, input')]
            .filter(element => element.checkVisibility()).map(element => element.outerHTML.slice(0, 60))"""
    )
    reached = []
    for _ in wanted:
        reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 60)"))
        page.keyboard.press("Tab")
    assert reached == wanted


def test_contents_are_beside_the_text_or_folded_above_it(opened):
    """On a wide window the contents stay beside the text while it scrolls; on a telephone they fold."""
    wide = opened("stress")
    wide.mouse.wheel(0, 3000)
    wide.wait_for_timeout(300)
    assert 0 <= wide.locator(".contents.wide").bounding_box()["y"] < 100

    narrow = opened("stress", 360)
    assert not narrow.locator(".contents.wide").is_visible()
    assert not narrow.locator(".contents.narrow li").first.is_visible()
    narrow.locator(".contents.narrow summary").click()
    narrow.get_by_role("link", name="二、宽表").click()
    narrow.wait_for_timeout(1500)
    assert narrow.evaluate("Math.abs(document.querySelector(':target').getBoundingClientRect().top) < 60")


def test_table_is_copied_cell_by_cell(opened):
    """What is copied from a table has a tab between cells and a line a row, as Excel wants it."""
    page = opened("stitched")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('table'))")
    assert page.evaluate("getSelection().toString()").split("\n")[:3] == [
        "事项\t办结\t同比",
        "行政许可\t120\t12.5%",
        "行政确认\t96\t-3.2%",
    ]


def test_drawings_follow_the_dark(opened):
    """In the dark, bars and words of a chart change with the page; on paper they do not."""
    script = "getComputedStyle(document.querySelector('.drawing rect')).fill"
    assert opened("stitched").evaluate(script) == "rgb(31, 78, 121)"
    dark = opened("stitched", scheme="dark")
    assert dark.evaluate(script) != "rgb(31, 78, 121)"
    dark.emulate_media(media="print", color_scheme="dark")
    assert dark.evaluate(script) == "rgb(31, 78, 121)"


def test_printed_page_is_the_official_one(opened):
    """Printed, the page is A4 with 28 characters a line and 22 lines a page, and — n — at the right and left in turn."""
    made = opened("full").pdf(prefer_css_page_size=True)
    pages = pdfplumber.open(io.BytesIO(made)).pages
    assert (round(float(pages[1].width) / MM), round(float(pages[1].height) / MM)) == (210, 297)

    body = [c for c in pages[1].chars if c["text"] in FILLER]
    lines = sorted({round(c["top"]) for c in body})
    full = [c for c in body if round(c["top"]) == lines[3]]
    print(f"lines: expected 22, measured {len(lines)}; characters: expected 28, measured {len(full)}")
    assert len(lines) == 22
    assert len(full) == 28
    assert min(c["x0"] for c in full) / MM == pytest.approx(28, abs=0.5)
    assert max(c["x1"] for c in full) / MM == pytest.approx(184, abs=0.5)

    for number, page in enumerate(pages[:2], 1):
        dashes = [c for c in page.chars if c["text"] == "—" and c["top"] > 262 * MM]
        assert "".join(c["text"] for c in page.chars if c["top"] > 262 * MM).strip() == f"— {number} —"
        edge = 184 - max(c["x1"] for c in dashes) / MM if number % 2 else min(c["x0"] for c in dashes) / MM - 28
        assert edge == pytest.approx(14 / MM, abs=1.0)


def test_print_leaves_out_what_belongs_to_the_screen(opened):
    """Contents, skip link and marks of sources are not printed; a draft is marked on every page."""
    page = opened("draft")
    page.emulate_media(media="print")
    assert not page.locator(".contents.wide").is_visible()
    assert "underline" not in page.evaluate("getComputedStyle(document.querySelector('data.fact')).textDecorationLine")
    made = page.pdf(prefer_css_page_size=True)
    for sheet in pdfplumber.open(io.BytesIO(made)).pages:
        assert "草稿" in "".join(c["text"] for c in sheet.chars)


def printed(page):
    """The pages that a browser prints."""
    return pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages


def test_printed_tables_have_the_columns_of_the_pdf(opened):
    """On paper a wide table lies on a turned sheet with its heading, and no name of a row or figure in it is broken."""
    wide = [page for page in printed(opened("stress")) if page.width > page.height]
    assert "二、宽表" in wide[0].extract_text()
    rows = [row for page in wide for table in page.extract_tables() for row in table if None not in row]
    rows = [row for row in rows if row[0] != "单位"]
    assert len(rows) == 16
    for row in rows:
        assert not [cell for cell in row if "\n" in cell]


def test_tables_are_ruled_all_round(opened):
    """On screen and on paper every cell of a table has a line on each side, as in the PDF and the Word document."""
    sheet = next(page for page in printed(opened("stitched")) if page.find_tables())
    (table,) = sheet.find_tables()
    assert [len(row.cells) for row in table.rows if all(row.cells)] == [3] * 4  # a page's own frame is no row
    page = opened("stitched")
    widths = """[...document.querySelectorAll("th, td")].map(cell => getComputedStyle(cell)).map(style =>
        parseFloat(style.borderRightWidth) * parseFloat(style.borderBottomWidth))"""
    assert min(page.evaluate(widths)) > 0


def test_printed_drawings_keep_their_size(opened):
    """A drawing is printed as large as it was made, as in the PDF, so that two of these stand on a page."""
    sheets = [page for page in printed(opened("stress")) if "项指标" in page.extract_text()]
    assert len(sheets) <= 11


def test_embedded_fonts_have_what_print_sets_in_another_face(opened):
    """Tables are in the sans face on screen and in the text face on paper: the fonts inside have the glyphs for both."""
    for page in printed(opened("stress")):
        assert "(cid:0)" not in page.extract_text()


def test_a_printed_signature_has_text_above_it(opened):
    """On paper the signature does not stand alone at the top of a page."""
    last = printed(opened("stress"))[-1].extract_text()
    assert not last.startswith("政策法规科")
