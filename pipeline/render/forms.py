"""The forms a report is rendered in: what the nbconvert exporters do, without nbconvert's start."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from typing import Any

from ..errors import HalfyearError, RenderError
from .body import semantic_body

_MODULES = {"html": "web.page", "pdf": "typst.typeset", "docx": "word.report"}


def load(forms: Iterable[str]) -> None:
    """Load what makes these forms, and the fonts where one needs them; whatever is wrong is told when they are made."""
    with suppress(Exception):
        for form in forms:
            import_module(f".{_MODULES[form]}", __package__)
            if form == "pdf":
                from .fonts import typst_fonts

                typst_fonts()


def to_bytes(form: str, report: dict[str, Any], *, body: str = "", embed_fonts: bool = False) -> bytes:
    """A stitched notebook as the bytes of ``report.html``, ``report.pdf`` or ``report.docx``.

    The same bytes as ``jupyter nbconvert --to halfyear-…`` gives for the notebook.

    Args:
        body: its semantic body, where it is known already. embed_fonts: put the glyphs used into the HTML page.

    Raises:
        RenderError: it cannot be made; says the form and why.
    """
    metadata = report["metadata"]["halfyear"]
    try:
        if form == "docx":  # Word shows pictures, not drawings
            from .word.report import render_docx

            return render_docx(semantic_body(report, chart_format="png"), metadata)
        body = body or semantic_body(report)
        if form == "pdf":
            from .typst.typeset import render_pdf

            return render_pdf(body, metadata)
        from .web.page import render_html

        return render_html(body, metadata, embed_fonts=embed_fonts).encode()
    except HalfyearError:
        raise
    except Exception as error:
        msg = f"report.{form} could not be made: {type(error).__name__}: {error}"
        raise RenderError(msg) from error
