"""``jupyter nbconvert --to halfyear-html``: any notebook as one HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool, default

from ..body import semantic_body
from ..title import document_metadata
from .page import render_html


class HalfyearHTMLExporter(Exporter):
    """``jupyter nbconvert --to halfyear-html``: any notebook as one self-contained page."""

    export_from_notebook = "Report page (halfyear HTML)"
    output_mimetype = "text/html"
    embed_fonts = Bool(False, help="Put a subset of the fonts into the file.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """The page of ``nb``, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        folder = resources.get("metadata", {}).get("path")
        body = semantic_body(notebook, folder=Path(folder) if folder else None)
        metadata = document_metadata(notebook, resources)
        return render_html(body, metadata, embed_fonts=self.embed_fonts), resources
