"""One wrong thing: where, how bad, what was found, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .catalogue import message
from .place import NOWHERE, Place
from .words import LANGUAGES, Words, in_language, shown

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """One fault of the data, the prose, the settings, a report or a file that is to leave; told once however many cells share it.

    ``value`` is what was found, masked where it is personal; ``params`` are what the catalogue's wording of ``code`` needs
    besides: what is allowed, what is near, the sentence around it. ``severity`` is the catalogue's unless given.
    """

    code: str
    place: Place = NOWHERE
    value: str = ""
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    severity: str = ""

    def __post_init__(self) -> None:
        if not self.severity:
            object.__setattr__(self, "severity", message(self.code).severity)

    def text(self, lang: str = "en") -> str:
        """The whole message in ``zh`` or ``en``; place and value stand before it where it does not name them itself."""
        entry = message(self.code)
        wording = entry.wording(lang)
        place = "" if "{place}" in wording else self.place.text(lang)
        value = shown(self.value, lang) if self.value and "{value}" not in wording else ""
        said = entry.text(lang, {"value": self.value, "place": self.place, **self.params})
        return ("：" if lang == "zh" else ": ").join(filter(None, (" ".join(filter(None, (place, value))), said)))

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json``: the fields, and the message under ``message``."""
        place = self.place
        return {
            "severity": self.severity,
            "code": self.code,
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row,
            "rows": list(place.rows or filter(None, (place.line,))),
            "column": place.column,
            "heading": place.heading,
            "key": place.key,
            "section": place.section,
            "cell": place.cell,
            "place": place.name(lang),
            "value": self.value or place.key,
            "found": self.value,
            "sentence": in_language(self.params.get("sentence", ""), lang),
            "message": self.text(lang),
        }

    def as_kept(self) -> dict[str, Any]:
        """For a later build, as JSON; :meth:`of_kept` reads it again and says the same."""
        params = {name: [in_language(value, lang) for lang in LANGUAGES] for name, value in self.params.items()}
        return {
            "code": self.code,
            "place": self.place.as_kept(),
            "value": self.value,
            "params": params,
            "severity": self.severity,
        }

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> Finding:
        """The finding that :meth:`as_kept` wrote down."""
        params = {name: Words(*pair) for name, pair in kept["params"].items()}
        return cls(kept["code"], Place.of_kept(kept["place"]), kept["value"], params, kept["severity"])
