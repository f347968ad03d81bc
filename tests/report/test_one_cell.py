"""One cell of a half-year's ledgers changes: the sections that asked for its sheet run, and no others."""

from __future__ import annotations

import openpyxl
import pytest
from calling import copied_workspace
from half_year import as_workbook, put_cell

from pipeline.period import Period
from pipeline.report import Request, build
from pipeline.report.unchanged import digests
from pipeline.workspace import Workspace

PERIOD = "2021H1"
# a cell, and the sections whose notebooks ask for its ledger
CELLS = {
    ("cases", "备注"): {"rule-of-law"},
    ("list_reviews", "范围"): {"lists"},
    ("licences", "备注"): {"disclosure"},
    ("milestones", "事件"): {"reform"},
    ("policies", "备注"): {"reform", "rule-of-law"},
}


def run(root, **options):
    """What became of each section."""
    request = Request(Workspace.at(root), Period.parse(PERIOD), formats=("html",), **options)
    return {ran.section.name: ran.why for ran in build(request).sections}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = copied_workspace(tmp_path_factory.mktemp("sheets") / "workspace")
    as_workbook(root / "data" / PERIOD)
    run(root)
    return root


@pytest.mark.parametrize(("cell", "concerned"), CELLS.items(), ids=lambda value: "-".join(sorted(value)))
def test_a_changed_cell_of_a_workbook_runs_the_sections_that_read_its_sheet(root, tmp_path, cell, concerned):
    """In workbook mode the other sections are fresh, and the report has the bytes of one made from nothing."""
    put_cell(root / "data" / PERIOD, *cell, "示例文字")
    why = run(root)
    assert {name for name, reason in why.items() if reason != "fresh"} == concerned
    run(root, fresh=True, output=tmp_path)
    assert digests(root / "outputs" / PERIOD) == digests(tmp_path / PERIOD)


def test_a_workbook_saved_again_runs_nothing(root):
    """Another program's saving, which leaves other bytes and the same cells, concerns no section."""
    file = root / "data" / PERIOD / "tables.xlsx"
    before, book = file.read_bytes(), openpyxl.load_workbook(file)
    book.properties.creator = "another"
    book.save(file)
    assert file.read_bytes() != before
    assert set(run(root).values()) == {"fresh"}
