"""What a document is called, whether it is our report or any other notebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import lxml.html


def document_metadata(notebook: Mapping[str, Any], resources: Mapping[str, Any]) -> dict[str, Any]:
    """``metadata.halfyear`` of a notebook; of one from elsewhere only ``name``, its file's name for want of a title."""
    name = resources.get("metadata", {}).get("name", "")
    return {"name": name, **notebook["metadata"].get("halfyear", {})}


def document_title(article: lxml.html.HtmlElement, metadata: Mapping[str, Any]) -> str:
    """The title that the metadata give; else the first heading; else the file's name."""
    first = next(article.iter("h1", "h2"), None)
    heading = " ".join("".join(first.itertext()).split()) if first is not None else ""
    return metadata.get("title") or heading or metadata.get("name") or "报告"
