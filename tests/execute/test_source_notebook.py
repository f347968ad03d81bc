"""A notebook as it is executed: of a format that has names of cells, whatever older one it was saved in."""

import json

import pytest

from pipeline.execute.source_notebook import read_source


@pytest.mark.parametrize(("saved", "read"), [(None, 5), (0, 5), (4, 5), (5, 5), (6, 6)])
def test_an_older_format_becomes_the_one_with_names_of_cells(tmp_path, saved, read):
    """4.0 to 4.4 become 4.5, which has them; 4.5 and what is newer stay what they are."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# 示例\n", "一段。"]}]
    format_ = {"nbformat": 4} | ({} if saved is None else {"nbformat_minor": saved})
    (tmp_path / "01-a.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, **format_}), encoding="utf-8")
    notebook = read_source(tmp_path / "01-a.ipynb")
    assert notebook["nbformat_minor"] == read
    assert [(cell["id"], cell["source"]) for cell in notebook["cells"]] == [("cell-1", "# 示例\n一段。")]
