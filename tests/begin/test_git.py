"""Notebooks in git: stored without what a run leaves in them, whoever ran them and with whatever."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.begin import git_filter
from pipeline.begin.machine import machine
from pipeline.notebook_file import as_stored

ROOT = Path(__file__).parents[2]
STORED = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("pipeline/begin/files/**/*.ipynb")])
OUTPUT = {"name": "stdout", "output_type": "stream", "text": ["SECRET"]}
FULL = {"name": "python", "version": "3.12.1", "mimetype": "text/x-python", "codemirror_mode": {"name": "ipython"}}
# What each way of running a notebook leaves in its file: in its cells, in the notebook.
LEFT = {
    "JupyterLab": ({"execution": {"iopub.execute_input": "2026-01-01T00:00:00Z"}, "collapsed": False}, {"language_info": FULL}),
    "VS Code": ({}, {"kernelspec": {"name": "python3", "language": "python", "display_name": ".venv"}, "language_info": FULL}),
    "papermill": ({"papermill": {"duration": 0.1}, "execution": {}}, {"papermill": {"version": "2.6"}, "language_info": FULL}),
    "a widget": ({"scrolled": True, "ExecuteTime": {"start_time": "x"}}, {"widgets": {"state": {}}}),
}  # fmt: skip


def git(folder, *arguments):
    return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True).stdout


def ran(content, left):
    """The notebook's file after a run."""
    notebook, (in_cells, in_notebook) = json.loads(content), left
    for number, cell in enumerate(notebook["cells"], 1):
        cell["metadata"] |= in_cells
        cell["source"] = "".join(cell["source"])
        if cell["cell_type"] == "code":
            cell |= {"outputs": [OUTPUT], "execution_count": number}
    return json.dumps({**notebook, "metadata": notebook["metadata"] | in_notebook}).encode()


@pytest.mark.parametrize("left", LEFT.values(), ids=LEFT)
def test_a_run_changes_nothing_of_what_is_stored(left):
    """Whatever ran a notebook that comes with the package, git stores it to the byte as it was."""
    assert len(STORED) == 7
    for path in STORED:
        assert as_stored(ran(path.read_bytes(), left)) == path.read_bytes() == as_stored(path.read_bytes())


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<<<<<<< ours\n{}\n", b"[]", b"3", b"null", b"{}", b"\xff\xfe", b'{"cells": 3, "metadata": {}}',
        b'{"cells": [1], "metadata": {}}', b'{"cells": [{"cell_type": "code", "metadata": {}}], "metadata": {}}',
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_stored_as_it_is(content):
    """A merge in conflict, a half-written file: git gets every byte of it."""
    assert as_stored(content) == content


@pytest.fixture
def repository(tmp_path):
    """An empty repository."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "x")
    git(tmp_path, "config", "user.email", "x@localhost")
    return tmp_path


def test_a_workspace_begun_in_a_repository_shows_no_change_after_a_run(repository, halfyear):
    """init tells git the filter and says so; notebooks that ran and were saved are no change, and what is stored has no result."""
    begun = halfyear("init", repository / "office", "--period", "2023Q2", "--lang", "en")
    assert "git has its filter now" in begun.stdout
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "begun")
    notebooks = sorted((repository / "office/notebooks").glob("*.ipynb"))
    for path in notebooks:
        path.write_bytes(ran(path.read_bytes(), LEFT["JupyterLab"]))
        git_filter.settle(path)
    assert git(repository, "status", "--porcelain") == ""
    (path.parent / "own.ipynb").write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b"# ", b"# \xe6\x96\xb0", 1))
    for each in path.parent.iterdir():
        git_filter.settle(each)
    changes = git(repository, "status", "--porcelain").split()
    assert changes == ["M", f"office/notebooks/{path.name}", "??", "office/notebooks/own.ipynb"]
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "a new title")
    assert "SECRET" not in git(repository, "show", f"HEAD:office/notebooks/{path.name}")
    assert "SECRET" in path.read_text(encoding="utf-8")


def test_a_filter_of_ones_own_is_left_alone(repository):
    """Where a repository has the filter already, init changes nothing and says nothing."""
    git(repository, "config", "filter.without-outputs.clean", "cat")
    assert not git_filter.tell_git(repository)
    assert git(repository, "config", "filter.without-outputs.clean").strip() == "cat"
    assert not git_filter.tell_git(repository / "no such folder")


def test_doctor_tells_a_clone_that_lacks_the_filter(repository, halfyear):
    """A filter is not cloned: doctor says which command sets it, and that command does."""
    halfyear("init", repository / "office", "--period", "2023Q2")
    git(repository, "config", "--unset", "filter.without-outputs.clean")
    told = [one for one in machine(repository / "office") if one.code == "doctor-git"]
    assert [one.severity for one in told] == ["warning"]
    subprocess.run(told[0].params["command"], shell=True, check=True, cwd=repository)
    assert sys.executable in git(repository, "config", "filter.without-outputs.clean")
    assert not [one for one in machine(repository / "office") if one.code == "doctor-git"]
