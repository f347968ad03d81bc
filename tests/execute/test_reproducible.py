"""What a run leaves in a notebook that says when, where and by which random numbers it ran is taken out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from pipeline.execute.reproducible import clean

ROOT = Path("/srv/office")


def cleaned(*cells: Any) -> list[Any]:
    return list(clean(new_notebook(cells=list(cells)), parameters={"period": "2021H1"}, root=ROOT).cells)


def test_cells_keep_their_own_tags_and_lose_what_papermill_adds() -> None:
    """Tags stay, empty lists of them and times go; what papermill put in has the same name each time."""
    own = new_code_cell("a", metadata={"tags": ["remove-input"], "papermill": {"duration": 1.2}})
    empty = new_code_cell("b", metadata={"tags": []})
    bare = new_code_cell("c")
    given = new_code_cell("period = 1", metadata={"tags": ["injected-parameters"]})
    names = own.id, empty.id, bare.id
    first, second, third, put_in = cleaned(own, empty, bare, given)
    assert [dict(cell.metadata) for cell in (first, second, third)] == [{"tags": ["remove-input"]}, {}, {}]
    assert (first.id, second.id, third.id) == names
    assert put_in.id == cleaned(new_code_cell("x", metadata={"tags": ["injected-parameters"]}))[0].id


def test_the_notebook_says_its_parameters_alone_of_the_run() -> None:
    """Of what papermill says of a run, the parameters stay."""
    notebook = new_notebook(metadata={"papermill": {"start_time": "now"}})
    assert clean(notebook, parameters={"period": "2021H1"}, root=ROOT).metadata["papermill"] == {
        "parameters": {"period": "2021H1"}
    }


def out(name: str, text: str) -> Any:
    return new_output("stream", name=name, text=text)


@pytest.mark.parametrize(
    ("outputs", "kept"),
    [
        ([out("stdout", "a"), out("stdout", "b\n")], ["stdout ab\n"]),
        ([out("stderr", "w"), out("stdout", "a"), out("stderr", "v")], ["stdout a", "stderr wv"]),
        ([out("stderr", "w"), new_output("display_data"), out("stdout", "a")], ["stderr w", " ", "stdout a"]),
        ([out("stdout", " 10%\r 20%\r100%\n")], ["stdout 100%\n"]),
        ([out("stdout", "done\r\nnext")], ["stdout done\r\nnext"]),
        ([out("stderr", f"{ROOT}/data/a.csv of {ROOT}")], ["stderr data/a.csv of ."]),
        ([out("stderr", f"{sys.prefix}/lib/a.py")], ["stderr <python>/lib/a.py"]),
    ],
)
def test_a_stream_is_one_piece_without_the_machines_paths(outputs: list[Any], kept: list[str]) -> None:
    """In whatever pieces it came: standard output first, what was written over gone, paths below the workspace or Python."""
    (cell,) = cleaned(new_code_cell("a", outputs=outputs))
    assert [f"{output.get('name', '')} {output.get('text', '')}" for output in cell.outputs] == kept


def test_a_traceback_names_no_folder_of_the_machine() -> None:
    """Each line of it says where below the workspace."""
    error = new_output("error", ename="E", evalue="e", traceback=[f"File {ROOT}/notebooks/01.ipynb", "E: e"])
    (cell,) = cleaned(new_code_cell("a", outputs=[error]))
    assert cell.outputs[0]["traceback"] == ["File notebooks/01.ipynb", "E: e"]
