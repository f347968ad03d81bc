"""A notebook is written as Jupyter writes it, so that saving it there changes nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import nbformat
import pytest

from pipeline.notebook_file import as_stored, write_notebook

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


def stored(cells, **metadata):
    """What git stores of a notebook."""
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.loads(as_stored(json.dumps(notebook).encode()))


def test_git_stores_no_results():
    """Outputs and counts of code go, and what a run and an editor note of a cell; text, tags and names stay."""
    said = {"tags": ["parameters"], "execution": {"iopub": "now"}, "collapsed": True}
    code = {"cell_type": "code", "id": "a", "source": "1", "metadata": said, "outputs": [{}], "execution_count": 3}
    text = {"cell_type": "markdown", "id": "b", "source": "# 标题", "metadata": {"scrolled": True}}
    (code, text) = stored([code, text])["cells"]
    assert (code["outputs"], code["execution_count"], code["metadata"]) == ([], None, {"tags": ["parameters"]})
    assert text == {"cell_type": "markdown", "id": "b", "source": ["# 标题"], "metadata": {}}


@pytest.mark.parametrize(
    ("metadata", "kept"),
    [
        ({"papermill": {"parameters": {}}, "widgets": {}, "own": 1}, {"own": 1}),
        ({"language_info": {"name": "python", "version": "3.12.1"}}, {"language_info": {"name": "python"}}),
        (
            {"kernelspec": {"display_name": "halfyear 环境", "language": "python", "name": "python3"}},
            {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}},
        ),
        ({"kernelspec": {"display_name": "R", "name": "ir"}}, {"kernelspec": {"display_name": "R", "name": "ir"}}),
        ({}, {}),
    ],
)
def test_git_stores_what_is_the_notebooks_own(metadata, kept):
    """Not which Python ran it, nor what an editor calls its kernel; a kernel of another kind stays as it is."""
    assert stored([], **metadata)["metadata"] == kept


@pytest.mark.parametrize("content", [b"", b"<<<<<<< HEAD\n{}", b"[]", b"{}", b'{"cells": 1, "metadata": {}}', b"\xff"])
def test_what_is_no_notebook_is_stored_as_it_is(content):
    """A merge in conflict, or anything else, goes through git unchanged, also by the command that git calls."""
    assert as_stored(content) == content
    filtered = subprocess.run(
        [sys.executable, "-m", "pipeline.notebook_file"], input=content, capture_output=True, check=True
    )
    assert filtered.stdout == content
