"""Which part of a body Typst cannot set, in the words of its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

import lxml.html

from ...findings.words import Words
from ..glyphs import in_words
from ..heading_levels import HEADINGS

_LONGEST = 40


def culprit(article: lxml.html.HtmlElement, can_be_set: Callable[[lxml.html.HtmlElement], bool]) -> Words:
    """Where the first block stands that alone cannot be set: its words and its heading."""
    heading = ""
    for block in _blocks(article):
        if block.tag in HEADINGS:
            heading = _shown(block)
        alone = lxml.html.Element("article", {"class": "report", "lang": article.get("lang") or "zh-CN"})
        alone.append(deepcopy(block))
        if not can_be_set(alone):
            return in_words(Words(f"“{_shown(block)}”", repr(_shown(block))), heading)
    return Words("整篇", "in the whole document")


def _blocks(article: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for child in article:
        yield from child if child.tag in ("section", "header") else (child,)


def _shown(block: lxml.html.HtmlElement) -> str:
    words = " ".join(block.text_content().split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
