"""Tables of Markdown with a caption: a line ``表：标题`` over one, or ``Table: title``, numbered like all others."""

from __future__ import annotations

import re
from collections.abc import Callable

import lxml.html

from ..document.elements import around, wrap

_CAPTION = re.compile(
    r"^ {0,3}(?:表|[Tt]able)[ \t]*[:：][ \t]*(?P<title>\S.*?)[ \t]*(?:\{#(?P<name>[^}\s]+)\}[ \t]*)?\n"
    r"(?=(?:[ \t]*\n)?[^\n]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-)",  # a row of heads and the line under it
    re.MULTILINE,
)
_CLASS = "table-caption"


def with_numbered_captions(text: str, number: Callable[[str], str]) -> str:
    """Markdown whose captions bear the number that ``number`` gives for a name; ``""`` for a table that has none.

    A name is written behind the caption, ``表：标题 {#steps}``, and is what ``ref("steps")`` leads to.
    """

    def numbered(match: re.Match[str]) -> str:
        name = match["name"] or ""
        place = f' id="{name}"' if name else ""
        mark = f'<span class="number">{number(name)}</span>'
        return f'<p class="{_CLASS}"{place}>{mark} {match["title"]}</p>\n\n'

    return _CAPTION.sub(numbered, text)


def join_captions(part: lxml.html.HtmlElement) -> None:
    """Make a figure of each table and the caption over it."""
    for caption in part.find_class(_CLASS):
        table = caption.getnext()
        if table is None or table.tag != "table":
            continue
        figure = lxml.html.Element("figure", {"class": "table"})
        if name := caption.attrib.pop("id", ""):
            figure.set("id", name)
        around(caption).remove(caption)
        wrap(table, figure)
        caption.tag, caption.tail = "figcaption", None
        caption.attrib.pop("class")
        figure.insert(0, caption)
