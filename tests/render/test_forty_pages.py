"""A report of forty pages from ledgers as rich: pages end full, nothing is cut, and its list of sources is short."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from calling import Command
from forty_pages import INITIATIVES, PERIOD, forty_pages
from rendered import pages
from test_pdf_breaks import off_grid, texts
from test_pdf_full_pages import left_free

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The folder of the report, of which the PDF alone is made."""
    folder = forty_pages(tmp_path_factory.mktemp("forty") / "workspace")
    ran = Command(folder)("run", PERIOD, "--format", "pdf")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture(scope="module")
def made(built) -> bytes:
    return (built / "outputs" / PERIOD / "report.pdf").read_bytes()


def test_pages_end_full(made):
    """On average two lines at most are free at the foot of a page, the last aside, and the text keeps to the grid."""
    free, count = left_free(made), len(pages(made))
    print(f"{count} pages, {sum(free.values())} lines free: {free}")
    assert count >= 38
    assert sum(free.values()) <= 2 * (count - 1)
    assert off_grid(made) == []


def test_the_list_of_sources_takes_eight_pages_at_most(made):
    """附件：数据来源 begins on a page of its own; no page follows it."""
    shown = texts(made)
    first = next(number for number, text in enumerate(shown) if re.match(r"附件\s*数据来源", text))
    print(f"{len(shown) - first} pages of sources")
    assert len(shown) - first <= 8


def test_no_page_ends_with_a_heading(made):
    """The last line of a page is text or a table, never what heads the next."""
    for text in texts(made)[:-1]:
        last = text.rstrip().splitlines()[-1]
        assert not re.match(r"[一二三四五]、|（[一二三四五]）|\d+\.|表\d+\D", last), last


def test_no_table_is_cut(built, made):
    """Every row of the ledgers' tables stands on the pages, whole."""
    shown = re.sub(r"\s", "", "".join(texts(made)))
    assert all(f"{name}工作量" in shown for name in INITIATIVES)
    with (built / "data" / PERIOD / "tables" / "outreach.csv").open(encoding="utf-8-sig", newline="") as stream:
        figures = [row["接待群众"] + row["发放宣传品"] for row in csv.DictReader(stream)]
    assert len(figures) == 36
    assert [figure for figure in figures if figure not in shown] == []
