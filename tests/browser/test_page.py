"""The page in a real browser: opened from disk, on a phone, by keyboard, on paper, by those who cannot see it."""

import re
import subprocess

import pytest
from playwright.sync_api import expect
from programs import needs

PHONE, TABLET, DESK = ({"width": width, "height": height} for width, height in ((360, 740), (768, 900), (1280, 900)))
OPEN_NOTES = "[...document.querySelectorAll(':popover-open')].map(note => note.textContent)"
SHOW_SOURCES = "#show-sources"


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


def meet(one, two):
    """Whether two boxes share a spot."""
    across = one["x"] < two["x"] + two["width"] and two["x"] < one["x"] + one["width"]
    return across and one["y"] < two["y"] + two["height"] and two["y"] < one["y"] + one["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_asks_for_nothing_and_complains_of_nothing(opened, report, viewport, scheme):
    """Opened from disk, read to its end and printed, the page makes no request but for itself and logs nothing."""
    page = opened(viewport, color_scheme=scheme)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.locator("label.sourced").first.click()
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


@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESK], ids=["phone", "tablet", "desk"])
def test_a_click_on_a_figure_opens_its_source_and_escape_closes_it(opened, viewport):
    """Each figure opens a note that says sheet and cell, inside the window and not on its own line; Esc closes it."""
    page = opened(viewport)
    facts = page.locator("label.sourced data.fact")
    assert facts.count() > 70
    for place in range(0, facts.count(), 10):
        fact = facts.nth(place)
        fact.click()
        [note] = page.evaluate(OPEN_NOTES)
        assert re.match(r"(来源|\w+自)：[\w·]+![A-Z]+\d+", note)
        box, own = page.locator(":popover-open").bounding_box(), fact.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= viewport["width"]
        assert 0 <= box["y"] < box["y"] + box["height"] <= viewport["height"]
        assert not meet(box, own)
        page.keyboard.press("Escape")
        assert page.evaluate(OPEN_NOTES) == []


NARROW = pytest.mark.parametrize(
    "viewport", [PHONE, TABLET, {"width": 1100, "height": 800}], ids=["phone", "tablet", "laptop"]
)
IN_SIGHT = """note => { const box = note.getBoundingClientRect(), at = document.elementFromPoint(box.x + 5, box.y + box.height / 2);
    return note.contains(at) ? {x: box.x, y: box.y, width: box.width, height: box.height} : null; }"""


@NARROW
def test_a_note_over_the_text_leaves_its_figure_in_sight(opened, viewport):
    """Wherever on the screen a figure is clicked, its note lies elsewhere: at the foot, or at the head where it is at the foot."""
    page = opened(viewport)
    facts = page.locator("main p label.sourced data.fact")
    for number, height in (
        (0, 10),
        (3, 0.5 * viewport["height"]),
        (6, viewport["height"] - 22),
        (9, viewport["height"] - 90),
    ):
        fact = facts.nth(number)
        fact.evaluate("(fact, height) => scrollBy(0, fact.getBoundingClientRect().y - height)", height)
        fact.click()
        note = page.locator(":popover-open").evaluate(IN_SIGHT)
        assert note is not None
        assert not meet(note, fact.bounding_box())
        page.keyboard.press("Escape")


@NARROW
@pytest.mark.parametrize("number", [0, -1], ids=["first figure", "last figure"])
def test_every_line_can_be_scrolled_clear_of_an_open_note(opened, viewport, number):
    """While a note is open each line of the text, the first and the last too, comes into sight by scrolling."""
    page = opened(viewport)
    fact = page.locator("main p label.sourced data.fact").nth(number)
    fact.evaluate("(fact, height) => scrollBy(0, fact.getBoundingClientRect().y - height)", viewport["height"] - 22)
    fact.click()
    lines = """() => { const range = document.createRange(), texts = document.createTreeWalker(document.querySelector("main"), 4), all = [];
        while (texts.nextNode()) { range.selectNodeContents(texts.currentNode); all.push(...range.getClientRects()); }
        return all.map(box => [box.top + scrollY, box.bottom + scrollY]); }"""
    wanted = page.evaluate(lines)
    assert len(wanted) > 100
    for place in range(0, page.evaluate("document.documentElement.scrollHeight"), viewport["height"] // 3):
        page.evaluate(
            "place => new Promise(done => { scrollTo(0, place); requestAnimationFrame(() => setTimeout(done)); })",
            place,
        )
        top = page.evaluate("scrollY")
        note = page.locator(":popover-open").evaluate(IN_SIGHT)
        head, foot = top, top + viewport["height"]
        if note and note["y"] == 0:
            head += note["height"]
        elif note:
            foot -= note["height"]
        wanted = [(above, below) for above, below in wanted if above < head - 1 or below > foot + 1]
    assert page.locator(":popover-open").count() == 1
    assert wanted == []


def test_a_note_beside_the_text_hides_none_of_it(opened):
    """On a desk a note stands in the margin, where no text, table or chart is."""
    page = opened(DESK)
    facts = page.locator("main label.sourced data.fact")
    text = page.locator("main :is(p, h1, h2, h3, h4, figure)")
    for place in range(0, facts.count(), 10):
        facts.nth(place).click()
        note = page.locator(":popover-open").bounding_box()
        boxes = text.evaluate_all("""all => all.map(one => one.getBoundingClientRect()).map(box =>
            ({x: box.x, y: box.y, width: box.width, height: box.height}))""")
        assert not [box for box in boxes if meet(box, note)]
        page.keyboard.press("Escape")


def test_figures_are_no_tab_stops_unless_sources_are_wanted(opened):
    """The Tab key passes all figures by; a switch at the top lets it stop at each, and takes them out of its way again."""
    page = opened()
    stops = """() => [...document.querySelectorAll("main button, main data, main a.to-source")]
        .filter(one => one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}))
        .filter(one => one.matches("button, a, [tabindex]")).length"""
    dotted = "() => getComputedStyle(document.querySelector('label.sourced data')).textDecorationLine"
    assert (page.evaluate(stops), page.evaluate(dotted)) == (0, "none")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "show-sources":
            break
    page.keyboard.press("Space")
    assert page.evaluate(stops) == page.locator("label.sourced").count() > 70
    assert page.evaluate(dotted) == "underline"
    page.locator("main label.sourced > button").first.focus()
    page.keyboard.press("Enter")
    assert len(page.evaluate(OPEN_NOTES)) == 1
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN_NOTES) == []
    assert page.evaluate("document.activeElement.matches('label.sourced > button')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('label.sourced > button, a, .scroll')")
    # the browser knows an access key by the character without its modifier, which Playwright does not send along
    key = {"type": "keyDown", "modifiers": 1, "key": "s", "code": "KeyS", "text": "s", "unmodifiedText": "s"}
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", {**key, "windowsVirtualKeyCode": 83})
    assert (page.evaluate(stops), page.evaluate(dotted)) == (0, "none")


def test_a_figure_is_underlined_when_it_is_pointed_at(opened):
    """Dotted lines appear under the pointer alone."""
    page = opened()
    facts = page.locator("main p label.sourced data.fact")
    facts.nth(3).hover()
    lines = facts.evaluate_all("facts => facts.map(fact => getComputedStyle(fact).textDecorationLine)")
    assert [place for place, line in enumerate(lines) if line != "none"] == [3]


@pytest.mark.parametrize("sources", [False, True], ids=["plain", "with sources"])
def test_searching_finds_every_word(opened, sources):
    """The browser's search finds each paragraph, heading, caption and cell as it reads, figures and units in one."""
    page = opened()
    page.locator(SHOW_SOURCES).set_checked(sources)
    texts = page.locator("main :is(p, h1, h2, h3, h4, figcaption, td, th)").all_inner_texts()
    wanted = [line for text in texts for line in text.split("\n") if line.strip()]
    assert len(wanted) > 100
    missed = """texts => texts.filter(text => {
        getSelection().removeAllRanges();
        return !window.find(text, true, false, true);
    })"""
    assert page.evaluate(missed, wanted) == []


def test_searching_finds_where_a_figure_came_from(opened):
    """What notes say, which search does not see while they are closed, stands in an index that opens; it leads to the figures."""
    page = opened()
    notes = page.locator(".sources > [popover]").evaluate_all("notes => notes.map(note => note.firstChild.data.trim())")
    index = page.locator("details.index")
    assert not index.locator("ul").is_visible()  # the browser's search opens it where it finds something in it
    index.locator("summary").click()
    assert page.evaluate("texts => texts.filter(text => !find(text, true, false, true))", notes) == []
    entry = index.locator("li", has_text="来源：指标!E5").locator("a")
    assert entry.all_inner_texts() == ["322"]
    entry.click()
    assert page.locator("data:target").inner_text() == "322"


@pytest.mark.parametrize("sources", [False, True], ids=["plain", "with sources"])
def test_a_copied_table_has_its_figures_and_nothing_else(opened, sources):
    """A table copied into a sheet has its cells between tabs; of notes and buttons nothing goes along."""
    page = opened(permissions=["clipboard-read"])
    page.locator(SHOW_SOURCES).set_checked(sources)
    tables = page.locator("main table")
    assert tables.count() >= 3
    for table in tables.all():
        cells = """table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim()).join("\\t")).join("\\n")"""
        table.evaluate("table => getSelection().selectAllChildren(table)")
        assert page.evaluate("getSelection().toString()").strip() == table.evaluate(cells).strip()
        page.keyboard.press("Control+c")
        copied = page.evaluate("""async () => { const [item] = await navigator.clipboard.read();
            return (await item.getType("text/html")).text(); }""")
        assert "<td" in copied
        assert "<button" not in copied
        assert "来源：" not in copied


def test_the_page_leads_to_the_other_forms_beside_it(opened, report):
    """PDF and Word document of the same report are one click away, and are there."""
    links = opened().locator("nav.tools a")
    assert links.all_inner_texts() == ["PDF", "DOCX"]
    for address in links.evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        assert (report / address).is_file()


def test_the_page_is_small(report):
    """The page of the first half-year with its charts, key figures and notes is a file that anyone can send."""
    assert (report / "report.html").stat().st_size < 450_000


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
    assert facts.count() > 25
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


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_table_that_goes_on_says_so(opened, viewport):
    """A table that is wider than the screen, as some are on a telephone, says that it scrolls; any other does not."""
    said = """frames => frames.map(frame => [
        frame.scrollWidth > frame.clientWidth, parseFloat(getComputedStyle(frame, "::before").height) > 0])"""
    shown = opened(viewport).locator(".scroll").evaluate_all(said)
    assert all(wide == told for wide, told in shown), shown
    assert ([True, True] in shown) == (viewport is PHONE)


def test_the_page_prints_on_a4(opened, tmp_path):
    """Printed, the page is A4 with every chapter and table on it, without the contents and without notes."""
    reader, measure = needs("pdftotext"), needs("pdfinfo")
    page = opened()
    page.locator("label.sourced").first.click()
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
