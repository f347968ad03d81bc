"""The notebooks in a real JupyterLab: Run All gives what papermill and the build give, and reads well."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.begin.git_filter import tell_git

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))

OPEN = """async path => {
    const panel = await jupyterapp.commands.execute("docmanager:open", { path });
    await panel.context.ready;
    await panel.sessionContext.ready;
}"""
DONE = """() => {
    const panel = jupyterapp.shell.currentWidget;
    const code = panel.content.widgets.map(cell => cell.model).filter(model => model.type === "code");
    return panel.sessionContext.session.kernel.status === "idle"
        && code.every(model => model.executionCount !== null && model.executionState === "idle");
}"""
SAVE = """async () => {
    await jupyterapp.commands.execute("docmanager:save");
    return !jupyterapp.shell.currentWidget.context.model.dirty;
}"""


@pytest.fixture(scope="module")
def page(chromium, jupyterlab):
    """JupyterLab's window, one for all five notebooks, as an analyst would have it."""
    page = chromium.new_page(viewport={"width": 1400, "height": 3000})
    page.set_default_timeout(20_000)
    page.requests = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.goto(f"{jupyterlab.url}lab?token={jupyterlab.token}")
    page.wait_for_function("window.jupyterapp && jupyterapp.restored.then(() => true)", timeout=60_000)
    return page


@pytest.fixture(scope="module")
def git(jupyterlab):
    """Calls git in the workspace, which is a repository with everything stored, as `halfyear init` would leave it."""

    def call(*arguments):
        done = subprocess.run(["git", *arguments], cwd=jupyterlab.workspace, check=True, capture_output=True, text=True)
        return done.stdout

    attributes = ROOT / "pipeline/begin/files/gitattributes"
    (jupyterlab.workspace / ".gitattributes").write_bytes(attributes.read_bytes())
    call("init", "-q")
    assert tell_git(jupyterlab.workspace)
    call("add", "-A")
    call("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "-qm", "as begun")
    return call


@pytest.fixture(scope="module")
def ran(page, jupyterlab, git):
    """Opens a notebook, runs it with Run > Run All Cells, saves it; gives what then stands on disk."""
    saved = {}

    def run(name):
        if name not in saved:
            page.evaluate(OPEN, f"notebooks/{name}")
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            page.wait_for_function(DONE, timeout=60_000)
            assert page.evaluate(SAVE)
            saved[name] = outputs(jupyterlab.workspace / "notebooks" / name)
        return saved[name]

    return run


def outputs(path):
    """What each code cell of a notebook shows, in order: kind of output with its mime bundle or text."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    own = [cell for cell in cells if "injected-parameters" not in cell["metadata"].get("tags", [])]
    return {cell["id"]: [said(output) for output in cell["outputs"]] for cell in own if cell["cell_type"] == "code"}


def said(output):
    bundle = output.get("data", {output.get("name"): output.get("text")})
    return output["output_type"], {mime: joined(content) for mime, content in sorted(bundle.items())}


def joined(content):
    return "".join(content).rstrip("\n") if isinstance(content, list | str) else content


def papermill(workspace, name, target):
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "papermill", f"notebooks/{name}", target, "-p", "period", "2021H1"],
        cwd=workspace,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return outputs(target)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all_papermill_and_the_build_show_the_same(ran, jupyterlab, report, tmp_path, name):
    """Run All in JupyterLab, plain papermill and `halfyear run` give every cell of a notebook the same outputs."""
    in_jupyterlab = ran(name)
    assert sum(map(len, in_jupyterlab.values())) >= 2
    assert not [kind for shown in in_jupyterlab.values() for kind, _ in shown if kind in ("error", "stream")]
    assert in_jupyterlab == outputs(report / "sections" / name)
    assert in_jupyterlab == papermill(jupyterlab.workspace, name, tmp_path / name)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_that_ran_and_was_saved_is_no_change_to_git(ran, git, name):
    """After Run All and saving, `git status` does not name the notebook, though its file has grown by all its results."""
    assert len(ran(name)) > 1
    end = time.monotonic() + 60  # whether git comes to see it is the question, not how soon
    while git("status", "--porcelain", "--untracked-files=no", "--", f"notebooks/{name}"):
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_jupyterlab_shows_text_and_no_markup(ran, page, name):
    """What a cell shows reads as text in JupyterLab: no tag, no placeholder and no traceback stands in it."""
    ran(name)
    page.evaluate(OPEN, f"notebooks/{name}")
    shown = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output").all_inner_texts()
    assert len(" ".join(shown)) > 100
    assert not [text for text in shown if re.search(r"</?[a-z]+[ >]|&lt;|\{\{|Traceback|<pipeline", text)]
    assert not [text for text in shown if "见）" in text or "见、" in text]  # a mention of a table says which


def test_a_fact_a_table_and_a_chart_look_as_in_the_report(ran, page):
    """In JupyterLab a figure of the prose is a fact element, a table has its caption and unit, a chart its drawing."""
    ran("05-disclosure.ipynb")
    page.evaluate(OPEN, "notebooks/05-disclosure.ipynb")
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    table = panel.locator("figure.table#licences")
    assert table.locator("figcaption").inner_text() == "行政许可实施情况"
    assert table.locator("p.unit").inner_text() == "单位：件"
    assert table.locator("tbody th").all_inner_texts() == ["受理数量", "许可数量", "不予许可数量", "撤销许可数量"]
    assert table.locator("tbody th").first.evaluate("name => getComputedStyle(name).textAlign") == "start"
    assert table.locator("tbody td.number data.fact").all_inner_texts() == ["30215", "29400", "815", "54"]
    ran("01-reform.ipynb")
    page.evaluate(OPEN, "notebooks/01-reform.ipynb")
    fact = panel.locator('.jp-RenderedMarkdown data.fact[value="322"]').first
    assert fact.is_visible()
    assert fact.inner_text() == "322"
    drawing = panel.locator("figure.chart#handled-chart img")
    assert drawing.evaluate("image => image.complete && image.naturalWidth > 300")
    assert "322件" in drawing.get_attribute("alt")


def test_jupyterlab_talks_to_its_own_server_alone(ran, page, jupyterlab):
    """Running a notebook makes the browser ask nothing of any other address."""
    ran("01-reform.ipynb")
    local = (jupyterlab.url, "data:", "blob:")
    assert len(page.requests) > 10
    assert not [url for url in page.requests if not url.startswith(local)]


FORMS = {"halfyear-html": b"<!DOCTYPE html>", "halfyear-pdf": b"%PDF-", "halfyear-docx": b"PK"}


def test_the_save_and_export_menu_lists_the_report_forms(page):
    """File > Save and Export Notebook As has an entry for each form of the report."""
    page.evaluate(OPEN, "notebooks/01-reform.ipynb")
    page.locator(".lm-MenuBar-itemLabel", has_text="File").click()
    page.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").hover()
    entries = page.locator(".lm-Menu-itemLabel")
    for exporter in FORMS:
        entries.filter(has_text=re.compile(f"^{exporter}$", re.IGNORECASE)).wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


@pytest.mark.parametrize("exporter", FORMS)
def test_an_entry_of_the_menu_gives_the_file(jupyterlab, exporter):
    """What the menu's entries ask the server for is the page, the PDF and the Word document."""
    assert jupyterlab.fetch(f"nbconvert/{exporter}/notebooks/01-reform.ipynb?download=true").startswith(FORMS[exporter])


HOSTILE = "张*明$x$、~~甲~~<b>乙</b>\\(y\\)[丙](丁)"
CODE = f"""from pipeline import say, table
from pipeline.facts import Sources, StatedWords
import pandas
words = StatedWords({HOSTILE!r}, Sources.cell("tables/a.csv", 2, "名称"))
rows = pandas.DataFrame({{"a": [words]}}, dtype=object)
display(say(f"句{{words}}"), say("联" + "、".join([words])), table(rows, {{"a": "名称"}}, name="t", caption=words))"""


def test_what_a_cell_says_prints_as_typed_in_jupyterlab(ran, page, jupyterlab):
    """Marks of Markdown, HTML and formulas in a ledger's words are read as typed in sentences and tables there, too."""
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, jupyterlab.workspace / "notebooks/hostile.ipynb")
    ran("hostile.ipynb")
    shown = page.evaluate(
        "[...jupyterapp.shell.currentWidget.node.querySelectorAll('.jp-OutputArea-output')].map(one => one.innerText)"
    )
    said = "\n".join(shown)
    assert (f"句{HOSTILE}" in said, f"联{HOSTILE}" in said, said.count(HOSTILE)) == (True, True, 4), said
    assert page.evaluate("jupyterapp.shell.currentWidget.node.querySelectorAll('mjx-container').length") == 0
