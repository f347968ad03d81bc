"""A notebook is written as Jupyter writes it, so that saving it there changes nothing."""

from __future__ import annotations

import nbformat
import pytest

from pipeline.notebook_file import write_notebook

BUNDLES = [
    {"text/html": "<p>一\n二</p>\n", "text/plain": "one\ntwo"},
    {"image/svg+xml": "<svg>\n</svg>\n", "image/png": "aGFsZg==\n"},
    {"application/javascript": "a;\nb;\n", "application/json": {"a": ["b\nc"]}},
    {"text/markdown": "", "text/latex": "$a$"},
]


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: next(iter(bundle)))
def test_a_notebook_has_the_bytes_that_nbformat_gives_it(tmp_path, bundle):
    """Whatever a cell shows: text in lines, data as it is, keys in order."""
    cells = [
        nbformat.v4.new_markdown_cell("# 标题\n\n文字", attachments={"a.png": {"image/png": "aGFsZg=="}}, id="one"),
        nbformat.v4.new_code_cell(
            "a = 1\nb = 2",
            outputs=[
                nbformat.v4.new_output("display_data", bundle),
                nbformat.v4.new_output("stream", name="stdout", text="x\ny\n"),
                nbformat.v4.new_output("error", ename="E", evalue="e", traceback=["a\nb"]),
            ],
            id="two",
        ),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.write(notebook, tmp_path / "theirs.ipynb")
    write_notebook(tmp_path / "ours.ipynb", notebook)
    assert (tmp_path / "ours.ipynb").read_bytes() == (tmp_path / "theirs.ipynb").read_bytes()
