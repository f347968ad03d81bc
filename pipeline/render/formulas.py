"""TeX formulas to MathML, which browsers draw and pandoc reads back for Typst and Word."""

from __future__ import annotations

import json
from collections.abc import Sequence

import lxml.html

from .pandoc import pandoc


def mathematics_to_mathml(root: lxml.html.HtmlElement) -> None:
    """Replace every ``<span class="math inline|display">`` under ``root`` by ``<math>``, in one call of pandoc.

    A formula pandoc cannot read stays a span with its TeX.
    """
    spans = [span for span in root.iter("span") if "math" in span.classes]
    if not spans:
        return
    formulas = [(span.text_content()[2:-2], "display" in span.classes) for span in spans]
    for span, drawn in zip(spans, _drawn(formulas), strict=True):
        found = drawn.find(".//math")
        if found is not None:
            found.tail = span.tail
            span.getparent().replace(span, found)


def _drawn(formulas: Sequence[tuple[str, bool]]) -> list[lxml.html.HtmlElement]:
    """One ``<p>`` a formula."""
    blocks = [
        {"t": "Para", "c": [{"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, tex]}]}
        for tex, display in formulas
    ]
    document = json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})
    html = pandoc(document, ["-f", "json", "-t", "html", "--mathml", "--wrap=none"]).decode()
    return list(lxml.html.fragment_fromstring(html, create_parent="div"))
