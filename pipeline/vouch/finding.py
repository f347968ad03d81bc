"""What is wrong with a finished report: where it stands, what was found, what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..document.passages import Place
from .report_messages import MESSAGES


@dataclass(frozen=True)
class Finding:
    """One fault of a report or of a file that is to leave.

    ``place`` is a place in the report or, for a file, its name and the part of it; ``cell`` the number of the cell in
    the section's notebook (0: unknown); ``found`` the words in question, masked where they are personal; ``sentence``
    the sentence around them; ``params`` what the message of ``code`` needs besides.
    """

    code: str
    place: Place | str = ""
    found: str = ""
    sentence: str = ""
    cell: int = 0
    params: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def severity(self) -> str:
        """``error`` or ``warning``."""
        return MESSAGES[self.code].severity

    @property
    def section(self) -> str:
        """The section's name, or nothing for a file."""
        return self.place.section if isinstance(self.place, Place) else ""

    def where(self, lang: str = "en") -> str:
        """``reform, cell 7, paragraph 3`` or ``改革创新，第7单元格，第3段``."""
        if isinstance(self.place, str):
            return self.place
        return where(self.place, self.cell, lang)

    def text(self, lang: str = "en") -> str:
        """The whole message in ``zh`` or ``en``."""
        words = {"found": self.found, "sentence": self.sentence, **self.params}
        words = {name: where(value, 0, lang) if isinstance(value, Place) else value for name, value in words.items()}
        return f"{self.where(lang)}{'：' if lang == 'zh' else ': '}{MESSAGES[self.code].text(lang, words)}"

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json``: the fields, and the message under ``message``."""
        return {
            "severity": self.severity,
            "code": self.code,
            "section": self.section,
            "cell": self.cell,
            "place": self.place if isinstance(self.place, str) else self.place.text(lang),
            "found": self.found,
            "sentence": self.sentence,
            "message": self.text(lang),
        }


def where(place: Place, cell: int, lang: str) -> str:
    """A place of the report with its section and cell."""
    zh = lang == "zh"
    section = (place.title or place.section) if zh else place.section
    number = (f"第{cell}单元格" if zh else f"cell {cell}") if cell else ""
    return ("，" if zh else ", ").join(filter(None, (section, number, place.text(lang))))
