"""The page in a real browser: opened from disk, on a phone, by keyboard, on paper, by those who cannot see it."""

import io
import re
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from programs import needs

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SHOWN_NOTE = """fact => {
    const note = getComputedStyle(fact, "::after");
    return note.display === "none" || note.visibility !== "visible" || note.content === "none" ? "" : note.content;
}"""


@pytest.fixture
def opened(chromium, report):
    """Opens the report from disk, without a network; gives the page, which keeps what it asked for and complained of."""
    contexts = []

    def opened(viewport=DESK, **options):
        context = chromium.new_context(viewport=viewport, offline=True, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto((report / "report.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def picture(page):
    """What can be seen now, as an array of pixels: rows, columns, colours."""
    import numpy
    from PIL import Image

    return numpy.asarray(Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB"), dtype=int)


def changed(before, after):
    """The smallest box (left, top, right, bottom) around the pixels that differ, or None."""
    rows, columns = (before != after).any(axis=2).nonzero()
    return (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1) if len(rows) else None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_asks_for_nothing_and_complains_of_nothing(opened, report, viewport, scheme):
    """Opened from disk, read to its end and printed, the page makes no request but for itself and logs nothing."""
    page = opened(viewport, color_scheme=scheme)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.locator("data.fact").first.focus()
    page.emulate_media(media="print")
    page.wait_for_load_state("networkidle")
    assert page.requests == [(report / "report.html").as_uri()]
    assert page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)") == []
    assert page.complaints == []


def test_the_page_says_its_language_and_title(opened):
    """The page is marked as simplified Chinese of the mainland, with the report's title and one first-level heading."""
    page = opened()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.title() == "政策法规科2021年上半年工作总结"
    assert page.locator("h1").all_inner_texts() == [page.title()]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_each_entry_of_the_contents_leads_to_its_heading(opened, viewport):
    """Every chapter and part stands in the contents; following its entry brings its heading into sight."""
    page = opened(viewport)
    contents = page.locator("nav.contents:visible")
    if contents.locator("summary").count():
        contents.locator("summary").click()
    entries = contents.locator("a")
    assert entries.all_inner_texts() == page.locator("h2, h3").all_inner_texts()
    for entry in entries.all():
        entry.click()
        heading = page.locator(":target")
        assert heading.inner_text() == entry.inner_text()
        assert heading.evaluate("heading => /^H[23]$/.test(heading.tagName)")
        expect(heading).to_be_in_viewport()


def test_each_reference_leads_to_its_table_or_chart(opened):
    """A mention of a table or chart (表1, 图1) says the number of the caption it leads to."""
    page = opened()
    references = page.locator("a.ref").all()
    assert len(references) >= 3
    for reference in references:
        figure = page.locator(f"figure[id='{reference.get_attribute('href').removeprefix('#')}']")
        assert figure.locator("figcaption .number").inner_text() == reference.inner_text()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_figure_tells_its_source_to_the_keyboard(opened, viewport):
    """Reached with the Tab key, a figure shows where it came from: table, row and column, legible inside the window."""
    page = opened(viewport)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('data.fact')"):
            break
    fact = page.locator("data.fact:focus")
    assert fact.evaluate(SHOWN_NOTE) == f'"{fact.get_attribute("data-note")}"'
    assert re.fullmatch(r"来源：\w+![A-Z]+\d+", fact.get_attribute("data-note"))
    with_note = picture(page)
    fact.evaluate("fact => fact.blur()")
    left, top, right, bottom = changed(picture(page), with_note)
    assert right - left > 150
    assert bottom - top > 30
    assert 0 <= left < right <= viewport["width"]


def test_every_figure_has_a_note_for_keyboard_and_mouse(opened):
    """Focused or pointed at, each figure shows a note; otherwise none does."""
    page = opened()
    facts = page.locator("data.fact")
    notes = facts.evaluate_all('facts => facts.map(fact => `"${fact.dataset.note}"`)')
    assert len(notes) > 80
    assert set(facts.evaluate_all(f"facts => facts.map({SHOWN_NOTE})")) == {""}
    assert facts.evaluate_all(f"facts => facts.map(fact => (fact.focus(), ({SHOWN_NOTE})(fact)))") == notes
    facts.last.evaluate("fact => fact.blur()")
    facts.first.hover()
    assert facts.first.evaluate(SHOWN_NOTE) == notes[0]


def test_a_note_does_not_lie_on_its_own_figure(opened):
    """On a phone, where notes stand at the foot of the window, the focused figure stays in sight above its note."""
    page = opened(PHONE)
    covered = """facts => facts.filter(fact => {
        fact.focus();
        const note = parseFloat(getComputedStyle(fact, "::after").height);
        return fact.getBoundingClientRect().bottom > window.innerHeight - note;
    }).map(fact => fact.dataset.note)"""
    assert page.locator("data.fact").evaluate_all(covered) == []


@pytest.mark.parametrize("width", [320, 360, 414, 768, 1280])
def test_only_tables_scroll_sideways(opened, width):
    """At any width the page itself does not scroll sideways; a table or drawing too wide scrolls in its own frame."""
    page = opened({"width": width, "height": 740})
    page.evaluate("window.scrollTo(1000, 0)")
    assert page.evaluate("window.scrollX") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = """width => [...document.querySelectorAll("main *")].filter(element =>
        !element.closest(".scroll, .drawing, .math") && element.getBoundingClientRect().right > width + 1
    ).map(element => element.outerHTML.slice(0, 80))"""
    assert page.evaluate(beyond, width) == []


@pytest.mark.parametrize("width", [360, 600, 1280])
def test_charts_are_legible_without_scrolling(opened, width):
    """At any width one drawing of each chart is shown, whole, and its words are no smaller than 10 px."""
    page = opened({"width": width, "height": 740})
    charts = page.locator("figure.chart .drawing")
    assert charts.count() > 0
    for chart in charts.all():
        assert chart.evaluate("one => one.scrollWidth <= one.clientWidth")
        shown = [drawing for drawing in chart.locator("svg").all() if drawing.is_visible()]
        assert len(shown) == 1
        sizes = """svg => [...svg.querySelectorAll("text")].map(text =>
            parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"""
        assert min(shown[0].evaluate(sizes)) >= 10
        inside = """svg => { const box = svg.getBoundingClientRect(); return [...svg.querySelectorAll("text")].every(text => {
            const own = text.getBoundingClientRect(); return own.left >= box.left - 1 && own.right <= box.right + 1; }) }"""
        assert shown[0].evaluate(inside)


def test_small_tables_fit_a_telephone(opened):
    """On a telephone a table of up to four columns needs no scrolling, and no mention of a table ends between 表 and number."""
    page = opened(PHONE)
    small = page.locator(".scroll:has(table:not(.many))")
    assert small.count() > 0
    for table in small.all():
        assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    broken = """[...document.querySelectorAll("a.ref")].filter(link => link.getClientRects().length > 1).length"""
    assert page.evaluate(broken) == 0


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_figure_or_date_of_a_table_is_broken(opened, width):
    """In a table each figure and date stands on one line, however narrow its column."""
    facts = opened({"width": width, "height": 740}).locator("table data.fact")
    assert facts.count() > 30
    assert facts.evaluate_all("facts => facts.filter(fact => fact.getClientRects().length > 1).length") == 0


def test_a_wide_table_can_be_scrolled_by_keyboard(opened):
    """On a phone the widest table takes the focus and moves with the arrow keys, its row names staying in sight."""
    page = opened(PHONE)
    frame = page.locator("#outreach .scroll")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    frame.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("frame => frame.scrollLeft > 20", arg=frame.element_handle())
    name = frame.locator("tbody th").first.bounding_box()
    assert name["x"] >= frame.bounding_box()["x"] - 1


def test_the_page_prints_on_a4(opened, tmp_path):
    """Printed, the page is A4 with every chapter and table on it, without the contents and without notes."""
    reader, measure = needs("pdftotext"), needs("pdfinfo")
    page = opened()
    page.locator("data.fact").first.focus()
    file = tmp_path / "printed.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    asked = {"capture_output": True, "text": True, "check": True}
    assert "(A4)" in subprocess.run([measure, file], **asked).stdout
    text = re.sub(r"\s", "", subprocess.run([reader, file, "-"], **asked).stdout)
    for heading in page.locator("h1, h2, h3, h4, figcaption").all_inner_texts():
        assert text.count(re.sub(r"\s", "", heading)) >= 1
    assert text.startswith(page.title())
    assert "来源：" not in text
    assert text.index("322件") < text.index("2021年6月30日")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_paper_and_dark_is_dark(opened, scheme):
    """The page follows the reader's light or dark setting; on paper it is dark on white in either."""
    page = opened(color_scheme=scheme)
    bright = "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    assert (min(page.evaluate(bright)) > 230) is (scheme == "light")
    assert (max(page.evaluate(bright)) < 60) is (scheme == "dark")
    page.emulate_media(media="print", color_scheme=scheme)
    ink = page.locator("main p").first.evaluate("p => getComputedStyle(p).color.match(/\\d+/g).map(Number)")
    assert max(ink) < 60


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_no_barrier_is_found(opened, viewport, scheme):
    """The accessibility checker axe finds no violation of WCAG 2.2 AA or of good practice, on phone and desk, light and dark."""
    page = opened(viewport, color_scheme=scheme, bypass_csp=True)  # the page lets no script in, not even the checker
    found = Axe().run(page).response
    assert len(found["passes"]) > 15
    assert [(rule["id"], node["html"][:120]) for rule in found["violations"] for node in rule["nodes"]] == []
