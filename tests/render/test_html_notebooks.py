"""Notebooks that were not made for us, as web pages and Word documents."""

from __future__ import annotations

import io

import docx
import lxml.html
import pytest
from elsewhere import found

from pipeline.render import exporters


@pytest.mark.parametrize("path", found(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_notebook_from_elsewhere_exports(path):
    """It becomes a page with one first heading and a document that opens, and what Markdown says in it is in both."""
    page, _ = exporters.html().from_filename(str(path))
    document, _ = exporters.docx().from_filename(str(path))
    tree = lxml.html.document_fromstring(page)
    opened = docx.Document(io.BytesIO(document))

    assert len(tree.xpath("//h1")) == 1
    assert not tree.xpath("//script | //@style")
    assert "</w:body>" not in tree.text_content()
    assert opened.core_properties.title == tree.xpath("string(//title)")
