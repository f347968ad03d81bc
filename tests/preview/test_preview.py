"""The live preview as its reader sees it, in a real browser."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from nbformat.v4 import new_markdown_cell
from playwright.sync_api import expect

REPORT = "iframe:not(.waiting)"
TOP_OF = "(id) => document.querySelector('iframe:not(.waiting)').contentDocument.getElementById(id).getBoundingClientRect().top"


def replace(path, old, new):
    """Save ``path`` with ``old`` replaced, as an editor would; what it was before."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text


@pytest.fixture
def edited(preview):
    """Edit a file of the workspace or the package and find it as it was after the test."""
    before = {}

    def edit(path, old, new):
        text = replace(path, old, new)
        before.setdefault(path, text)

    yield edit
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")


def test_a_saved_figure_appears_and_the_reader_stays(preview, page, edited):
    """A new figure in a table shows without a reload by hand, marked as changed, and nothing moves under the reader."""
    report = page.frame_locator(REPORT)
    expect(report.locator("data.fact", has_text=re.compile("^322$")).first).to_be_attached()
    heading = report.locator("section#rule-of-law h3").first.get_attribute("id")
    page.evaluate(
        "(id) => { const frame = document.querySelector('iframe:not(.waiting)');"
        " frame.contentDocument.getElementById(id).scrollIntoView({behavior: 'instant'});"
        " frame.contentWindow.scrollBy({top: 150, behavior: 'instant'}); window.same = true }",
        heading,
    )
    before = page.evaluate(TOP_OF, heading)
    # a second sentence in an earlier section makes everything below it move down
    edited(preview.data("prose/reform-overview.md"), "科室以", "第一段。\n\n第二段。\n\n第三段。\n\n科室以")
    expect(report.get_by_text("第二段。")).to_be_attached(timeout=60_000)
    edited(preview.data("tables/indicators.csv"), ",322,", ",54321,")
    expect(report.locator("data.fact", has_text=re.compile("^54321$")).first).to_be_attached(timeout=60_000)
    assert page.evaluate("window.same")
    assert abs(page.evaluate(TOP_OF, heading) - before) < 3
    expect(page.locator("#changed")).to_have_text(re.compile(r"^[1-9]\d* changed$"))
    expect(page.locator("#state")).to_contain_text("tables/indicators.csv")


def test_an_error_is_told_beside_the_last_good_report(preview, page, edited):
    """A broken placeholder shows with file and line while the report stays, and goes when it is mended."""
    report = page.frame_locator(REPORT)
    prose = preview.data("prose/rule-of-law-overview.md")
    line = len(prose.read_text(encoding="utf-8").rstrip().splitlines()) + 2
    good = prose.read_text(encoding="utf-8")
    edited(prose, good, good.rstrip() + "\n\n又有{{ nothing_of_that_name }}件。\n")
    errors = page.locator("#errors")
    expect(errors).to_contain_text(f"rule-of-law-overview.md:{line}", timeout=60_000)
    expect(errors).to_contain_text("nothing_of_that_name")
    expect(report.locator("article.report section#rule-of-law h2")).to_be_visible()
    expect(report.locator(".draft-mark")).to_have_count(0)
    prose.write_text(good, encoding="utf-8")
    expect(errors).to_be_hidden(timeout=60_000)


def test_a_failing_cell_is_told_with_its_number(preview, page, edited):
    """A cell that fails shows with notebook, cell, line and what was raised; the report stays as it was."""
    edited(
        preview.workspace / "notebooks/04-rule-of-law.ipynb",
        'law.prose(\\"overview\\")',
        'law.prose(\\"overview\\", x=1/0)',
    )
    errors = page.locator("#errors")
    expect(errors).to_contain_text(
        re.compile(r"04-rule-of-law\.ipynb, cell \d+, line 1: ZeroDivisionError"), timeout=60_000
    )
    expect(page.frame_locator(REPORT).locator(".draft-mark")).to_have_count(0)


def test_a_broken_ledger_is_told_with_its_cell(preview, page, edited):
    """A value that cannot be read is told with table and cell, as Excel writes it."""
    edited(preview.data("tables/indicators.csv"), ",322,", ",三百来件吧,")
    expect(page.locator("#errors")).to_contain_text(re.compile(r"tables/indicators\.csv!E\d+"), timeout=60_000)
    edited(preview.data("tables/indicators.csv"), ",三百来件吧,", ",322,")
    expect(page.locator("#errors")).to_be_hidden(timeout=60_000)


def test_the_page_is_open_to_everybody_while_it_tells_errors_too(preview, chromium, edited):
    """axe finds nothing in the frame around a report, nor while an error is told and the rest of the news is unfolded."""
    windows = [(360, "dark"), (1280, "light"), (360, "light"), (1280, "dark")]
    pages = [
        chromium.new_page(viewport={"width": width, "height": 740}, color_scheme=scheme, bypass_csp=True)
        for width, scheme in windows
    ]
    for page in pages:
        page.goto(preview.address)
        page.frame_locator(REPORT).locator("article.report").wait_for()
        assert barriers(page) == []
    edited(preview.data("tables/indicators.csv"), ",322,", ",三百来件吧,")
    for page in pages:
        expect(page.locator("#errors")).to_be_visible(timeout=60_000)
        page.locator("summary").click()
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
        page.close()
    edited(preview.data("tables/indicators.csv"), ",三百来件吧,", ",322,")


def barriers(page):
    """What axe finds, with where; the report in the frame is looked at by itself elsewhere."""
    found = Axe().run(page, options={"iframes": False}).response
    return [(rule["id"], node["html"][:120]) for rule in found["violations"] for node in rule["nodes"]]


def test_a_notebook_saved_by_jupyter_shows(preview, page, edited):
    """A text cell added to a notebook and saved through Jupyter's own file manager shows in the report."""
    contents = LargeFileManager(root_dir=str(preview.workspace))
    model = contents.get("notebooks/05-disclosure.ipynb", type="notebook")
    model["content"].cells.append(new_markdown_cell("这一句刚刚在笔记本里写下。"))
    contents.save(model, "notebooks/05-disclosure.ipynb")
    sentence = page.frame_locator(REPORT).get_by_text("这一句刚刚在笔记本里写下。")
    expect(sentence).to_be_attached(timeout=60_000)


def test_templates_and_code_take_effect(preview, page, edited):
    """A style sheet and code of the package show when saved; code that is no Python is told with file and line."""
    sheet = preview.package / "render" / "templates" / "html" / "screen.css"
    edited(
        sheet, sheet.read_text(encoding="utf-8"), sheet.read_text(encoding="utf-8") + "\nh1 { letter-spacing: 7px }\n"
    )
    expect(page.frame_locator(REPORT).locator("h1")).to_have_css("letter-spacing", "7px", timeout=60_000)
    code = preview.package / "render" / "stitch.py"
    good = code.read_text(encoding="utf-8")
    edited(code, good, good + "\nif if\n")
    place = f"pipeline/render/stitch.py, line {len(good.splitlines()) + 2}"
    expect(page.locator("#errors")).to_contain_text(place, timeout=60_000)
    code.write_text(good, encoding="utf-8")
    expect(page.locator("#errors")).to_be_hidden(timeout=60_000)


def test_the_page_itself_has_no_fault(preview, chromium):
    """The browser reports no error, no refused script or style, and asks nobody but this machine."""
    page = chromium.new_page()
    faults, asked = [], []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(preview.address)
    page.frame_locator(REPORT).locator("article.report").wait_for()
    page.close()
    assert not faults
    assert asked
    assert all(url.startswith((preview.address, "data:")) for url in asked)


def test_the_news_say_what_ran(preview):
    """The state that the page is told names every section and the seconds of the last build."""
    import urllib.request

    with urllib.request.urlopen(preview.address + "news", timeout=60) as news:
        state = json.loads(news.readline().removeprefix(b"data: "))
    assert len(state["built"]["sections"]) == 5
    assert state["built"]["seconds"] > 0


def test_a_click_says_which_cell_made_a_paragraph(preview, page):
    """The notebook and the number of the cell, as JupyterLab shows them; beside the text of a section nothing is said."""
    report, made = page.frame_locator(REPORT), page.locator("#made")
    report.locator("section#lists p").first.click()
    expect(made).to_have_text(re.compile(r"^02-lists\.ipynb, cell \d+$"))
    expect(made).to_be_disabled()  # there is nowhere to go but in JupyterLab
    notebook = json.loads((preview.workspace / "notebooks/02-lists.ipynb").read_text(encoding="utf-8"))
    assert notebook["cells"][int(made.inner_text().rpartition(" ")[2]) - 1]["cell_type"] == "code"
    report.locator("figure.table").first.click()
    expect(made).to_contain_text("01-reform.ipynb, cell ")
    report.locator("h1").click()
    expect(made).to_be_hidden()
