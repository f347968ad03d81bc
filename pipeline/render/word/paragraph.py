"""Paragraphs: their properties in the order the schema wants, and which class or heading has which style."""

from __future__ import annotations

from collections.abc import Iterable

import lxml.html

from ...document.elements import around
from .context import Place
from .wordprocessing import NAMESPACES, Element, w

STYLES_BY_CLASS = {  # classes of paragraphs with a style of their own
    "unit": "TableUnit",
    "note": "TableNote",
    "picture": "Figure",
    "recipients": "Recipients",
    "attachments": "Attachments",
    "attachment-mark": "AttachmentMark",
}


def paragraph(properties: Iterable[Element], content: Iterable[Element] = ()) -> Element:
    """``w:p`` of ready properties and runs."""
    return w("p", w("pPr", *properties), *content)


def styled(style: str, *more: Element) -> list[Element]:
    """The properties of a paragraph of that style."""
    return [w("pStyle", val=style), *more]


def not_numbered() -> Element:
    """Of a heading: its number, if any, is written out."""
    return w("numPr", w("ilvl", val=0), w("numId", val=2))


def under_table() -> Element:
    """The low paragraph that Word wants under a table, so that two do not become one."""
    return paragraph(styled("TableNote", w("spacing", before=0, after=0, line=200, lineRule="exact")))


def rule() -> Element:
    """A line across the page."""
    border = w("pBdr", w("bottom", val="single", sz=6, space=1, color="A6A6A6"))
    return paragraph(styled("BodyText", border, w("spacing", after=240, line=240, lineRule="exact")))


def section_end(page: Element) -> Element:
    """The paragraph, too low to be seen, that ends the section with the page setup ``page``."""
    return paragraph([*_unseen(), page])


def page_end() -> Element:
    """A paragraph that ends the page."""
    return paragraph(_unseen(), [w("r", w("br", type="page"))])


def _unseen() -> list[Element]:
    return styled("TableNote", w("spacing", before=0, after=0, line=20, lineRule="exact"))


def ends_section(block: Element) -> bool:
    """Whether a block is such a section's end."""
    return block.find("w:pPr/w:sectPr", NAMESPACES) is not None


def ends_page(block: Element) -> bool:
    """Whether a block is a page's end and nothing else."""
    return block.find("w:r/w:br[@w:type='page']", NAMESPACES) is not None


def without_idle_breaks(blocks: list[Element]) -> list[Element]:
    """The blocks without page breaks that would leave a page empty: at the beginning, at the end, one after another."""
    kept: list[Element] = []
    for block in blocks:
        if not ends_page(block) or (kept and not ends_page(kept[-1])):
            kept.append(block)
    return kept[:-1] if kept and ends_page(kept[-1]) else kept


def heading_style(heading: lxml.html.HtmlElement, level: int) -> str:
    """The style of a heading: the document's title, which Word counts as none, an attachment's, or that of its level, 一、 being the first."""
    parent = around(heading)
    if level == 1 and parent.tag == "header":
        return "Title"
    if "attachment" in parent.classes and parent.index(heading) == 1:  # after 附件1
        return "AttachmentTitle"
    return f"Heading{level - 1}" if level > 1 else "PartTitle"


def properties(place: Place, style: str = "", *spacing: Element) -> list[Element]:
    """What ``w:pPr`` holds of a place, in the order the schema wants."""
    sides = {"left": 0 if place.list_id else place.indent, "right": place.inset}
    indent = {name: twips for name, twips in sides.items() if twips}
    return [
        w("pStyle", val=style or place.style),
        *([w("keepNext")] if place.keep_next else []),
        *([_numbered(place)] if place.list_id else []),
        *spacing,
        *([w("ind", **indent)] if indent else []),
        *([w("jc", val=place.align)] if place.align else []),
    ]


def _numbered(place: Place) -> Element:
    return w("numPr", w("ilvl", val=min(place.list_level - 1, 3)), w("numId", val=place.list_id))
