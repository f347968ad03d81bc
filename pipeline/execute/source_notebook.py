"""A section notebook as its author saved it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..errors import UnknownParameter, WorkspaceError
from ..findings import nearest_of

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
_MAGIC = re.compile(r"^[%!].*$", re.MULTILINE)


def read_source(path: Path) -> dict[str, Any]:
    """The notebook's JSON, every cell with an ``id`` and its source as one string.

    A cell without an id (nbformat before 4.5) is given one by its place, so that two runs give the same bytes.

    Raises:
        WorkspaceError: the file is not a notebook of nbformat 4.
    """
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        cells = notebook["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError("not-a-notebook", file=path.name, reason=f"{type(error).__name__}: {error}") from error
    notebook["cells"] = cells = [cell for cell in cells if not is_injected(cell)]  # left there by an earlier run
    for number, cell in enumerate(cells, 1):
        cell.setdefault("id", f"cell-{number}")
        cell["source"] = "".join(cell["source"])
    notebook["nbformat_minor"] = max(5, notebook.get("nbformat_minor", 5))
    return notebook


def tags(cell: Mapping[str, Any]) -> list[str]:
    """The cell's tags."""
    found: list[str] = cell.get("metadata", {}).get("tags", [])
    return found


def code_of(notebook: Mapping[str, Any]) -> list[str]:
    """The sources of the code cells."""
    return [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]


def is_injected(cell: Mapping[str, Any]) -> bool:
    """Whether papermill put the cell there to set parameters."""
    return INJECTED in tags(cell)


def check_parameters(notebook: Mapping[str, Any], name: str, parameters: Iterable[str]) -> None:
    """Refuse a parameter that the notebook does not declare.

    papermill only logs it and runs with the default: a mistyped ``perido`` would report on the wrong period.

    Raises:
        UnknownParameter: no cell is tagged ``parameters``, it cannot be read, or it does not assign one of the names.
    """
    declared = _declared(notebook, name)
    for parameter in parameters:
        if parameter not in declared:
            raise UnknownParameter(
                "no-parameter",
                value=parameter,
                notebook=name,
                allowed=declared or "—",
                nearest=nearest_of(parameter, declared),
            )


def _declared(notebook: Mapping[str, Any], name: str) -> list[str]:
    """The names assigned in the parameters cell, in order."""
    found = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and PARAMETERS in tags(cell)]
    if not found:
        raise UnknownParameter("no-parameters-cell", notebook=name)
    try:
        statements = ast.parse(_MAGIC.sub("", found[0]["source"])).body
    except SyntaxError as error:
        raise UnknownParameter("parameters-not-python", notebook=name, line=error.lineno, reason=error.msg) from error
    return [name for statement in statements for name in _assigned(statement)]


def _assigned(statement: ast.stmt) -> list[str]:
    """The plain names that one statement assigns."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]
