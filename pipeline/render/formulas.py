"""TeX formulas to MathML, which browsers draw and from which Typst and Word mathematics are written."""

from __future__ import annotations

import re
from itertools import islice

import lxml.html
from lxml import etree

from ..document.elements import around

# Environments and commands that math-core does not know, or counts equations for, as ones that it knows.
_SAME = (
    (re.compile(r"\\(begin|end)\{(?:align|alignat|flalign|split|eqnarray)\*?\}"), r"\\\1{aligned}"),
    (re.compile(r"\\(begin|end)\{gather\*?\}"), r"\\\1{gathered}"),
    (re.compile(r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}"), ""),
    (re.compile(r"\\(begin|end)\{smallmatrix\}"), r"\\\1{matrix}"),
    (re.compile(r"\\substack\{((?:[^{}]|\{[^{}]*\})*)\}"), r"\\begin{matrix}\1\\end{matrix}"),
    (re.compile(r"\\tag\*?\{([^{}]*)\}"), r"\\qquad\\text{(\1)}"),
    (re.compile(r"\\(?:label|require)\{[^{}]*\}|\\(?:nonumber|notag)\b"), ""),
    (re.compile(r"\\widetilde\b"), r"\\tilde"),
)
_EQUATION_ARRAY = re.compile(r"&\s*(=|<|>|\\[a-z]+)\s*&")
_ALIGN = re.compile(r"text-align:\s*(left|right)")
_INVISIBLE = "\u2061\u2063\ufe00\ufe0e"  # applied functions, separators, choices of a glyph
_SIGNS = {**dict.fromkeys(map(ord, _INVISIBLE)), 0x302: "ˆ", 0x303: "˜"}
_PARSER = etree.XMLParser(resolve_entities=False)


def mathematics_to_mathml(root: lxml.html.HtmlElement) -> None:
    """Replace every ``<span class="math inline|display">`` under ``root`` by ``<math>``, its TeX as annotation.

    A formula that cannot be read stays a span with its TeX.
    """
    for span in [span for span in root.iter("span") if "math" in span.classes]:
        drawn = mathml(span.text_content()[2:-2], display="display" in span.classes)
        if drawn is not None:
            drawn.tail = span.tail
            around(span).replace(span, drawn)


def mathml(tex: str, *, display: bool = False) -> lxml.html.HtmlElement | None:
    """``<math>`` for a formula, or None for one that is wrong or has commands nobody knows."""
    import math_core

    known = tex
    if "eqnarray" in tex:
        known = _EQUATION_ARRAY.sub(r"&\1 ", known)
    for pattern, same in _SAME:
        known = pattern.sub(same, known)
    try:
        markup = math_core.LatexToMathML().convert_with_local_state(known, displaystyle=display)
    except math_core.LatexError:
        return None
    drawn = etree.fromstring(markup.replace("&ApplyFunction;", ""), _PARSER)
    for element in list(drawn.iter()):
        _tidy(element)
    return _annotated(drawn, tex)


def _tidy(element: etree._Element) -> None:
    """MathML without styles, invisible signs, and dots that are three signs."""
    aligned = _ALIGN.search(element.attrib.pop("style", ""))
    if aligned:
        element.set("columnalign", aligned[1])
        element.set("class", f"align-{aligned[1]}")
    if element.text:
        element.text = element.text.translate(_SIGNS)
    if element.tag == "mspace" and not element.attrib:
        around(element).remove(element)
    elif element.tag == "mo" and element.text == "." and element.get("lspace") == "0":
        others = list(islice(element.itersiblings(), 2))
        if len(others) == 2 and all(other.tag == "mo" and other.text == "." for other in others):
            element.text = "…"
            for other in others:
                around(other).remove(other)


def _annotated(drawn: etree._Element, tex: str) -> lxml.html.HtmlElement:
    """The same as an element of the body, with the TeX that it was written in."""
    math = lxml.html.Element("math", {"display": drawn.get("display", "inline")})
    semantics = etree.SubElement(math, "semantics")
    row = etree.SubElement(semantics, "mrow")
    row.text = drawn.text
    row.extend([_as_html(child) for child in drawn])
    etree.SubElement(semantics, "annotation", encoding="application/x-tex").text = tex
    return math


def _as_html(element: etree._Element) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(etree.tostring(element, encoding="unicode", with_tail=False))
