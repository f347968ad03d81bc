"""The analyst's desk in a real JupyterLab: sources by mouse and keyboard, the preview in a tab, the way back to a cell."""

import contextlib
import json
import os
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
OPEN = """async path => {
    const panel = await jupyterapp.commands.execute("docmanager:open", { path });
    await panel.context.ready;
    await panel.sessionContext.ready;
}"""
RUN = """async () => {
    await jupyterapp.commands.execute("notebook:run-all-cells");
    await jupyterapp.commands.execute("docmanager:save");
}"""
TO_CELL = """() => {
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = notebook.widgets.findIndex(cell => cell.node.querySelector('data.fact[value="322"]'));
    notebook.mode = "command";
    notebook.activate();
}"""
NOTEBOOK = "notebooks/01-reform.ipynb"
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
FACT = f'{PANEL} .jp-OutputArea data.fact[value="322"]'


def until(condition, seconds=60):
    """Wait until something is true; whether it comes true is the question, not how soon."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def opened(chromium, jupyterlab):
    """A window of JupyterLab of its own, without tabs of an earlier one."""
    page = chromium.new_page(viewport={"width": 1500, "height": 1000})
    page.set_default_timeout(60_000)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(f"{jupyterlab.url}lab?token={jupyterlab.token}&reset")
    page.wait_for_function("window.jupyterapp && jupyterapp.restored.then(() => true)", timeout=60_000)
    return page


@pytest.fixture(scope="module")
def page(chromium, jupyterlab):
    """JupyterLab with a notebook that ran."""
    page = opened(chromium, jupyterlab)
    page.evaluate(OPEN, NOTEBOOK)
    page.evaluate(RUN)
    return page


def test_pointing_at_a_figure_says_its_cell(page):
    """A figure of a sentence is underlined, and its tip is the cell as Excel writes it."""
    fact = page.locator(FACT).first
    assert fact.get_attribute("title") == "来源：指标!E5"
    assert fact.evaluate("fact => getComputedStyle(fact).borderBottomStyle") == "dotted"


def test_the_keyboard_reaches_a_figure_and_shows_its_cell(page):
    """From a cell the Tab key goes from figure to figure; where it stands, the source shows, and goes with it."""
    page.evaluate(TO_CELL)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('data.fact[value=\"322\"]')"):
            break
    source = page.locator("#halfyear-source")
    expect(source).to_have_text("来源：指标!E5")
    assert page.evaluate("document.activeElement.textContent") == "322"
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "halfyear-source"
    page.keyboard.press("Tab")
    expect(source).to_have_text("来源：指标!E6")
    page.keyboard.press("Escape")
    expect(source).to_be_hidden()


def test_a_mention_reads_as_the_caption_though_that_is_shown_later(page, jupyterlab):
    """A sentence before its chart names it by its caption, on the screen and in the saved file."""
    mentions = page.locator(f"{PANEL} .jp-OutputArea p", has_text="322").first.locator("a.ref")
    expect(mentions).to_have_text(["各改革事项办件量（截至2021年6月）"])
    saved = (jupyterlab.workspace / NOTEBOOK).read_text(encoding="utf-8")
    assert '#handled-chart\\">各改革事项办件量（截至2021年6月）</a>' in saved


def test_heads_stand_over_their_columns(page):
    """The heading of a column of words begins where they begin, that of a column of figures ends where they end."""
    aligned = page.locator(f"{PANEL} figure.table#workload-cross-province").evaluate(
        """figure => [...figure.querySelectorAll("thead th")].map((head, at) =>
            [head, figure.querySelector(`tbody tr :nth-child(${at + 1})`)].map(cell => getComputedStyle(cell).textAlign))"""
    )
    assert aligned == [["start", "start"], ["start", "start"], ["right", "right"], ["start", "start"]]


def test_a_notebook_that_is_not_trusted_says_its_sources_too(page, jupyterlab):
    """Saved with its results and opened by somebody who has not run it, a figure still has its line and its tip."""
    notebook = json.loads((jupyterlab.workspace / NOTEBOOK).read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = ["# 别人的笔记本"]
    (jupyterlab.workspace / "received.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    page.evaluate(OPEN, "received.ipynb")
    fact = page.locator(FACT).first
    assert fact.get_attribute("data-source") is None  # nothing but what JupyterLab lets through
    assert fact.get_attribute("title") == "来源：指标!E5"
    assert fact.evaluate("fact => getComputedStyle(fact).borderBottomStyle") == "dotted"
    fact.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#halfyear-source")).to_have_text("来源：指标!E5")
    page.evaluate("jupyterapp.shell.currentWidget.close()")


MISTAKES = {
    'reform.fact("一业一证", "办件数")': "办件量",
    'reform.table("指标").数直': "数值",
    'reform.tabel("指标")': "table",
}


def test_a_slip_is_answered_below_its_cell(page, jupyterlab):
    """A wrong measure, a wrong field and a wrong name each show one message with the right name, below what was typed."""
    cells = ['from pipeline import Section\n\nreform = Section("reform", "2021H1")', *MISTAKES]
    notebook = json.loads((jupyterlab.workspace / NOTEBOOK).read_text(encoding="utf-8"))
    notebook["cells"] = [
        {"cell_type": "code", "id": f"slip-{at}", "metadata": {"tags": ["raises-exception"]}, "execution_count": None,
         "outputs": [], "source": source} for at, source in enumerate(cells)
    ]  # fmt: skip
    (jupyterlab.workspace / "slips.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    page.evaluate(OPEN, "slips.ipynb")
    page.evaluate(RUN)
    shown = page.locator(f"{PANEL} .jp-OutputArea")
    for at, (slip, right) in enumerate(MISTAKES.items(), 1):
        expect(shown.nth(at)).to_contain_text(right)
        said = shown.nth(at).inner_text()
        assert slip in said
        assert "site-packages" not in said  # nor any line but the one that was typed
    page.evaluate("jupyterapp.shell.currentWidget.close()")


REFUSED = {
    "period=2019H1": "no data for 2019H1",
    "period=nonsense": "period 'nonsense' is none",
    "path=notebooks/01-reform.ipynb&period=2019H1": "no data for 2019H1",
}


@pytest.mark.parametrize(("asked", "said"), REFUSED.items())
def test_what_cannot_be_previewed_is_said_in_words(jupyterlab, asked, said):
    """A period without data is a line that says what to do, not a page of the server's."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        jupyterlab.fetch(f"halfyear/preview?{asked}")
    assert refused.value.code == 404
    assert refused.value.read().decode().startswith(said)


def test_a_preview_is_of_the_workspace_of_the_notebook_at_hand(jupyterlab):
    """Where a server holds several workspaces, a notebook's path says which; each has a preview of its own."""
    for name in ("notebooks", "data/2021H1"):
        (jupyterlab.workspace / "another" / name).mkdir(parents=True)
    paths = ("", "notebooks/01-reform.ipynb", "another/notebooks")
    opened = [jupyterlab.open(f"halfyear/preview?path={path}&period=2021H1").url.partition("?") for path in paths]
    assert opened[0] == opened[1] != opened[2]
    assert [asked for _, _, asked in opened] == [
        "notebooks=notebooks",
        "notebooks=notebooks",
        "notebooks=another%2Fnotebooks",
    ]


@pytest.mark.parametrize(
    "path", ["halfyear/preview", "halfyear/words", "halfyear/preview/0123456789abcdef/report.html"]
)
def test_nothing_is_shown_to_who_has_not_logged_in(jupyterlab, path):
    """Whoever has no token of the server is led to its log-in."""
    with urllib.request.urlopen(jupyterlab.url + path, timeout=60) as answer:
        assert "/login?" in answer.url


def test_the_browsers_half_is_of_the_packages_version():
    """JupyterLab lists the extension with the version that the project has."""
    extension = json.loads((ROOT / "pipeline/lab/extension/package.json").read_text(encoding="utf-8"))
    assert (
        extension["version"]
        == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    )


PREVIEW = ".halfyear-preview iframe"


@pytest.fixture(scope="module")
def preview(chromium, jupyterlab):
    """A window in which the launcher's tile opened the preview beside a notebook."""
    page = opened(chromium, jupyterlab)
    page.evaluate(OPEN, NOTEBOOK)
    page.evaluate("jupyterapp.commands.execute('launcher:create')")
    page.locator(".jp-LauncherCard", has_text="Report preview").click()
    page.report = page.frame_locator(PREVIEW).frame_locator("iframe:not(.waiting)")
    page.report.locator("article.report").wait_for()
    return page


def test_the_tile_opens_the_report_of_the_notebooks_period(preview):
    """The tab says which period, and the whole report stands in it."""
    expect(preview.get_by_role("tab", name="Report preview 2021H1")).to_be_visible()
    expect(preview.locator(PANEL)).to_be_visible()  # the notebook is still there, beside it
    expect(preview.report.locator("h1")).to_contain_text("2021年上半年")
    assert preview.report.locator("section[id]").count() == 5


def test_a_saved_table_changes_the_preview(preview, jupyterlab):
    """A figure saved in a ledger appears in the tab, and what is wrong with a ledger is told there beside the last good report."""
    ledger = jupyterlab.workspace / "data/2021H1/tables/indicators.csv"
    before = ledger.read_text(encoding="utf-8")
    ledger.write_text(before.replace(",322,", ",54321,"), encoding="utf-8")
    expect(preview.report.locator("data.fact", has_text="54321").first).to_be_attached(timeout=60_000)
    ledger.write_text(before.replace(",322,", ",三百,"), encoding="utf-8")
    expect(preview.frame_locator(PREVIEW).locator("#errors")).to_contain_text("三百", timeout=60_000)
    expect(preview.report.locator("data.fact", has_text="54321").first).to_be_attached(timeout=60_000)
    ledger.write_text(before, encoding="utf-8")
    expect(preview.report.locator("data.fact", has_text="54321")).to_have_count(0, timeout=60_000)


def test_a_click_on_a_paragraph_leads_to_its_cell(preview, jupyterlab):
    """It says which notebook and cell made the paragraph, and the way there is one more click."""
    preview.report.locator("section#rule-of-law p").first.click()
    made = preview.frame_locator(PREVIEW).locator("#made")
    expect(made).to_contain_text("04-rule-of-law.ipynb, cell ")
    number = int(made.inner_text().rpartition(" ")[2])
    made.click()
    preview.wait_for_function("jupyterapp.shell.currentWidget?.context?.path === 'notebooks/04-rule-of-law.ipynb'")
    preview.wait_for_function(
        "number => jupyterapp.shell.currentWidget.content.activeCellIndex === number - 1", arg=number
    )
    cells = json.loads((jupyterlab.workspace / "notebooks/04-rule-of-law.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "prose(" in "".join(cells[number - 1]["source"]) or "listed(" in "".join(cells[number - 1]["source"])


def kernels(jupyterlab):
    """The kernels that JupyterLab runs, and what each does."""
    return {one["id"]: one["execution_state"] for one in jupyterlab.get("api/kernels")}


def test_a_run_beside_jupyterlab_disturbs_nobody(preview, jupyterlab):
    """`halfyear run` makes its report on the same workspace; kernels, notebooks and the open preview stay as they are."""
    notebooks = {path: path.read_bytes() for path in jupyterlab.workspace.glob("notebooks/*.ipynb")}
    before, shown = kernels(jupyterlab), builders(jupyterlab)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", "2021H1"],
        cwd=jupyterlab.workspace,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (jupyterlab.workspace / "outputs/2021H1/report.docx").is_file()
    assert {path: path.read_bytes() for path in notebooks} == notebooks
    assert before.items() <= kernels(jupyterlab).items()
    assert builders(jupyterlab) == shown != set()


def builders(jupyterlab):
    """The processes that previews of this workspace have started."""
    root, found = str(jupyterlab.workspace).encode(), set()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            said = (folder / "cmdline").read_bytes()
            if b"preview.builder" in said and root in said:
                found |= {int(folder.name), *children(int(folder.name))}
    return found


def children(process):
    """The processes that a process has started, and those that they have."""
    return {child.pid for child in psutil.Process(process).children(recursive=True)}


def test_closing_the_tab_leaves_nothing_running(preview, jupyterlab):
    """With its tab the preview ends, its process and the kernels it keeps warm; those of notebooks go on."""
    running, before = builders(jupyterlab), kernels(jupyterlab)
    assert len(running) > 1
    preview.get_by_role("tab", name="Report preview 2021H1").locator(".lm-TabBar-tabCloseIcon").click()
    until(lambda: not running & set(psutil.pids()))
    assert before.keys() <= kernels(jupyterlab).keys()
    assert not preview.errors
