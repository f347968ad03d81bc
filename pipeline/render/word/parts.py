"""What a Word document gathers beside its text: pictures, links, footnotes and lists."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from html import escape

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NUMBERED, BULLETED = 2, 1  # abstract lists of templates/docx/numbering.xml
_FIRST_LIST = 3  # w:num 1 numbers headings, w:num 2 leaves them unnumbered


@dataclass
class Parts:
    """The parts under construction; identifiers are given in the order of the text: equal texts give equal files."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    footnotes: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    relations: dict[str, list[str]] = field(default_factory=lambda: {"document": [], "footnotes": []})
    _names: dict[str, str] = field(default_factory=dict)
    _drawings: int = 0

    def link(self, address: str, part: str) -> str:
        """The relationship id of a link to ``address`` from ``part`` (document or footnotes)."""
        return self._relate(part, "hyperlink", escape(address), ' TargetMode="External"')

    def picture(self, data: bytes, extension: str, part: str) -> str:
        """The relationship id of a picture; the same picture twice is stored once."""
        name = self._names.setdefault(
            f"{zlib.crc32(data)}-{len(data)}.{extension}", f"image{len(self.pictures) + 1}.{extension}"
        )
        self.pictures[name] = data
        return self._relate(part, "image", f"media/{name}")

    def drawing(self) -> int:
        """The next number for a drawing: Word wants each once."""
        self._drawings += 1
        return self._drawings

    def footnote(self, content: str) -> int:
        """Keep the paragraphs of a footnote; its number."""
        self.footnotes.append(content)
        return len(self.footnotes)

    def new_list(self, kind: int, start: int = 1) -> int:
        """A list of its own, so that it counts from ``start``; its ``w:numId``."""
        number = _FIRST_LIST + len(self.lists)
        override = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start if level == 0 else 1}"/></w:lvlOverride>'
            for level in range(4)
        )
        content = override if kind == NUMBERED else ""
        self.lists.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{content}</w:num>')
        return number

    def _relate(self, part: str, kind: str, target: str, mode: str = "") -> str:
        entries = self.relations[part]
        wanted = f'Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for place, entry in enumerate(entries, 1):
            if entry.endswith(wanted):
                return f"rx{place}"
        entries.append(f'<Relationship Id="rx{len(entries) + 1}" {wanted}')
        return f"rx{len(entries)}"
