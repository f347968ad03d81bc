"""The release wing: what is said about a finished report, and letting it out."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Archive": "archive",
    "Audit": "tracing",
    "Candidate": "gates",
    "Finding": "findings",
    "FinishedReport": "finished",
    "Ledgers": "stated",
    "Literals": "literals",
    "Site": "site",
    "appendix_cells": "appendix",
    "audit": "tracing",
    "consistency": "agreement",
    "describe": "manifest",
    "diff": "difference",
    "digest": "manifest",
    "difference_page": "difference_shown",
    "difference_text": "difference_shown",
    "leaks": "privacy_gate",
    "privacy": "privacy_gate",
    "public": "editions",
    "publish": "publication",
    "review": "gates",
    "small_cells": "identifying",
    "read_manifest": "manifest",
    "verify": "verification",
    "write_manifest": "manifest",
    "write_site": "site",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    # Each is loaded when first asked for: a build that only writes a manifest does not pay for the rest.
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    msg = f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}"
    raise AttributeError(msg)
