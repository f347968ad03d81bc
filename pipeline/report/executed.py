"""What executing left of a section."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..document.mentions import without_captions
from ..facts.element import unexplained
from ..workspace import SectionNotebook


@dataclass(frozen=True)
class Executed:
    """A section and its executed notebook, None where it failed."""

    section: SectionNotebook
    notebook: dict[str, Any] | None

    @classmethod
    def read(cls, section: SectionNotebook, path: Path, *, failed: bool) -> Executed:
        """The notebook at ``path``, unless it failed, without what it says to its analyst alone: sources, captions in mentions."""
        if failed:
            return cls(section, None)
        return cls(section, json.loads(without_captions(unexplained(path.read_text(encoding="utf-8")))))
