"""The title of a document, the levels of its headings and the ids they are linked by."""

from __future__ import annotations

import re
import unicodedata

import lxml.html

from ..document.elements import around, level_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def drop_empty_headings(root: lxml.html.HtmlElement) -> int:
    """A heading that says nothing is none: what it holds, such as a picture, stays as a paragraph. How many went."""
    dropped = 0
    for heading in list(root.iterdescendants(*HEADINGS)):
        if says_something(heading.text_content()):
            continue
        if heading.find(".//img") is None:
            heading.drop_tree()
            dropped += 1
        else:
            heading.tag = "p"
    return dropped


def says_something(text: str) -> bool:
    """Whether a reader sees anything of it: blanks, controls and invisible signs are nothing to see."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def set_title(article: lxml.html.HtmlElement) -> None:
    """The first heading, where it opens the document and is of level 1, becomes the title.

    Where further headings of level 1 follow, as in many notebooks, all others go down one level.
    """
    first = next(iter(article.iterdescendants(*HEADINGS)), None)
    if first is None or first.tag != "h1" or _index(article, first) != 0:
        return
    if article.find(".//h1") is not None and len(list(article.iter("h1"))) > 1:
        for heading in article.iterdescendants("h1", "h2", "h3", "h4", "h5"):
            if heading is not first:
                heading.tag = f"h{level_of(heading) + 1}"
    front = lxml.html.Element("header", {"class": "front"})
    around(first).remove(first)
    front.append(first)
    article.insert(0, front)


def _index(article: lxml.html.HtmlElement, element: lxml.html.HtmlElement) -> int:
    """How many blocks with something in them stand before ``element``."""
    top = element
    while around(top) is not article:
        if top.getprevious() is not None:
            return -1
        top = around(top)
    return article.index(top)


def give_ids(article: lxml.html.HtmlElement) -> None:
    """Every id once; every heading one, made of its words without the number."""
    taken: set[str] = set()
    for element in article.iter():
        name = element.get("id")
        if name in taken:
            del element.attrib["id"]
        elif name:
            taken.add(name)
    for heading in article.iterdescendants(*HEADINGS):
        if not heading.get("id"):
            heading.set("id", _unused(_slug(heading), taken))


def _slug(heading: lxml.html.HtmlElement) -> str:
    words = heading.text_content()
    for number in heading.find_class("number"):
        words = words.replace(number.text_content(), "", 1)
    return re.sub(r"[^\w.-]+", "-", words.strip()).strip("-") or "heading"


def _unused(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}-{count}"
    taken.add(candidate)
    return candidate
