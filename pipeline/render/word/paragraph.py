"""Paragraphs: their properties in the order the schema wants, and which class or heading has which style."""

from __future__ import annotations

from itertools import pairwise

import lxml.html

from ...document.elements import around
from .context import Place

STYLES_BY_CLASS = {  # classes of paragraphs with a style of their own
    "unit": "TableUnit",
    "note": "TableNote",
    "picture": "Figure",
    "attachments": "Attachments",
    "attachment-mark": "AttachmentMark",
}
NOT_NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
UNDER_TABLE = '<w:pStyle w:val="TableNote"/><w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>'
SECTION_END = '<w:pStyle w:val="TableNote"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
RULE = (
    '<w:pStyle w:val="BodyText"/><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="A6A6A6"/></w:pBdr>'
    '<w:spacing w:after="240" w:line="240" w:lineRule="exact"/>'
)


PAGE_END = f'<w:p><w:pPr>{SECTION_END}</w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def without_idle_breaks(blocks: list[str]) -> list[str]:
    """The blocks without page breaks that would leave a page empty: at the beginning, at the end, one after another."""
    kept = [block for before, block in pairwise([PAGE_END, *blocks]) if block != PAGE_END or before != PAGE_END]
    return kept[:-1] if kept and kept[-1] == PAGE_END else kept


def heading_style(heading: lxml.html.HtmlElement, level: int) -> str:
    """The style of a heading: the document's title, an attachment's, or that of its level."""
    parent = around(heading)
    if level == 1 and parent.tag == "header":
        return "Title"
    if "attachment" in parent.classes and parent.index(heading) == 1:  # after 附件1
        return "AttachmentTitle"
    return f"Heading{level}"


def properties(place: Place, style: str = "", spacing: str = "") -> str:
    """``w:pPr`` content in the order the schema wants."""
    keep = "<w:keepNext/>" if place.keep_next else ""
    level = f'<w:ilvl w:val="{min(place.list_level - 1, 3)}"/>'
    numbered = f'<w:numPr>{level}<w:numId w:val="{place.list_id}"/></w:numPr>' if place.list_id else ""
    indent = _indent(0 if place.list_id else place.indent, place.inset)
    align = f'<w:jc w:val="{place.align}"/>' if place.align else ""
    return f'<w:pStyle w:val="{style or place.style}"/>{keep}{numbered}{spacing}{indent}{align}'


def _indent(left: int, right: int) -> str:
    sides = "".join(f' w:{name}="{twips}"' for name, twips in (("left", left), ("right", right)) if twips)
    return f"<w:ind{sides}/>" if sides else ""


def paragraph(properties: str, content: str) -> str:
    """``w:p`` of ready properties and runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"
