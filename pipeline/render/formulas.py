"""TeX formulas to MathML, which browsers draw and pandoc reads back for Typst and Word."""

from __future__ import annotations

import json
from collections.abc import Sequence

import lxml.html

from .pandoc import pandoc

_MARK = "\u2042"  # stands between formulas in what pandoc writes


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


def mathematics_to_typst(root: lxml.html.HtmlElement) -> dict[lxml.html.HtmlElement, str]:
    """Typst mathematics, dollar signs and all, for each ``<math>`` under ``root`` whose TeX can be read."""
    elements = [element for element in root.iter("math") if element.find(".//annotation") is not None]
    if not elements:
        return {}
    blocks = []
    for element in elements:
        kind = "DisplayMath" if element.get("display") == "block" else "InlineMath"
        tex = element.find(".//annotation").text_content()
        blocks += [
            {"t": "Para", "c": [part]} for part in ({"t": "Str", "c": _MARK}, {"t": "Math", "c": [{"t": kind}, tex]})
        ]
    document = json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})
    written = pandoc(document, ["-f", "json", "-t", "typst", "--wrap=none"]).decode().split(_MARK)[1:]
    drawn = dict(zip(elements, (text.strip() for text in written), strict=True))
    return {element: text for element, text in drawn.items() if text.startswith("$") and text.endswith("$")}
