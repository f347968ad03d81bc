"""The notebooks that come with the package, and by which marks those of earlier versions are known.

An installed package holds them in ``begin/notebooks`` and the example's data in ``begin/data``, put there when the wheel is
built; in the project itself they are ``notebooks/`` and ``data/``.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..installed_code import PACKAGE
from ..period import Period

_HERE = Path(__file__).parent
FILES = _HERE / "files"
UPPER = FILES / "upper"  # the notebook and the two generated ledgers of an office with units below
KNOWN = _HERE / "known_notebooks.toml"
EXAMPLE = Period.parse("2021H1")
_NUMBERED = re.compile(r"\d+-[a-z0-9]+(?:-[a-z0-9]+)*\.ipynb")
_PERIOD = re.compile(r'^(period\s*=\s*)(["\']).*?\2', re.MULTILINE)
_LENGTH = 16  # hexadecimal figures of a mark


def shipped_notebooks(*, upper: bool = False) -> dict[str, dict[str, Any]]:
    """Every notebook that a new workspace begins with, by its file's name; with ``upper`` the one about the units below, too."""
    paths = [path for path in _packed("notebooks").iterdir() if _NUMBERED.fullmatch(path.name)]
    paths += [*FILES.glob("*.ipynb"), *(UPPER.glob("*.ipynb") if upper else ())]
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(paths, key=lambda one: one.name)}


def example_data() -> Path:
    """The folder of the example's data, for ``EXAMPLE``."""
    return _packed("data") / str(EXAMPLE)


def _packed(name: str) -> Path:
    packed = _HERE / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def for_period(notebook: Mapping[str, Any], period: str) -> dict[str, Any]:
    """The notebook with ``period`` as the value that its parameters cell gives."""
    return {**notebook, "cells": [_with_period(cell, period) for cell in notebook["cells"]]}


def period_of(notebook: Mapping[str, Any]) -> str:
    """The period that its parameters cell gives, "" where it gives none."""
    said = (_PERIOD.search("".join(cell["source"])) for cell in notebook["cells"] if _is_parameters(cell))
    return next((match[0].partition("=")[2].strip(" \t\"'") for match in said if match), "")


def mark_of(notebook: Mapping[str, Any]) -> str:
    """What a notebook is known by: its cells' texts and tags. A run, another period and Jupyter's own notes change nothing."""
    cells = [
        [cell["cell_type"], "".join(cell["source"]).strip(), cell["metadata"].get("tags", [])]
        for cell in for_period(notebook, "")["cells"]
        if "injected-parameters" not in cell["metadata"].get("tags", [])
    ]
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()[:_LENGTH]


def known_marks() -> dict[str, list[str]]:
    """The marks of every version that was shipped, by the notebook's name."""
    return tomllib.loads(KNOWN.read_text(encoding="utf-8"))


def _with_period(cell: Mapping[str, Any], period: str) -> dict[str, Any]:
    if not _is_parameters(cell):
        return dict(cell)
    return {**cell, "source": _PERIOD.sub(rf'\g<1>"{period}"', "".join(cell["source"]))}


def _is_parameters(cell: Mapping[str, Any]) -> bool:
    return "parameters" in cell["metadata"].get("tags", [])


def remember() -> None:
    """Write the marks of the notebooks as they are now beside those of earlier versions; a release does so."""
    known = known_marks()
    for name, notebook in shipped_notebooks(upper=True).items():
        known[name] = list(dict.fromkeys([*known.get(name, []), mark_of(notebook)]))
    lines = [f'"{name}" = [{", ".join(json.dumps(mark) for mark in marks)}]\n' for name, marks in sorted(known.items())]
    head = "# What each version of a notebook that was shipped is known by: python -m pipeline.begin.shipped adds the present ones.\n"
    KNOWN.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    remember()
