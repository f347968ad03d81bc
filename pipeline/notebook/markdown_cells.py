"""Text cells of the notebooks, read before any notebook runs: they reach the report as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..facts.unprintable import Undrawn, unprintable
from ..findings import Finding, Place
from ..workspace import Workspace


def unprintable_cells(workspace: Workspace, undrawn: Undrawn) -> Iterator[Finding]:
    """What no page can show of the notebooks' Markdown cells, with notebook, cell and line."""
    for section in workspace.sections:
        cells: list[dict[str, Any]] = json.loads(section.path.read_text(encoding="utf-8"))["cells"]
        for number, cell in enumerate(cells, 1):
            if cell["cell_type"] == "markdown" and "remove-cell" not in cell.get("metadata", {}).get("tags", ()):
                for line, said in enumerate("".join(cell["source"]).split("\n"), 1):
                    yield from unprintable(said, Place(section.path.name, cell=number, line=line), undrawn)
