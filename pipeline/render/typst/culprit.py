"""Which part of a body Typst cannot set, in the words of its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

import lxml.html

from ...findings import Said
from ..glyphs import under
from ..heading_levels import HEADINGS

_LONGEST = 40


def culprit(article: lxml.html.HtmlElement, can_be_set: Callable[[lxml.html.HtmlElement], bool]) -> tuple[Said, str]:
    """Where the first block stands that alone cannot be set: with its heading, and its words."""
    heading = ""
    for block in _blocks(article):
        if block.tag in HEADINGS:
            heading = _shown(block)
        alone = lxml.html.Element("article", {"class": "report", "lang": article.get("lang") or "zh-CN"})
        alone.append(deepcopy(block))
        if not can_be_set(alone):
            return under(heading, Said("the-words", words=_shown(block))), block.text_content()
    return Said("in-the-whole"), ""


def _blocks(article: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for child in article:
        yield from child if child.tag in ("section", "header") else (child,)


def _shown(block: lxml.html.HtmlElement) -> str:
    words = " ".join(block.text_content().split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
