"""An older workspace's notebooks brought to the shipped ones: those as they were shipped are replaced, changed ones left alone."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..leftovers import temporary
from ..notebook_file import write_notebook
from ..workspace import Workspace
from .shipped import EXAMPLE, for_period, known_marks, mark_of, period_of, shipped_notebooks


@dataclass(frozen=True)
class Forward:
    """What became of the notebooks that are shipped: their files' names in the workspace; of a changed one what differs.

    ``missing`` are those that the workspace has not, for it may have put them away; ``added`` those that were asked for.
    """

    current: tuple[str, ...]
    replaced: tuple[str, ...]
    changed: dict[str, str]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return vars(self)


def bring_forward(workspace: Workspace, *, add: bool = False) -> Forward:
    """Replace each notebook that is as some version shipped it with the present one, keeping the period it is set to.

    Args:
        add: put in the shipped notebooks that the workspace has not.

    Raises:
        WorkspaceError: a notebook cannot be read.
    """
    shipped, known = shipped_notebooks(upper=True), known_marks()
    there = {section.name: section.path for section in workspace.sections}
    current, replaced, changed = [], [], {}
    for name, notebook in shipped.items():
        path = there.get(_section(name))
        if path is None:
            continue
        found = json.loads(path.read_text(encoding="utf-8"))
        if mark_of(found) == mark_of(notebook):
            current.append(path.name)
        elif mark_of(found) in known.get(name, ()):
            _write(path, for_period(notebook, period_of(found)))
            replaced.append(path.name)
        else:
            changed[path.name] = _difference(found, notebook, path)
    missing = [name for name in shipped_notebooks() if _section(name) not in there]  # an upper office's own is no lack
    added = [name for name in missing if add and not os.path.lexists(workspace.root / "notebooks" / name)]
    for name in added:
        period = str(max(workspace.periods, default=EXAMPLE))
        _write(workspace.root / "notebooks" / name, for_period(shipped[name], period))
    missing = [name for name in missing if name not in added]
    return Forward(tuple(current), tuple(replaced), changed, tuple(missing), tuple(added))


def _write(path: Path, notebook: Mapping[str, Any]) -> None:
    """The whole notebook or, if that fails, what was there."""
    with temporary(".upgrade", path.parent) as staging:
        write_notebook(staging / path.name, notebook)
        os.replace(staging / path.name, path)


def _section(file: str) -> str:
    """``reform`` of ``01-reform.ipynb``."""
    return file.partition("-")[2].removesuffix(".ipynb")


def _difference(found: Mapping[str, Any], shipped: Mapping[str, Any], path: Path) -> str:
    """From the workspace's notebook to the shipped one, as lines that a reader or ``patch`` takes for text."""
    return "".join(
        difflib.unified_diff(
            _lines(found), _lines(for_period(shipped, period_of(found))), f"notebooks/{path.name}", "halfyear"
        )
    )


def _lines(notebook: Mapping[str, Any]) -> list[str]:
    """The notebook as text: each cell behind a line that says what it is."""
    lines = []
    for cell in notebook["cells"]:
        tags = "".join(f" {tag}" for tag in cell["metadata"].get("tags", []))
        lines += [f"# %% [{cell['cell_type']}]{tags}\n", *"".join(cell["source"]).splitlines(keepends=True), "\n"]
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]
