"""Executing section notebooks: parameters, place, results."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest

from pipeline.errors import UnknownParameter, WorkspaceError
from pipeline.execute import Event, run_sections
from pipeline.workspace import Workspace
from tests.execute.conftest import Bench


def test_parameters_reach_every_section_in_order(bench: Bench) -> None:
    """Each notebook runs with the given parameters and the results come back in the notebooks' order."""
    ran = bench.put("prints-period", "two-parameters").run()
    assert [bench.printed(one) for one in ran] == ["2020H2\n", "2020H2 3\n"]
    assert [one.path.name for one in ran] == ["01-prints-period.ipynb", "02-two-parameters.ipynb"]


def test_unknown_parameter_is_refused_before_anything_runs(bench: Bench) -> None:
    """A name that one notebook does not declare stops the run before the first kernel, with the nearest name."""
    bench.put("prints-period", "two-parameters")
    with pytest.raises(UnknownParameter, match=r"01-prints-period.*'perod'.*declares period.*did you mean 'period'"):
        bench.run(parameters={"perod": "2020H2"})
    with pytest.raises(UnknownParameter, match=r"01-prints-period\.ipynb has no parameter 'limit'"):
        bench.run(parameters={"limit": 5})
    assert not bench.into.exists()


def test_missing_parameters_cell_is_refused(bench: Bench) -> None:
    """A notebook without a parameters cell does not silently run on its defaults."""
    with pytest.raises(UnknownParameter, match=r"01-no-parameters-cell\.ipynb has no cell tagged 'parameters'"):
        bench.put("no-parameters-cell").run()


def test_magic_in_the_parameters_cell_is_no_hindrance(bench: Bench) -> None:
    """A line magic beside the parameters does not keep them from being found."""
    assert bench.put("magic-in-parameters").run()[0].error is None


def test_file_that_is_no_notebook_is_named(bench: Bench) -> None:
    """A damaged notebook is an error of the workspace that names the file."""
    bench.put("prints-period")
    workspace = Workspace.at(bench.root)
    [section] = workspace.sections
    section.path.write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"01-prints-period\.ipynb is not a notebook"):
        run_sections([section], parameters={}, workspace=workspace, into=bench.into)


@pytest.mark.parametrize("cold", [False, True])
def test_kernels_work_in_the_notebooks_folder(bench: Bench, cold: bool) -> None:
    """Kernels stand in notebooks/ and know the workspace, as under JupyterLab; this process does not move."""
    here, environment = Path.cwd(), dict(os.environ)
    [ran] = bench.put("working-folder").run(cold=cold)
    assert bench.printed(ran) == "notebooks True\n"
    assert (Path.cwd(), dict(os.environ)) == (here, environment)


def test_nothing_of_the_run_stays_in_the_notebook(bench: Bench) -> None:
    """Two runs give the same bytes: no time, duration, random id or path of the machine."""
    bench.put("prints-period", "warns", "prints-in-pieces", "fails-in-function", "table-and-chart")
    first = {one.path.name: one.path.read_bytes() for one in bench.run()}
    again = {one.path.name: one.path.read_bytes() for one in bench.run(into=bench.root / "again", jobs=1)}
    assert first == again
    text = b"".join(first.values()).decode()
    assert not [trace for trace in (str(bench.root), tempfile.gettempdir(), "_time", "duration") if trace in text]
    assert "<cell>:3: UserWarning: look into notebooks" in text


def test_notebook_keeps_what_a_reader_needs(bench: Bench) -> None:
    """Ids of the source, kernel, language and parameters stay in the executed notebook."""
    [ran] = bench.put("prints-period").run()
    notebook = json.loads(ran.path.read_text(encoding="utf-8"))
    assert [cell["id"] for cell in notebook["cells"]] == ["m1", "c2", "injected-parameters", "m3", "c4"]
    assert notebook["metadata"]["papermill"] == {"parameters": {"period": "2020H2"}}
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["language_info"]["name"] == "python"


def test_progress_is_told_per_cell(bench: Bench) -> None:
    """Listeners hear of the start, of each code cell by its place among all, and of the end."""
    events: list[Event] = []
    bench.put("prints-period").run(on_progress=events.append)
    assert [(event.kind, event.cell, event.cells) for event in events] == [
        ("started", 0, 4),
        ("cell", 2, 4),
        ("cell", 2, 4),
        ("cell", 4, 4),
        ("done", 0, 4),
    ]
