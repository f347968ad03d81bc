"""The document: its text, its footnotes and its page."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import lxml.html
from lxml import etree

from ...document.elements import ids_in, links_within
from ..wide_tables import divide_wide_tables
from .blocks import Blocks
from .contents import contents, headings_in
from .context import Context, Place, bookmark_names
from .docx_package import package, template
from .letterhead import colophon, letterhead
from .mathematics import office_mathematics
from .page_setup import section
from .paragraph import paragraph, without_idle_breaks
from .parts import Parts
from .properties import application_properties, core_properties
from .table_grid import grid_cells
from .wordprocessing import w, written


def word_document(article: lxml.html.HtmlElement, metadata: Mapping[str, Any], title: str) -> bytes:
    """The .docx of a semantic body.

    Args:
        article: the parsed body. metadata: ``metadata.halfyear``, for author, date, draft mark, language, 版头, 版记 and 目录.
        title: the document's title.
    """
    divide_wide_tables(article, grid_cells)
    parts, draft = Parts(), bool(metadata.get("draft"))
    asked = bool(metadata.get("contents"))
    context = _context(article, parts, draft, headings_in(article) if asked else [])
    listed = contents(article, context) if asked else []
    blocks = without_idle_breaks(Blocks(context).inside(article, Place()))
    blocks = [
        *listed,
        *letterhead(metadata.get("letterhead") or {}),
        *blocks,
        *colophon(metadata.get("colophon") or {}),
    ]
    files = {
        "docProps/core.xml": core_properties(metadata, title, article.get("lang", "zh-CN")),
        "docProps/app.xml": application_properties(metadata),
        "word/document.xml": written(w("document", w("body", *blocks, section(draft=draft)))),
        "word/footnotes.xml": _footnotes(parts),
        "word/numbering.xml": _numbering(parts),
    }
    return package(files, parts, draft)


def _context(article: lxml.html.HtmlElement, parts: Parts, draft: bool, listed: list[lxml.html.HtmlElement]) -> Context:
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
        bookmarks=bookmark_names(
            [
                *(target for _, target in links_within(article) if target in known),
                *(one.get("id", "") for one in listed),
            ]
        ),
    )


def _footnotes(parts: Parts) -> str:
    flat = w("spacing", line=240, lineRule="auto")
    marks = (
        w("footnote", paragraph([deepcopy(flat)], [w("r", w(mark))]), type=mark, id=number)
        for number, mark in ((-1, "separator"), (0, "continuationSeparator"))
    )
    notes = (w("footnote", *content, id=number) for number, content in enumerate(parts.footnotes, 1))
    return written(w("footnotes", *marks, *notes))


def _numbering(parts: Parts) -> str:
    """The lists that the template declares, and those of the text."""
    root = etree.fromstring(template("numbering").encode())
    root.extend(parts.lists)
    etree.cleanup_namespaces(root)
    return written(root)
