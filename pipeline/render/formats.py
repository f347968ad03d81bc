"""The forms a report is rendered in, each by its nbconvert exporter."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ..errors import RenderError
from ..lean import skip_iri_grammar

_EXPORTERS = {
    "html": ("html", "HalfyearHTMLExporter"),
    "pdf": ("pdf", "HalfyearPDFExporter"),
    "docx": ("docx", "HalfyearDOCXExporter"),
}


def to_bytes(form: str, report: dict[str, Any]) -> bytes:
    """A stitched notebook as the bytes of ``report.html``, ``report.pdf`` or ``report.docx``.

    Raises:
        RenderError: it cannot be made; says the form and why.
    """
    skip_iri_grammar()
    import nbformat

    module, name = _EXPORTERS[form]
    exporter = getattr(import_module(f".{module}", __package__), name)()
    try:
        made, _ = exporter.from_notebook_node(nbformat.from_dict(report))
    except RenderError:
        raise
    except Exception as error:
        msg = f"report.{form} could not be made: {type(error).__name__}: {error}"
        raise RenderError(msg) from error
    return made.encode() if isinstance(made, str) else made
