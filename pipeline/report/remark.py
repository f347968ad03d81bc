"""A problem or a finding of an earlier build as it is told again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Remark:
    """What was said of the ledgers or of a report: as text and for programs, by language."""

    code: str
    severity: str
    texts: dict[str, str]
    entries: dict[str, dict[str, Any]]

    def text(self, lang: str = "en") -> str:
        """The whole message in ``zh`` or ``en``."""
        return self.texts[lang]

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json``: the fields, and the message under ``message``."""
        return self.entries[lang]


def remarks_of(found: Iterable[Any]) -> Iterator[Remark]:
    """Problems and findings as remarks; a remark stays what it is."""
    for each in found:
        if isinstance(each, Remark):
            yield each
        else:
            texts = {lang: each.text(lang) for lang in _LANGUAGES}
            entries = {lang: each.as_dict(lang) for lang in _LANGUAGES}
            yield Remark(each.code, each.severity, texts, entries)
