"""Which prose the notebooks ask for, read from their code without running it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .declared_ledgers import ledgers_in
from .roles import Role

_CONDITIONAL = (ast.If, ast.IfExp, ast.Try, ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.BoolOp)  # fmt: skip
ANY = "*"  # a piece of prose whose name only a run tells
_MAGIC = ("%", "!", "?")


class Asked(NamedTuple):
    """A piece of prose that a notebook asks for.

    ``part`` is that of ``prose/SECTION-PART.md``, "" for one piece an initiative (by its 编号), ``ANY`` for one that only a
    run names; ``always`` says that no
    condition decides whether it is asked for, ``optional`` that it may stay empty; ``section`` is the one section that
    the notebook opens by name, "" where it opens none or several.
    """

    part: str
    always: bool
    optional: bool = False
    section: str = ""


def asked(notebook: Path) -> list[Asked]:
    """The prose that ``section.prose(…)`` names in a notebook, in order; what is named by other means is not seen."""
    codes = {column.field for column in ledgers_in(notebook.parents[1]).having(Role.INITIATIVE_CODE).values()}
    return list(_asked(notebook.read_text(encoding="utf-8"), frozenset(codes)))


@lru_cache(maxsize=64)
def _asked(notebook: str, codes: frozenset[str]) -> tuple[Asked, ...]:
    cells = json.loads(notebook)["cells"]
    trees = [parsed_code("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    opened = {name for tree in trees for name in _opened(tree)}
    section = opened.pop() if len(opened) == 1 else ""
    found = (one for tree in trees for one in _in_node(tree, codes, always=True))
    return tuple(dict.fromkeys(one._replace(section=section) for one in found))


@lru_cache(maxsize=1024)
def parsed_code(source: str) -> ast.Module:
    """The code of a cell, without what only IPython reads; nothing where it is not well formed.

    One and the same for all who ask, as there are many: look, do not touch.
    """
    lines = ["" if line.lstrip().startswith(_MAGIC) else line for line in source.splitlines()]
    try:
        return ast.parse("\n".join(lines))
    except SyntaxError:  # what runs of such a cell is told when it runs
        return ast.Module([], [])


def _opened(tree: ast.Module) -> Iterator[str]:
    """The names given to ``Section("…", period)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Section" and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value


def _in_node(node: ast.AST, codes: frozenset[str], *, always: bool) -> Iterator[Asked]:
    always = always and not isinstance(node, _CONDITIONAL)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "prose" and node.args:
        part, optional = node.args[0], any(one.arg == "optional" and _is_true(one.value) for one in node.keywords)
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield Asked(part.value, always, optional)
        elif isinstance(part, ast.Attribute) and part.attr in codes:
            yield Asked("", always, optional)
        else:
            yield Asked(ANY, always=False, optional=optional)
    for child in ast.iter_child_nodes(node):
        yield from _in_node(child, codes, always=always)


def _is_true(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is True
