"""``jupyter nbconvert --to halfyear-NAME``: any notebook in each of the formats; ``exporters.pdf`` is that of the PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool

from ..formats import RenderOptions, format_named, format_names, loaded, report_files
from .body import semantic_body
from .title import document_metadata


class ReportExporter(Exporter):
    """A stitched report or any other notebook in one of the report's formats.

    In a stitched report a character that no font has is an error; in other notebooks its name stands for it.
    """

    form = ""
    embed_fonts = Bool(False, help="Put a subset of the fonts into an HTML page.").tag(config=True)

    def from_notebook_node(  # type: ignore[override]  # the base class returns the notebook, its exporters documents
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[str | bytes, Any]:
        """The document of ``nb``, text as ``str``, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        declared = format_named(self.form)
        folder = resources.get("metadata", {}).get("path")
        body = semantic_body(notebook, folder=Path(folder) if folder else None)
        stitched = "halfyear" in notebook["metadata"]
        beside = _beside(folder, declared.file) if stitched and folder else ()
        options = RenderOptions(strict=stitched, embed_fonts=self.embed_fonts, beside=beside)
        made = loaded(declared.render)(body, document_metadata(notebook, resources), options)
        return (made.decode() if declared.mimetype.startswith("text/") else made), resources


def _beside(folder: str, own: str) -> tuple[str, ...]:
    """The other forms of a report that stand where its notebook does."""
    return tuple(name for name in report_files() if name != own and Path(folder, name).is_file())


@cache
def _exporter(name: str) -> type[ReportExporter]:
    declared = format_named(name)
    members = {
        "__module__": __name__,
        "__doc__": f"``jupyter nbconvert --to halfyear-{name}``.",
        "form": name,
        "export_from_notebook": declared.menu,
        "output_mimetype": declared.mimetype,
        "_file_extension_default": lambda exporter: f".{name}",
    }
    return type(f"Halfyear{name.upper()}Exporter", (ReportExporter,), members)


def __getattr__(name: str) -> Any:
    if name in format_names():
        return _exporter(name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
