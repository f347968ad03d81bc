"""The render wing: executed sections in; one stitched notebook, HTML, PDF and DOCX out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .body import semantic_body
    from .fonts import fonts_used
    from .forms import load, to_bytes
    from .mended_markup import mended
    from .typst.typeset import render_pdf
    from .typst.undrawn import undrawn
    from .web.page import render_html
    from .web.style_sheets import sheet
    from .word.report import render_docx

__all__ = [
    "fonts_used",
    "load",
    "mended",
    "render_docx",
    "render_html",
    "render_pdf",
    "semantic_body",
    "sheet",
    "to_bytes",
    "undrawn",
]

_HOMES = {
    "fonts_used": "fonts",
    "load": "forms",
    "mended": "mended_markup",
    "render_docx": "word.report",
    "render_html": "web.page",
    "render_pdf": "typst.typeset",
    "semantic_body": "body",
    "sheet": "web.style_sheets",
    "to_bytes": "forms",
    "undrawn": "typst.undrawn",
}


def __getattr__(name: str) -> Any:
    # lxml, Typst and nbconvert are paid for by the command that renders, not by the one that asks for the version.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
