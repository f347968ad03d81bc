"""Tables and charts of the public edition."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Protocol

from ..document.carried import facts_carried_by, words_attribute, words_carried_by
from ..findings import Finding, Place

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SVG = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


class Inside(Protocol):
    """Says whether markup holds, words say, or sources are, something internal."""

    def __call__(self, markup: str) -> bool: ...
    def says(self, markup: str) -> bool:
        """Whether a piece of markup says something internal."""

    def rests_on(self, written: str) -> bool:
        """Whether one of the cells of a ``data-source`` is internal."""


def public_html(html: str, inside: Inside, withheld: list[Finding], where: Place, gone: set[str]) -> str:
    """``html`` without rows and charts that show something internal; "" where nothing is left of it.

    The names of figures that go are added to ``gone``, what goes is told in ``withheld``.
    """
    from lxml import html as parser

    if "<" not in html:
        return "" if inside(html) else html
    root = parser.fragment_fromstring(html, create_parent="div")
    for figure in list(root.iter("figure")):
        if _goes(figure, inside):
            _withhold(figure, inside, withheld, where, gone)
        else:
            _keep_public_words(figure, inside)
    for row in list(root.iter("tr")):
        if inside(_markup(row)):
            _withhold(row, inside, withheld, where, gone)
    for head in list(root.find_class("group")):
        if head.getnext() is None:  # nothing is left of what it headed
            head.drop_tree()
    for figure in list(root.iter("figure")):
        if "table" in figure.get("class", "").split() and figure.find(".//tbody/tr") is None:
            _withhold(figure, inside, withheld, where, gone)
    for block in list(root.iter("p", "li", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6")):
        if inside(_markup(block)):
            _withhold(block, inside, withheld, where, gone)
    rest = "".join([root.text or "", *(_markup(child, tail=True) for child in root)])
    if inside(rest):  # what stands in no paragraph or row cannot be cut out of its surroundings
        withheld.append(Finding("withheld-part", where, " ".join(root.text_content().split())))
        return ""
    return rest if root.text_content().strip() or root.find(".//img") is not None else ""


def _goes(figure: HtmlElement, inside: Inside) -> bool:
    """Whether a chart, or the caption of a table, shows something internal."""
    caption = figure.find("figcaption")
    if figure.get("data-disclosure") == "internal" or (caption is not None and inside(_markup(caption))):
        return True
    if figure.find(".//table[@class='record']") is not None and inside(_markup(figure)):
        return True  # each of its rows is a part of one record
    if "chart" not in figure.get("class", "").split():
        return False
    words = "".join(base64.b64decode(data).decode("utf-8", "replace") for data in _SVG.findall(_markup(figure)))
    spoken = " ".join(image.get("alt", "") for image in figure.iter("img"))
    return inside.says(words + spoken) or any(map(inside.rests_on, _carried(figure)))


def _carried(figure: HtmlElement) -> list[str]:
    return [fact.sources for fact in facts_carried_by(figure)]


def _keep_public_words(figure: HtmlElement, inside: Inside) -> None:
    """Words that public records say too, but that were taken from an internal one, no longer name its cell."""
    kept = [words for words in words_carried_by(figure) if not inside.rests_on(words.sources)]
    figure.attrib.pop("data-words", None)
    figure.attrib.update(words_attribute(kept))


def _withhold(element: HtmlElement, inside: Inside, withheld: list[Finding], where: Place, gone: set[str]) -> None:
    if element.getparent() is None:
        return
    code = {"figure": "withheld-figure", "tr": "withheld-row"}.get(str(element.tag), "withheld-part")
    withheld.append(Finding(code, where, " ".join(element.text_content().split())))
    name = element.get("id")
    gone |= {name} if element.tag == "figure" and name else set()
    element.drop_tree()


def _markup(element: HtmlElement, *, tail: bool = False) -> str:
    from lxml import html as parser

    return parser.tostring(element, encoding="unicode", with_tail=tail)
