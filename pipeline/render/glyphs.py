"""Characters that no font can draw: where they stand, and what stands for them where that is allowed."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator

import lxml.html

from ..findings import Said
from .fonts import spoken

_SVG = "data:image/svg+xml;base64,"


def place_of(article: lxml.html.HtmlElement, character: str) -> tuple[Said, str]:
    """Where ``character`` first stands in a semantic body, with the heading over it, and the words there."""
    heading = ""
    for element in article.iter():
        if re.fullmatch("h[1-6]", str(element.tag)):
            heading = element.text_content().strip()
        for words in _words(element):
            if character in words:
                at = words.index(character)
                around = " ".join(words[max(0, at - 10) : at + 11].split())
                if element.tag == "img":
                    return under(heading, Said("the-picture", words=element.get("alt", ""))), element.get("alt", "")
                return under(heading, Said("the-words", words=around)), around
    return Said("in-the-frame"), ""


def under(heading: str, what: Said) -> Said:
    """A place in a body: what stands there, and the heading over it."""
    return Said("in-under", what=what, heading=heading) if heading else Said("in-it", what=what)


def name_characters(article: lxml.html.HtmlElement, characters: Iterable[str]) -> bool:
    """Write ``[grinning face]`` for each of ``characters``, in the text and in drawings; whether any was there."""
    table = str.maketrans({character: f"[{spoken(character)}]" for character in characters})
    found = False
    for element in article.iter():
        for name in ("text", "tail"):
            words = getattr(element, name)
            if words and words != words.translate(table):
                setattr(element, name, words.translate(table))
                found = True
        if element.tag == "img" and _drawing(element) != _drawing(element).translate(table):
            element.set("src", _SVG + base64.b64encode(_drawing(element).translate(table).encode()).decode())
            found = True
    return found


def _words(element: lxml.html.HtmlElement) -> Iterator[str]:
    yield from (text for text in (element.text, element.tail) if text)
    if element.tag == "img":
        yield _drawing(element)


def _drawing(image: lxml.html.HtmlElement) -> str:
    """The markup of an SVG picture, its words as written."""
    source = image.get("src", "")
    if not source.startswith(_SVG):
        return ""
    markup = base64.b64decode(source[len(_SVG) :]).decode("utf-8", "replace")
    return re.sub(r"&#(x[0-9a-fA-F]+|\d+);", _character, markup)


def _character(reference: re.Match[str]) -> str:
    code = int(reference[1][1:], 16) if reference[1].startswith("x") else int(reference[1])
    return chr(code) if code > 0x7F else reference[0]
