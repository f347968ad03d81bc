"""Placeholders that a finished report prints as they were typed: the f before the quotation marks was forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..document.left_braces import left_braces
from ..findings import Finding, Place
from ..ledger.names_in_code import OF_PROSE, names_in_code
from ..workspace import SectionNotebook
from .ledgers import Ledgers
from .notebook_cells import numbered

_READ = ("text/markdown", "text/html")


def left_placeholders(
    notebook: Mapping[str, Any], sections: Sequence[SectionNotebook], ledgers: Ledgers
) -> Iterator[Finding]:
    """What stands in braces in a stitched notebook and calls or names what its chapter's code or the ledgers know."""
    chapters = {one.name: one for one in sections}
    known = {one.name: OF_PROSE | names_in_code(one.path) | ledgers.fields for one in sections}
    for cell in notebook["cells"]:
        name, number = numbered(cell)
        chapter = chapters.get(name)
        place = Place(chapter.path.name, section=name, title=chapter.title, cell=number) if chapter else Place()
        found = (what for text in _texts(cell) for _, what in left_braces(text, known.get(name, OF_PROSE)))
        yield from (Finding("placeholder-printed", place, what) for what in dict.fromkeys(found))


def _texts(cell: Mapping[str, Any]) -> Iterator[str]:
    if cell["cell_type"] == "markdown":
        yield "".join(cell["source"])
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        yield from ("".join(data[kind]) for kind in _READ if kind in data)
