"""The analyst's desk in a real JupyterLab: sources by mouse and keyboard, the preview in a tab, the way back to a cell."""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

OPEN = """async path => {
    const panel = await jupyterapp.commands.execute("docmanager:open", { path });
    await panel.context.ready;
    await panel.sessionContext.ready;
}"""
RUN = """async () => {
    await jupyterapp.commands.execute("notebook:run-all-cells");
    await jupyterapp.commands.execute("docmanager:save");
}"""
NOTEBOOK = "notebooks/01-reform.ipynb"
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
FACT = f'{PANEL} .jp-OutputArea data.fact[value="322"]'


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
    page.screenshot(path=os.environ.get("SHOT", "/tmp/w/lab-tmp/") + "a.png")
