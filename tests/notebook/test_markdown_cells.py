"""What no page can show of the notebooks' own words is told before any notebook runs."""

import json

from pipeline.notebook.markdown_cells import faulty_cells
from pipeline.workspace import Workspace


def test_a_character_is_told_with_its_cell_and_line(tmp_path):
    """Cells and lines count from one, all cells counted; code, and cells that do not reach the report, are not looked at."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").mkdir()
    cells = [
        ("markdown", "# 改革创新", {}),
        ("code", "print('😀')", {}),
        ("markdown", "一行\n\n第三行\u200b有零宽字符\n😀", {"tags": ["lead"]}),
        ("markdown", "😀", {"tags": ["remove-cell"]}),
    ]
    notebook = {"cells": [{"cell_type": kind, "source": text, "metadata": said} for kind, text, said in cells]}
    (tmp_path / "notebooks" / "01-reform.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    found = faulty_cells(Workspace.at(tmp_path), lambda text: [each for each in text if each == "😀"])
    assert [(one.code, one.place.file, one.place.cell, one.place.line, one.value) for one in found] == [
        ("control-character", "01-reform.ipynb", 3, 3, "第三行\u200b有零宽字符"),
        ("no-font-has", "01-reform.ipynb", 3, 4, "😀 U+1F600"),
    ]


def test_a_placeholder_in_a_text_cell_is_told(tmp_path):
    """Nothing fills a text cell in: what asks for a figure there, or names what the code knows, is an error with its cell."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").mkdir()
    cells = [
        ("markdown", '# 改革创新\n\n共{{ fact("甲", "乙") }}，{received}，$\\{received\\}$，{其他}。'),
        ("code", "received = 1"),
    ]
    notebook = {"cells": [{"cell_type": kind, "source": text, "metadata": {}} for kind, text in cells]}
    (tmp_path / "notebooks" / "01-reform.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    found = faulty_cells(Workspace.at(tmp_path), lambda text: [])
    assert [(one.code, one.severity, one.place.cell, one.place.line, one.value) for one in found] == [
        ("placeholder-in-cell", "error", 1, 3, '{{ fact("甲", "乙") }}'),
        ("placeholder-in-cell", "error", 1, 3, "{received}"),
    ]
