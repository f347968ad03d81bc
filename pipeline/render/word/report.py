"""The report as a Word document that an office can go on editing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import lxml.html
from lxml import etree

from ...formats import RenderOptions
from ..title import document_title
from . import word_document


def render_docx(body: str, metadata: Mapping[str, Any]) -> bytes:
    """The .docx of a semantic body, in the styles, sizes and page of GB/T 9704-2012.

    Args:
        body: what ``semantic_body`` gives (docs/design.md); a drawing without a picture beside it is drawn here.
        metadata: ``metadata.halfyear`` of the stitched notebook.
    """
    article = lxml.html.fragment_fromstring(body, create_parent="div")
    etree.strip_tags(article, etree.Comment)
    article = article[0] if len(article) == 1 and article[0].tag == "article" else article
    return word_document(article, metadata, document_title(article, metadata))


def render(body: str, metadata: Mapping[str, Any], options: RenderOptions) -> bytes:
    """The document as the format ``docx`` gives it."""
    return render_docx(body, metadata)
