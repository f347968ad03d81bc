"""A stitched notebook as the bytes of one format: what the nbconvert exporters do, without nbconvert's start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

from ..errors import HalfyearError, RenderError
from ..formats import RenderOptions, format_named, loaded
from .body import semantic_body


def load(forms: Iterable[str]) -> None:
    """Load what makes these formats, and what each prepares; whatever is wrong is told when they are made."""
    for form in forms:
        with suppress(Exception):
            module = import_module(format_named(form).render.partition(":")[0])
            getattr(module, "prepare", lambda: None)()


def to_bytes(
    form: str, report: Mapping[str, Any], *, body: str = "", embed_fonts: bool = False, beside: tuple[str, ...] = ()
) -> bytes:
    """A stitched notebook as the bytes of ``report.html``, ``report.pdf``, …

    The same bytes as ``jupyter nbconvert --to halfyear-…`` gives for the notebook where the same stands beside it.

    Args:
        body: its semantic body, where it is known already.
        embed_fonts: put the glyphs used into the HTML page.
        beside: files of the same report that will stand beside this one.

    Raises:
        RenderError: it cannot be made; says the form and why.
    """
    declared = format_named(form)
    try:
        options = RenderOptions(embed_fonts=embed_fonts, beside=beside)
        made: bytes = loaded(declared.render)(body or semantic_body(report), report["metadata"]["halfyear"], options)
    except HalfyearError:
        raise
    except Exception as error:
        raise RenderError("not-rendered", file=declared.file, reason=f"{type(error).__name__}: {error}") from error
    return made
