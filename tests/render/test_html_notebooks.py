"""Notebooks that were not made for us, as web pages and Word documents."""

from __future__ import annotations

import importlib.util
import io
import os
from pathlib import Path

import docx
import lxml.html
import nbformat
import pytest

from pipeline.render.docx import HalfyearDOCXExporter
from pipeline.render.html import HalfyearHTMLExporter

PACKAGES = ("nbconvert", "nbformat", "papermill", "nbclient")
FOLDER = os.environ.get("HALFYEAR_NOTEBOOKS", "")  # unpacked source archives of these packages hold more of them


def found() -> list[Path]:
    """The notebooks inside the installed packages and in HALFYEAR_NOTEBOOKS that nbformat itself holds valid."""
    homes = [spec.origin for name in PACKAGES if (spec := importlib.util.find_spec(name)) and spec.origin]
    folders = [Path(home).parent for home in homes] + ([Path(FOLDER)] if FOLDER else [])
    return sorted(path for folder in folders for path in folder.rglob("*.ipynb") if is_valid(path))


def is_valid(path: Path) -> bool:
    """Whether a notebook is one: some of these exist to be refused."""
    try:
        nbformat.validate(nbformat.read(path, as_version=4))
    except (nbformat.ValidationError, nbformat.validator.NotebookValidationError):
        return False
    return True


@pytest.mark.parametrize("path", found(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_notebook_from_elsewhere_exports(path):
    """It becomes a page with one first heading and a document that opens, and what Markdown says in it is in both."""
    page, _ = HalfyearHTMLExporter().from_filename(str(path))
    document, _ = HalfyearDOCXExporter().from_filename(str(path))
    tree = lxml.html.document_fromstring(page)
    opened = docx.Document(io.BytesIO(document))

    assert len(tree.xpath("//h1")) == 1
    assert not tree.xpath("//script | //@style")
    assert "</w:body>" not in tree.text_content()
    assert opened.core_properties.title == tree.xpath("string(//title)")
