"""Text cells of the notebooks, read before any notebook runs: they reach the report as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..document.left_braces import left_braces
from ..facts.unprintable import Undrawn, unprintable
from ..findings import Finding, Place
from ..ledger.names_in_code import OF_PROSE, names_in_code
from ..workspace import Workspace


def faulty_cells(workspace: Workspace, undrawn: Undrawn) -> Iterator[Finding]:
    """What no page can show of the notebooks' Markdown cells, and what nothing fills in, with notebook, cell and line."""
    for section in workspace.sections:
        cells: list[dict[str, Any]] = json.loads(section.path.read_text(encoding="utf-8"))["cells"]
        known = OF_PROSE | names_in_code(section.path)
        for number, cell in enumerate(cells, 1):
            if cell["cell_type"] == "markdown" and "remove-cell" not in cell.get("metadata", {}).get("tags", ()):
                text, place = "".join(cell["source"]), Place(section.path.name, cell=number)
                for line, said in enumerate(text.split("\n"), 1):
                    yield from unprintable(said, place._replace(line=line), undrawn)
                for line, what in left_braces(text, known):
                    yield Finding("placeholder-in-cell", place._replace(line=line), what)
