"""Figures that a ledger may leave open: blank, / and 不适用 are said in the table and left out of the sentences."""

import json

import pytest
from calling import ROOT, copied_workspace
from test_every_cell import rewrite, stated_cells

from pipeline.ledger import TABLES
from pipeline.workspace import Workspace


def open_columns():
    """(table, heading, state) of every column in which 2021H1 states a figure; a required one may not be blank."""
    columns = sorted({(file.stem, heading) for file, _, heading, _ in stated_cells(ROOT / "data/2021H1")})
    return [
        (table, heading, state)
        for table, heading in columns
        for state in ("", "/", "不适用")
        if state or not TABLES[table].column(heading).required
    ]


def shown(section, monkeypatch):
    """What the cells of a section's notebook show, run one after another as *Run All* would."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell()
    monkeypatch.chdir(section.path.parent)
    for cell in json.loads(section.path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            with capture_output() as said:
                result = shell.run_cell("".join(cell["source"]))
            assert result.success, f"{section.name}: {said.stdout[-600:]}"
            yield from [str(result.result), *map(str, said.outputs)]


@pytest.mark.parametrize(("table", "heading", "state"), open_columns())
def test_a_column_without_numbers_stops_no_section(tmp_path, monkeypatch, table, heading, state):
    """With any one column of figures left open in every row, each notebook still says the rest and no empty clause."""
    column = TABLES[table].column(heading)
    root = copied_workspace(tmp_path / "workspace")
    cells = [
        (file, row, at)
        for file, row, at, _ in stated_cells(root / "data/2021H1")
        if (file.stem, at) == (table, heading)
    ]
    hedges = [(row, "限定词", "") for _, row, _ in cells if column.qualifier_from]
    rewrite(cells[0][0], [*((row, at, state) for _, row, at in cells), *hedges])
    for file in (root / "data/2021H1/prose").glob("*.md"):
        file.write_text("文字。", encoding="utf-8")
    for section in Workspace.at(root).sections:
        for text in shown(section, monkeypatch):
            assert "件（占）" not in text
            assert "，，" not in text
