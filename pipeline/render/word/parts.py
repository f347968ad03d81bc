"""What a Word document gathers beside its text: pictures, links, footnotes and lists."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .wordprocessing import Element, w

NUMBERED, BULLETED = 2, 1  # abstract lists of templates/docx/numbering.xml
_FIRST_LIST = 3  # w:num 1 numbers headings, w:num 2 leaves them unnumbered


class Relation(NamedTuple):
    """What a part of the package leads to; ``kind`` is the last word of the relationship's type."""

    kind: str
    target: str
    external: bool = False


@dataclass
class Parts:
    """The parts under construction; identifiers are given in the order of the text: equal texts give equal files."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    charts: list[tuple[str, bytes]] = field(default_factory=list)
    footnotes: list[Sequence[Element]] = field(default_factory=list)
    lists: list[Element] = field(default_factory=list)
    relations: dict[str, list[Relation]] = field(default_factory=lambda: {"document": [], "footnotes": []})
    _names: dict[str, str] = field(default_factory=dict)
    _drawings: int = 0

    def link(self, address: str, part: str) -> str:
        """The relationship id of a link to ``address`` from ``part`` (document or footnotes)."""
        return self._relate(part, Relation("hyperlink", address, external=True))

    def picture(self, data: bytes, extension: str, part: str) -> str:
        """The relationship id of a picture; the same picture twice is stored once."""
        name = self._names.setdefault(
            f"{zlib.crc32(data)}-{len(data)}.{extension}", f"image{len(self.pictures) + 1}.{extension}"
        )
        self.pictures[name] = data
        return self._relate(part, Relation("image", f"media/{name}"))

    def chart(self, drawing: str, workbook: bytes, part: str) -> str:
        """The relationship id of a chart and the workbook with its numbers."""
        self.charts.append((drawing, workbook))
        return self._relate(part, Relation("chart", f"charts/chart{len(self.charts)}.xml"))

    def drawing(self) -> int:
        """The next number for a drawing: Word wants each once."""
        self._drawings += 1
        return self._drawings

    def footnote(self, content: Sequence[Element]) -> int:
        """Keep the paragraphs of a footnote; its number."""
        self.footnotes.append(content)
        return len(self.footnotes)

    def new_list(self, kind: int, start: int = 1) -> int:
        """A list of its own, so that it counts from ``start``; its ``w:numId``."""
        number = _FIRST_LIST + len(self.lists)
        counted = (
            w("lvlOverride", w("startOverride", val=start if level == 0 else 1), ilvl=level)
            for level in range(4 if kind == NUMBERED else 0)
        )
        self.lists.append(w("num", w("abstractNumId", val=kind), *counted, numId=number))
        return number

    def _relate(self, part: str, relation: Relation) -> str:
        there = self.relations[part]
        if relation not in there:
            there.append(relation)
        return f"rx{there.index(relation) + 1}"
