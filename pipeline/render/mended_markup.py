"""What of a cell's words is set otherwise than it was written, for whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import lxml.html

from .cell_spans import settle_spans
from .heading_levels import drop_empty_headings
from .markdown import markdown_to_html

_DOUBTFUL = re.compile(r"^ {0,3}#{1,6}[\W_]*$|<h[1-6]|\b(?:row|col)span", re.MULTILINE | re.IGNORECASE)


def mended(cell: Mapping[str, Any]) -> Iterator[str]:
    """``heading-empty``, ``cells-overlap``: the code of each thing that the report mends of a notebook's cell."""
    for html in filter(None, _pieces(cell)):
        root = lxml.html.fragment_fromstring(html, create_parent="div")
        if drop_empty_headings(root):
            yield "heading-empty"
        if any(settle_spans(table) for table in root.iter("table")):
            yield "cells-overlap"


def _pieces(cell: Mapping[str, Any]) -> Iterator[str]:
    if cell["cell_type"] == "markdown":
        yield _doubtful("".join(cell["source"]), markdown=True)
    for output in cell.get("outputs", ()):
        for kind in ("text/markdown", "text/html"):
            yield _doubtful("".join(output.get("data", {}).get(kind, "")), markdown=kind == "text/markdown")


def _doubtful(text: str, *, markdown: bool) -> str:
    """The HTML of a text that may have something to mend; most have not, and need not be read again."""
    if not _DOUBTFUL.search(text):
        return ""
    return markdown_to_html(text) if markdown else text
