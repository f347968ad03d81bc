"""Which rows of which ledgers the notebooks and the prose ask for, read from them without running anything."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .prose_requests import parsed_code

_OPTIONS = frozenset({"value", "total_by"})  # of `compared`: they choose no rows
_ASKED_BY_NAME = re.compile(r"\b(?:fact|text|as_of)\(\s*(['\"])(.+?)\1\s*,\s*(['\"])(.+?)\3")


class RowsAsked(NamedTuple):
    """Rows that a chapter asks for: of the ledger ``table`` (its stem) those whose fields have the values ``where``.

    A field whose value only a run tells is left out. ``by`` is the notebook.
    """

    by: str
    chapter: str
    table: str
    where: dict[str, str]


class KeyAsked(NamedTuple):
    """A figure or words asked for by what they are about, in a notebook or a file of prose, called ``by``."""

    by: str
    subject: str
    measure: str


def rows_asked(notebook: Path, chapter: str) -> Iterator[RowsAsked]:
    """The rows that ``section.table(…)`` and ``section.compared(…)`` of a notebook ask for."""
    for call in _calls(notebook, ("table", "compared")):
        name = call.args[0] if call.args else None
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            where = {
                one.arg: one.value.value for one in call.keywords if isinstance(one.value, ast.Constant) and one.arg
            }
            chosen = {field: str(value) for field, value in where.items() if field not in _OPTIONS}
            yield RowsAsked(notebook.name, chapter, name.value, chosen)


def keys_asked(notebook: Path) -> Iterator[KeyAsked]:
    """The keys that ``section.fact("…", "…")``, ``text`` and ``as_of`` of a notebook ask for."""
    for call in _calls(notebook, ("fact", "text", "as_of")):
        key = [one.value for one in call.args[:2] if isinstance(one, ast.Constant)]
        if len(key) == 2:
            yield KeyAsked(notebook.name, *map(str, key))


def files_asked(notebook: Path) -> Iterator[str]:
    """The files of an analyst's own that ``section.file("…")`` of a notebook reads."""
    for call in _calls(notebook, ("file",)):
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
            yield call.args[0].value


def keys_in_prose(text: str, file: str) -> Iterator[KeyAsked]:
    """The keys that the placeholders of a file of prose ask for."""
    for match in _ASKED_BY_NAME.finditer(text):
        yield KeyAsked(file, match[2], match[4])


def _calls(notebook: Path, names: tuple[str, ...]) -> Iterator[ast.Call]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":
            yield from (call for name, call in _methods("".join(cell["source"])) if name in names)


@lru_cache(maxsize=1024)
def _methods(source: str) -> tuple[tuple[str, ast.Call], ...]:
    """Every ``….name(…)`` in the code of a cell, looked through once for all who ask."""
    calls = (node for node in ast.walk(parsed_code(source)) if isinstance(node, ast.Call))
    return tuple((call.func.attr, call) for call in calls if isinstance(call.func, ast.Attribute))
