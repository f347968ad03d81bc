"""The notebook cell in which a passage of the report was made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from html import unescape
from typing import Any

from ..document.passages import Passage
from ..findings import Place

_MARKUP = re.compile(r"<[^>]*>")
_SPOKEN = re.compile(r'\b(?:alt|title)="([^"]*)"')
_WRITING = re.compile(r"[\s#*_`>|\\~-]+")
_PLACE = re.compile(r".*-(\d+)")


class Cells:
    """The cells of a stitched notebook, found by the words they show."""

    def __init__(self, notebook: Mapping[str, Any] | None) -> None:
        self._notebook = notebook or {"cells": []}

    @cached_property
    def _cells(self) -> list[tuple[str, int, str, str]]:
        return [_said(cell) for cell in self._notebook["cells"]]  # most reports have nothing to be placed

    def place(self, passage: Passage) -> Place:
        """Where the passage stands, for a finding."""
        return passage.place.reported(self.number(passage))

    def number(self, passage: Passage) -> int:
        """The number of the passage's cell in its section's notebook; 0 where it cannot be told."""
        place, wanted = passage.place, _without_writing(passage.text)
        figure = f'<span class="number">{place.figure}</span>'
        for section, number, markup, words in self._cells:
            if section == place.section and (figure in markup if place.figure else wanted in words):
                return number
        return 0

    def saying(self, words: str) -> tuple[str, int]:
        """The section and the number of the first cell that shows these words; a blank and 0 where none does."""
        wanted = _without_writing(words)
        for section, number, markup, said in self._cells if wanted else ():
            if section and (wanted in said or words in markup):
                return section, number
        return "", 0


def numbered(cell: Mapping[str, Any]) -> tuple[str, int]:
    """The section of a stitched cell and its number in that section's notebook; a blank and 0 where it has none."""
    number = _PLACE.fullmatch(cell.get("id", ""))
    section = (cell["metadata"].get("halfyear") or {}).get("section", "")
    return section, int(number[1]) if number and section else 0


def _without_writing(text: str) -> str:
    return _WRITING.sub("", text)


def _said(cell: Mapping[str, Any]) -> tuple[str, int, str, str]:
    """A cell's section, its number, its markup and its words without blanks and marks of Markdown."""
    texts = [cell["source"]] if cell["cell_type"] == "markdown" else []
    beside = []  # what a picture shows, and what stands for it
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        texts += [data.get(kind, "") for kind in ("text/markdown", "text/html")]
        texts.append(output.get("text", ""))
        beside += [data.get(kind, "") for kind in ("image/svg+xml", "text/plain")]
    markup = "\n".join("".join(text) for text in texts)
    spoken = "".join(_SPOKEN.findall(markup))
    return (
        *numbered(cell),
        "\n".join([markup, *map("".join, beside)]),
        _without_writing(unescape(_MARKUP.sub("", markup) + spoken)),
    )
