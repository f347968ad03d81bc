"""What the cache says of sections, in the reader's language: it is kept as English words, which are read by their form."""

from __future__ import annotations

import re
from functools import cache

from .catalogue import Said, codes, message


def reason_in(kept: str, lang: str) -> str:
    """``run, because tables/outreach.csv changed`` in ``zh`` or ``en``; what is none of the catalogue's stays as it is."""
    if lang == "en":
        return kept
    for code, pattern in _forms():
        match = pattern.fullmatch(kept)
        if match:
            return Said(code, **{name: reason_in(each, lang) for name, each in match.groupdict().items()}).text(lang)
    return kept


@cache
def _forms() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for code in codes("reasons"):
        parts = re.split(r"{(\w+)}", message(code).en)
        groups = [f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
        found.append((code, re.compile("".join(groups))))
    return found
