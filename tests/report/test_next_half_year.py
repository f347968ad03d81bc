"""A new half-year from its empty folder to its report, filled in as Excel would do it (示例 figures)."""

import json
import re

import lxml.html
import openpyxl
import pytest
from calling import Command, copied_workspace
from half_year import CARRIED, fill_files, sample_rows, write_prose

from pipeline.ledger import TABLES


def fill_workbook(old, new):
    workbook = openpyxl.load_workbook(new / "tables.xlsx")
    for table, ledger in TABLES.items():
        sheet = workbook[ledger.sheet]
        headings = [cell.value for cell in sheet[1]]
        if table in CARRIED:
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, headings.index("备注") + 1).value = None
        elif (old / "tables" / f"{table}.csv").exists():
            for place, row in enumerate(sample_rows(old, table), 2):
                for heading, text in row.items():
                    value = int(text) if re.fullmatch(r"[1-9]\d*", text) else text or None
                    sheet.cell(place, headings.index(heading) + 1).value = value
        else:
            del workbook[ledger.sheet]
    workbook.save(new / "tables.xlsx")


def made(root, *options):
    """A workspace with 2021H2 made by the command and filled in; returns what check and run said, and the HTML."""
    command = Command(root)
    assert command("new", "2021H2", *options).returncode == 0
    old, new = root / "data/2021H1", root / "data/2021H2"
    (fill_workbook if options else fill_files)(old, new)
    write_prose(old, new)
    checked = command("check", "2021H2", "--json")
    ran = command("run", "2021H2", "--format", "html")
    return checked, ran, root / "outputs/2021H2/report.html"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    return made(copied_workspace(tmp_path_factory.mktemp("xlsx") / "workspace"), "--xlsx")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return made(copied_workspace(tmp_path_factory.mktemp("csv") / "workspace"))


def test_a_filled_workbook_checks_clean(workbook):
    """A workbook made by the command and filled in has no error; told are a figure without 口径, and seven cities called 17."""
    checked, _, _ = workbook
    assert checked.returncode == 0
    assert {problem["code"] for problem in json.loads(checked.stdout)} == {"basis-unstated", "names-counted"}


def test_the_report_compares_with_the_half_year_before(workbook):
    """The new report runs and says 环比 in text, table and chart, with the base beside it, and bears no draft mark."""
    _, ran, page = workbook
    assert ran.returncode == 0, ran.stdout + ran.stderr
    html = lxml.html.parse(str(page)).getroot()
    text = re.sub(r"\s", "", html.body.text_content())
    assert "一业一证办件量647件，环比增长100.9%（上期322件）" in text
    heads = [th.text_content() for th in html.get_element_by_id("handled").iter("th")]
    assert {"上期", "环比（%）"} <= set(heads)
    chart = html.get_element_by_id("handled-chart").text_content()
    assert "647件" in chart
    assert "322件" in chart
    assert "草稿" not in text
    assert "error" not in ran.stdout
    assert "untraced" not in ran.stdout


def test_a_workbook_and_csv_files_give_the_same_report(workbook, files):
    """The same records as CSV files give the same page to the byte, but for the names of the sources."""
    pages = [page.read_text(encoding="utf-8") for _, _, page in (workbook, files)]
    sheets = "|".join(TABLES)
    named = re.sub(rf"tables\.xlsx#({sheets})", r"tables/\1.csv", pages[0])
    assert named != pages[0]
    assert _without_notes(named) == _without_notes(pages[1])


def _without_notes(html):
    """Without the words that name a source to the reader, and the page's own policy, which they do not change."""
    return re.sub(r'<aside class="sources".*?</aside>', "", html, flags=re.DOTALL)
