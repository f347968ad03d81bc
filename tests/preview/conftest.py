"""A running preview on a workspace of its own, and a browser that looks at it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from programs import needs
from running import Preview, until

QUIET = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update".split()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the whole report."""
    running = Preview(tmp_path_factory.mktemp("preview")).start()
    try:
        until(running.builds)
        yield running
    finally:
        running.stop()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Preview]:
    """A preview to be started by the test and to be ended by it in its own way."""
    one = Preview(tmp_path)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The system's Chromium, without a window."""
    path = needs("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(preview: Preview, chromium: Any) -> Iterator[Any]:
    """The preview in a browser, once it shows its report."""
    page = chromium.new_page(viewport={"width": 1000, "height": 700})
    page.goto(preview.address)
    page.frame_locator("iframe:not(.waiting)").locator("article.report").wait_for()
    yield page
    page.close()
