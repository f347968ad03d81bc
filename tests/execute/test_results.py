"""What is kept of a section that ran, put back into its notebook, is the executed notebook."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from pipeline.execute.results import checked, executed_notebook, results_of

INJECTED = {"cell_type": "code", "id": "injected", "source": "period = 1", "metadata": {"tags": ["injected-parameters"]}, "outputs": [], "execution_count": 2}  # fmt: skip


def cell(kind: str, name: str, source: str, **metadata: Any) -> dict[str, Any]:
    result = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "source": source, "metadata": metadata, **result}


@pytest.fixture
def source() -> dict[str, Any]:
    """A notebook as it is stored: two cells with parameters, of which the first counts."""
    cells = [
        cell("markdown", "title", "# 改革创新", tags=["lead"], papermill={"duration": 1}),
        cell("code", "given", "period = 0", tags=["parameters"], execution={"iopub": "now"}),
        cell("code", "again", "period", tags=["parameters"]),
    ]
    return {"cells": cells, "metadata": {"kernelspec": {"name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def executed(source: dict[str, Any]) -> dict[str, Any]:
    """The same after a run with another period."""
    ran = copy.deepcopy(source)
    shown = [{"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": 3}]
    ran["cells"][0]["metadata"] = {"tags": ["lead"]}
    ran["cells"][1] |= {"metadata": {"tags": ["parameters"]}, "execution_count": 1}
    ran["cells"][2] |= {"outputs": shown, "execution_count": 3}
    ran["cells"].insert(2, INJECTED)
    ran["metadata"]["language_info"] = {"name": "python"}
    return ran


def test_results_put_back_are_the_executed_notebook(source: dict[str, Any], executed: dict[str, Any]) -> None:
    """Each code cell has its result, what was injected stands behind the parameters, and no trace of an earlier run is left."""
    results = checked(results_of(executed), source)
    assert executed_notebook(source, results) == executed


@pytest.mark.parametrize(
    "damage",
    [
        lambda results: [],
        lambda results: {**results, "cells": results["cells"][1:]},
        lambda results: {**results, "metadata": None},
        lambda results: {**results, "cells": [{**one, "execution_count": "1"} for one in results["cells"]]},
        lambda results: {**results, "cells": [{**one, "outputs": [{"output_type": ""}]} for one in results["cells"]]},
        lambda results: {**results, "injected": [{}]},
        lambda results: {"cells": results["cells"]},
    ],
)
def test_what_cannot_be_the_results_of_a_notebook_is_refused(
    source: dict[str, Any], executed: dict[str, Any], damage: Any
) -> None:
    """Of another shape, of fewer cells or without a part of it: whoever kept it runs the section again."""
    with pytest.raises((LookupError, TypeError, ValueError, AttributeError)):
        checked(damage(results_of(executed)), source)
