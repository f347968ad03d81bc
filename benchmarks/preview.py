"""From saving a table to the new figure on the screen of a browser."""

from __future__ import annotations

import argparse
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .measure import environment
from .routes import PERIOD, ROOT, workspace

_FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update".split()
_SERVE = """
import sys
from pipeline.period import Period
from pipeline.preview import serve
from pipeline.workspace import Workspace
serve(Workspace.at(sys.argv[1]), Period.parse(sys.argv[2]), open_browser=False, tell=lambda line: print(line, flush=True))
"""
_VISIBLE = """(figure) => [...document.querySelector("iframe:not(.waiting)").contentDocument.querySelectorAll("data.fact")]
    .some((fact) => fact.getAttribute("value") === figure)"""


def run(work: Path, options: argparse.Namespace) -> dict[str, object]:
    """Save a figure that was never there before, as often as there are rounds, into two tables."""
    folder = workspace(work / "workspace")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        return {"unavailable": "no Chromium is installed"}
    log = work / "log"
    with log.open("wb") as stream:
        command = [sys.executable, "-c", _SERVE, str(folder), PERIOD]
        server = subprocess.Popen(command, env={**environment(), "PYTHONPATH": str(ROOT)}, stdout=stream, stderr=stream)
    try:
        return _watched(chromium, _address(log), folder, options.rounds)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def _address(log: Path) -> str:
    while not (found := re.search(r"http://\S+/", log.read_text(encoding="utf-8"))):
        time.sleep(0.1)
    return found[0]


def _watched(chromium: str, address: str, folder: Path, rounds: int) -> dict[str, object]:
    from playwright.sync_api import sync_playwright

    found: dict[str, list[float]] = {"tables/outreach.csv": [], "tables/indicators.csv": []}
    figures = iter(range(2000, 10_000))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        page = browser.new_page()
        page.goto(address)
        page.frame_locator("iframe:not(.waiting)").locator("article.report").wait_for(timeout=120_000)
        version = browser.version
        for _ in range(rounds + 1):  # the first is not counted
            for name, seconds in found.items():
                seconds.append(_saved(page, folder / "data" / PERIOD / name, name, next(figures)))
                print(f"preview {name}: {seconds[-1]:.2f} s", file=sys.stderr)
        browser.close()
    return {"chromium": version, "seconds": {name: seconds[1:] for name, seconds in found.items()}}


def _saved(page: Any, file: Path, name: str, figure: int) -> float:
    """Save ``file`` with another figure in it; seconds until the browser shows that figure."""
    text = file.read_text(encoding="utf-8")
    if name.endswith("indicators.csv"):
        new = re.sub(r"(,一业一证,办件量,)\d+,", rf"\g<1>{figure},", text)
    else:
        new = re.sub(r"(槐荫区和谐广场一层,)\d+余", rf"\g<1>{figure}余", text)
    assert new != text, f"{name} has no figure to change"
    began = time.monotonic()
    file.write_text(new, encoding="utf-8")
    page.wait_for_function(_VISIBLE, arg=str(figure), polling="raf", timeout=120_000)
    return time.monotonic() - began
