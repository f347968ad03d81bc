"""The names that a notebook's code gives to something, read from it without running it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from .prose_requests import parsed_code

OF_PROSE = frozenset({"fact", "text", "as_of", "period"})  # what every piece of prose can use by name


def names_in_code(notebook: Path) -> frozenset[str]:
    """What the cells of a notebook import, assign and define, and what they give to prose by name."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    trees = (parsed_code("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code")
    return frozenset(name for tree in trees for node in ast.walk(tree) for name in _named(node))


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.alias):
        yield node.asname or node.name.partition(".")[0]
    elif isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "prose":
        yield from (one.arg for one in node.keywords if one.arg)
