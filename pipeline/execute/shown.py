"""What of a cell's outputs a page cannot show: drawings that a script would make in a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_DRAWINGS = re.compile(
    r"application/(vnd\.(plotly|vega|vegalite|bokehjs_exec|bokehjs_load|holoviews_exec)\b|javascript$)"
)
_FRAMES = re.compile(r"<(iframe|embed|object|canvas)\b", re.IGNORECASE)
_SCRIPTS = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_SHOWN = re.compile(r"<(img|svg)\b|[^\s<>](?![^<>]*>)", re.IGNORECASE)


def script_of(output: Mapping[str, Any]) -> str:
    """What only a script could show of an output, by its media type; "" where there is a picture or nothing to draw."""
    data = output.get("data", {})
    if any(kind in data for kind in PICTURES):
        return ""
    drawn = next((kind for kind in data if _DRAWINGS.match(kind)), "")
    html = "".join(data.get("text/html", ""))
    words = _SCRIPTS.sub("", html)
    alone = bool(html) and ((words != html and not _SHOWN.search(words)) or _FRAMES.search(html) is not None)
    return drawn or ("text/html" if alone else "")
