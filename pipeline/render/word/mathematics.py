"""MathML as Office mathematics, by pandoc."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from copy import deepcopy

import lxml.html
from lxml import etree

from ..pandoc import pandoc
from .line import run

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ACCENTS = str.maketrans("‾¯^~˙¨→", "\u0305\u0304\u0302\u0303\u0307\u0308\u20d7")  # Word wants the combining signs
_BRACKETS = frozenset("()[]{}⟨⟩|")
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def office_mathematics(formulas: Iterable[lxml.html.HtmlElement]) -> dict[lxml.html.HtmlElement, str]:
    """Each ``<math>`` element with its ``m:oMath`` (``m:oMathPara`` for one on its own line), in one call of pandoc.

    A formula pandoc cannot read keeps its text.
    """
    wanted = list(formulas)
    if not wanted:
        return {}
    page = "".join(f"<p>{lxml.html.tostring(formula, encoding='unicode', with_tail=False)}</p>" for formula in wanted)
    archive = zipfile.ZipFile(io.BytesIO(pandoc(page, ["-f", "html", "-t", "docx", "-o", "-"])))
    body = etree.fromstring(archive.read("word/document.xml"))[0]
    paragraphs = [element for element in body if element.tag == f"{_W}p"]
    drawn = [next(paragraph.iter(f"{_M}oMathPara", f"{_M}oMath"), None) for paragraph in paragraphs]
    if len(drawn) != len(wanted):
        drawn = [None] * len(wanted)
    return {formula: _markup(formula, found) for formula, found in zip(wanted, drawn, strict=True)}


def _markup(formula: lxml.html.HtmlElement, drawn: etree._Element | None) -> str:
    if drawn is None:
        return run(formula.text_content())
    alone = deepcopy(drawn)
    _settle_signs(alone)
    etree.cleanup_namespaces(alone)
    markup = etree.tostring(alone, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns:[mw]="[^"]*"', "", markup)  # the document declares both


def _settle_signs(formula: etree._Element) -> None:
    """Signs that Word guesses and LibreOffice does not.

    A bracket that stands alone is a sign like others: LibreOffice would look for its partner in the same group.
    """
    for accent in formula.iterfind(f".//{_M}accPr/{_M}chr"):
        accent.set(f"{_M}val", accent.get(f"{_M}val", "").translate(_ACCENTS))
    for sign in formula.iter(f"{_M}r"):
        if "".join(sign.itertext()) in _BRACKETS:
            properties = sign.find(f"{_M}rPr")
            if properties is None:
                properties = etree.Element(f"{_M}rPr")
                sign.insert(0, properties)
            properties.insert(0, etree.Element(f"{_M}lit"))
