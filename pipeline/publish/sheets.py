"""Single sheets that go with a publication, as notebooks for the same renderers as the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_BLANK = "<br>".join("　　　")  # high enough to be signed in


def sheet_notebook(title: str, said: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, Any]:
    """A sheet of these cells (name → Markdown or HTML); no date, no name and nothing personal in it.

    Args:
        said: ``metadata.halfyear`` of the report that it goes with.
    """
    kept = {key: said[key] for key in ("period", "label", "office", "bureau", "lang") if key in said}
    metadata = {"title": title, "halfyear": {**kept, "title": title, "draft": False, "edition": "public", "signed": ""}}
    made = [_cell(name, source) for name, source in {"title": f"# {title}", **cells}.items()]
    return {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def sheet_table(name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> str:
    """A table whose first column names the rows; a blank cell is left to be written in."""
    head = "".join(f'<th scope="col">{title}</th>' for title in heads)
    body = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(one) or _BLANK}</td>" for one in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<figure class="table" id="{name}">\n<figcaption>{caption}</figcaption>\n<table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        + (f'<p class="note">注：{note}</p>\n' if note else "")
        + "</figure>"
    )


def _cell(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": f"sheet-{name}", "metadata": {}, "source": source}
