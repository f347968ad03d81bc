"""``jupyter nbconvert --to halfyear-pdf``: any notebook as a PDF on the official page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from ..body import semantic_body
from ..title import document_metadata
from .typeset import render_pdf

__all__ = ["HalfyearPDFExporter", "render_pdf"]


class HalfyearPDFExporter(Exporter):
    """A stitched report or any other notebook as PDF/A-2a and PDF/UA-1, laid out by GB/T 9704-2012.

    In a stitched report a character that no font has is an error; in other notebooks its name stands for it.
    """

    export_from_notebook = "Report document (halfyear PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:
        """The PDF of ``nb``, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        folder = resources.get("metadata", {}).get("path")
        body = semantic_body(notebook, folder=Path(folder) if folder else None)
        metadata = document_metadata(notebook, resources)
        return render_pdf(body, metadata, strict="halfyear" in notebook["metadata"]), resources
