"""What a kernel gave, apart from the notebook it was asked by, and the two put together again.

Every executed notebook is made here from its source and its results: the bytes are the same whether the results were
computed a moment ago or found in the cache, and prose that changed since needs no kernel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .source_notebook import PARAMETERS, is_injected, tags


def results_of(executed: Mapping[str, Any]) -> dict[str, Any]:
    """The results in an executed and cleaned notebook: outputs by code cell, injected parameters, kernel's language."""
    code = [cell for cell in executed["cells"] if cell["cell_type"] == "code"]
    metadata = executed["metadata"]
    return {
        "cells": [_result(cell) for cell in code if not is_injected(cell)],
        "injected": [dict(cell) for cell in code if is_injected(cell)],
        "metadata": {key: metadata[key] for key in ("language_info", "papermill", "widgets") if key in metadata},
    }


def _result(cell: Mapping[str, Any]) -> dict[str, Any]:
    return {"execution_count": cell["execution_count"], "outputs": cell["outputs"]}


def checked(results: Any, source: Mapping[str, Any]) -> dict[str, Any]:
    """``results``, if they can be those of this notebook.

    Raises:
        LookupError, TypeError, ValueError, AttributeError: they are of another shape.
    """
    code = [cell for cell in source["cells"] if cell["cell_type"] == "code"]
    if not isinstance(results, dict):
        raise TypeError(results)
    for cell in (*results["injected"], *results["cells"]):
        if not isinstance(cell["execution_count"], int | None) or not all(
            output["output_type"] for output in cell["outputs"]
        ):
            raise ValueError(cell)
    if len(results["cells"]) != len(code) or not isinstance(results["metadata"], dict):
        raise ValueError(results["metadata"])
    executed_notebook(source, results)
    return results


def executed_notebook(source: Mapping[str, Any], results: Mapping[str, Any]) -> dict[str, Any]:
    """The executed notebook: the cells of ``source``, each code cell with its result, injected cells in their place."""
    remaining = iter(results["cells"])
    cells: list[dict[str, Any]] = []
    parameters_seen = False
    for cell in source["cells"]:
        code = cell["cell_type"] == "code"
        cells.append({**_without_traces(cell), **(next(remaining) if code else {})})
        if code and not parameters_seen and PARAMETERS in tags(cell):
            parameters_seen = True
            cells += results["injected"]
    return {**source, "cells": cells, "metadata": {**source["metadata"], **results["metadata"]}}


def _without_traces(cell: Mapping[str, Any]) -> dict[str, Any]:
    """The cell without what an earlier run may have left in its metadata."""
    metadata = {key: value for key, value in cell["metadata"].items() if key not in ("papermill", "execution")}
    return {**cell, "metadata": metadata}
