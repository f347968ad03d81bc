"""Footnotes that one cell calls and another explains: each Markdown text gets the notes that it lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from .stitch import each_markdown

_CALL = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t].*(?:\n+(?: {1,4}|\t).*\S.*)*", re.MULTILINE)
_KEPT_IN = frozenset({"internal", "remove-cell"})


class _Note(NamedTuple):
    """A note as a cell has it, by the name it is called by."""

    cell: int
    section: str
    name: str
    written: str


def with_notes_from_elsewhere(cells: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The cells of a notebook, each note put behind the texts that call it and do not have it.

    Of notes of one name the next below in the same section is meant, else the last above it, else that of another
    section. What is marked internal explains nothing outside of its cell.
    """
    made = [dict(cell) for cell in cells]
    notes: list[_Note] = []
    for place, cell in enumerate(made):
        if not _KEPT_IN.intersection(cell["metadata"].get("tags", ())):
            each_markdown(cell, partial(_noted, notes, place, _section(cell)))
    for place, cell in enumerate(made if notes else ()):
        each_markdown(cell, partial(_completed, notes, place, _section(cell)))
    return made


def _section(cell: Mapping[str, Any]) -> str:
    return str((cell["metadata"].get("halfyear") or {}).get("section", ""))


def _noted(notes: list[_Note], cell: int, section: str, text: str) -> str:
    """``text`` as it is, its notes added to ``notes``."""
    notes += [_Note(cell, section, note[1], note[0]) for note in _NOTE.finditer(text)]
    return text


def _completed(notes: Sequence[_Note], cell: int, section: str, text: str) -> str:
    own = {note[1] for note in _NOTE.finditer(text)}
    for name in dict.fromkeys(_CALL.findall(text)):
        meant = [note for note in notes if note.name == name and name not in own]
        if meant:
            nearest = min(meant, key=lambda note: (note.section != section, note.cell < cell, abs(note.cell - cell)))
            text = f"{text.rstrip()}\n\n{nearest.written}\n"
    return text
