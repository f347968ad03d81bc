"""Which language to speak where nobody said."""

from __future__ import annotations

import os

from .words import LANGUAGES

CHOSEN = "HALFYEAR_LANG"


def language(chosen: str | None = None) -> str:
    """``zh`` or ``en``: what was chosen, else ``$HALFYEAR_LANG``, else the locale's, else English."""
    wanted = chosen or os.environ.get(CHOSEN, "").strip().lower()[:2]
    if wanted in LANGUAGES:
        return wanted
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"
