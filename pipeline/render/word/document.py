"""The document: its text, its footnotes and its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import lxml.html

from ...document.elements import ids_in, links_within
from ..wide_tables import divide_wide_tables
from .blocks import Blocks
from .context import Context, Place, bookmark_names
from .docx_package import HEAD, package, template
from .mathematics import office_mathematics
from .page_setup import section
from .paragraph import without_idle_breaks
from .parts import RELATIONS, Parts
from .properties import application_properties, core_properties

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{RELATIONS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


def word_document(article: lxml.html.HtmlElement, metadata: Mapping[str, Any], title: str) -> bytes:
    """The .docx of a semantic body.

    Args:
        article: the parsed body. metadata: ``metadata.halfyear``, for author, date, draft mark and language.
        title: the document's title.
    """
    divide_wide_tables(article)
    parts, draft = Parts(), bool(metadata.get("draft"))
    blocks = without_idle_breaks(Blocks(_context(article, parts, draft)).inside(article, Place()))
    body = "".join(blocks) + section(draft=draft)
    files = {
        "docProps/core.xml": core_properties(metadata, title, article.get("lang", "zh-CN")),
        "docProps/app.xml": application_properties(metadata),
        "word/document.xml": f"{HEAD}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": _footnotes(parts),
        "word/numbering.xml": template("numbering").replace("</w:numbering>", "".join(parts.lists) + "</w:numbering>"),
    }
    return package(files, parts, draft)


def _context(article: lxml.html.HtmlElement, parts: Parts, draft: bool) -> Context:
    known = ids_in(article)
    labels = {}
    for figure in article.iter("figure"):
        name, number = figure.get("id"), figure.find("figcaption/span[@class='number']")
        if name and number is not None:
            labels[name] = number.text_content().strip()
    return Context(
        parts=parts,
        draft=draft,
        notes={note.get("id"): note for note in article.xpath(".//section[contains(@class,'footnotes')]//li[@id]")},
        formulas=office_mathematics(article.iter("math")),
        labels=labels,
        bookmarks=bookmark_names(target for _, target in links_within(article) if target in known),
    )


def _footnotes(parts: Parts) -> str:
    entries = [
        f'<w:footnote w:type="{mark}" w:id="{number}"><w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:r><w:{mark}/></w:r></w:p></w:footnote>"
        for number, mark in ((-1, "separator"), (0, "continuationSeparator"))
    ]
    entries += [
        f'<w:footnote w:id="{number}">{content}</w:footnote>' for number, content in enumerate(parts.footnotes, 1)
    ]
    return f"{HEAD}<w:footnotes {_NAMESPACES}>{''.join(entries)}</w:footnotes>"
