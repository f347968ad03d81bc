"""A stitched report as the bytes of its formats; what cannot be set is told by notebook and cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import RenderError
from ..findings import Place
from ..formats import format_named
from ..workspace import Workspace


def rendered(
    form: str,
    report: Mapping[str, Any],
    body: str,
    workspace: Workspace,
    *,
    forms: Iterable[str],
    embed_fonts: bool = False,
) -> bytes:
    """The report in one of the formats that are made of it, ``forms``.

    Raises:
        RenderError: it cannot be made; says the notebook and the cell, as far as they can be told by their words.
    """
    from .. import render

    try:
        beside = tuple(format_named(other).file for other in forms if other != form)
        return render.to_bytes(form, report, body=body, embed_fonts=embed_fonts, beside=beside)
    except RenderError as error:
        place = _place(str(error.finding.params.get("words", "")), report, workspace)
        raise RenderError(error.code, place or error.place, **error.finding.params) from error


def _place(words: str, report: Mapping[str, Any], workspace: Workspace) -> Place | None:
    from ..vouch.notebook_cells import Cells

    name, number = Cells(report).saying(words)
    section = next((one for one in workspace.sections if one.name == name), None)
    if section is None:
        return None
    return Place(section.path.name, section=section.name, title=section.title, cell=number)
