"""``jupyter nbconvert --to halfyear-docx``: any notebook as a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from ..body import semantic_body
from ..title import document_metadata
from .report import render_docx


class HalfyearDOCXExporter(Exporter):
    """``jupyter nbconvert --to halfyear-docx``: any notebook as a Word document."""

    export_from_notebook = "Report document (halfyear DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:
        """The document of ``nb``, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        folder = resources.get("metadata", {}).get("path")
        body = semantic_body(notebook, chart_format="png", folder=Path(folder) if folder else None)
        return render_docx(body, document_metadata(notebook, resources)), resources
