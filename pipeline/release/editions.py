"""The public edition: the sections as they were executed, without what must stay inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from .clauses import without
from .findings import Finding
from .public_html import public_html
from .stated import Ledgers, rows_of

Notebook = Mapping[str, Any]
PUBLIC_FORM = "application/vnd.halfyear.public+json"  # an output's own form for the public edition
_SHOWN = ("text/html", "text/markdown", "image/png", "image/jpeg", "image/svg+xml")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+)$")
_MARKED = re.compile(r'<(span|div|p|li)\b[^>]*\bdata-disclosure="internal"[^>]*>.*?</\1>', re.DOTALL)
_SOURCE = re.compile(r'data-source="([^"]*)"')
_REFERENCE = r'<a class="ref" href="#({})">[^<]*</a>'
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class PublicEdition:
    """Section notebooks that may leave the house, in their order, and what was left out of them."""

    notebooks: tuple[dict[str, Any] | None, ...]
    opening: str
    withheld: tuple[Finding, ...]


def public(notebooks: Sequence[Notebook | None], ledgers: Ledgers, *, opening: str = "") -> PublicEdition:
    """Leave out of executed section notebooks all that rests on internal records, before they are stitched.

    Internal is a record whose 公开属性 is neither blank nor 主动公开. With it go: each fact with a source among such
    records, be it one of many summed up, and the clause around it; each row of a table with such a fact or with words
    that only internal records have; charts that show one (or their ``PUBLIC_FORM``, where they have one); headings that
    name one, with all below them; what is marked ``data-disclosure="internal"`` and cells tagged ``internal``;
    references to tables and charts that went. Code, plain texts and streams go from every cell, for nobody can say
    what they hold.

    Args:
        notebooks: in the order of the report; None for a section that failed. ledgers: all that facts name as sources.
        opening: the report's opening, in Markdown.
    """
    withheld: list[Finding] = []
    gone: set[str] = set()
    tables = [None if one is None else _pieces(one, ledgers, withheld, gone) for one in notebooks]
    inside = _Inside(ledgers, frozenset(gone))
    made = tuple(None if cells is None else _rewritten(cells, inside, withheld) for cells in tables)
    return PublicEdition(made, _text(opening, inside, withheld, "opening"), tuple(withheld))


class _Inside:
    """Whether some markup holds anything that must stay inside."""

    def __init__(self, ledgers: Ledgers, gone: frozenset[str]) -> None:
        self._ledgers = ledgers
        self._gone = re.compile(_REFERENCE.format("|".join(map(re.escape, gone)))) if gone else None

    def __call__(self, markup: str) -> bool:
        if 'data-disclosure="internal"' in markup or (self._gone and self._gone.search(markup)):
            return True
        return self.says(markup) or any(self.rests_on(unescape(written)) for written in _SOURCE.findall(markup))

    def says(self, markup: str) -> bool:
        """Whether words that only internal records have stand in it."""
        words = unescape(_MARKUP.sub("", markup))
        return any(text in words for text in self._ledgers.internal_texts)

    def rests_on(self, written: str) -> bool:
        """Whether one of the sources is an internal cell."""
        try:
            return any(map(self._ledgers.is_internal, rows_of(written)))
        except ValueError:
            return False


@dataclass
class _Cell:
    """A cell as it may leave; ``where`` names it in messages."""

    where: str
    kept: dict[str, Any]


@dataclass
class _Piece:
    """A stretch of a cell: a heading (``level`` > 0) or what stands between headings."""

    cell: _Cell
    output: int
    kind: str
    text: str
    level: int = 0
    kept: bool = True


def _pieces(notebook: Notebook, ledgers: Ledgers, withheld: list[Finding], gone: set[str]) -> list[_Cell]:
    """The cells that may be looked at, their tables and charts settled; texts still to be gone through."""
    inside = _Inside(ledgers, frozenset())
    title, cells = _title(notebook), []
    number = 0  # as JupyterLab shows the notebook, which has no injected parameters
    for cell in notebook["cells"]:
        tags = set(cell["metadata"].get("tags", ()))
        number += "injected-parameters" not in tags
        if tags & {"remove-cell", "internal"}:
            continue
        kept = _bare(cell)
        where = f"{title}, cell {number}"
        cells.append(_Cell(where, kept))
        if cell["cell_type"] == "markdown":
            kept["source"] = "".join(cell["source"])
        for output in cell.get("outputs", ()):
            data = _public_data(output)
            if "text/html" in data:
                before = data["text/html"]
                data["text/html"] = public_html(before, inside, withheld, where, gone)
                if not data["text/html"]:
                    data = {}
            if data:
                kept["outputs"].append({"output_type": "display_data", "data": data, "metadata": {}})
    return cells


def _title(notebook: Notebook) -> str:
    heading = next(
        (match for cell in notebook["cells"] for match in [_HEADING.match("".join(cell["source"]))] if match), None
    )
    return heading[2] if heading else "notebook"


def _bare(cell: Mapping[str, Any]) -> dict[str, Any]:
    """A cell without code, attachments, counts and metadata of others."""
    tags = [tag for tag in cell["metadata"].get("tags", ()) if tag != "show-input"]
    kept = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id", "cell"),
        "metadata": {"tags": tags} if tags else {},
        "source": "",
    }
    return kept | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


def _public_data(output: Mapping[str, Any]) -> dict[str, Any]:
    data = output.get("data", {})
    data = data.get(PUBLIC_FORM) or data
    return {kind: value if isinstance(value, str) else "".join(value) for kind, value in data.items() if kind in _SHOWN}


def _rewritten(cells: list[_Cell], inside: _Inside, withheld: list[Finding]) -> dict[str, Any]:
    pieces = [piece for cell in cells for piece in _cut(cell)]
    _drop_below_internal_headings(pieces, inside, withheld)
    for piece in pieces:
        if piece.kept and piece.kind == "text/markdown" and not piece.level:
            piece.text = _text(piece.text, inside, withheld, piece.cell.where)
    _drop_bare_headings(pieces)
    for cell in cells:
        _put_back(cell, [piece for piece in pieces if piece.cell is cell])
    kept = [cell.kept for cell in cells if cell.kept["source"] or cell.kept.get("outputs")]
    return {"cells": kept, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _cut(cell: _Cell) -> Iterator[_Piece]:
    if cell.kept["cell_type"] != "code":
        yield from _cut_markdown(cell, -1, cell.kept["source"])
        return
    for place, output in enumerate(cell.kept["outputs"]):
        if "text/markdown" in output["data"] and "text/html" not in output["data"]:
            yield from _cut_markdown(cell, place, output["data"]["text/markdown"])
        else:
            yield _Piece(cell, place, "text/html", "shown")


def _cut_markdown(cell: _Cell, output: int, text: str) -> Iterator[_Piece]:
    body: list[str] = []
    for line in [*text.split("\n"), None]:
        match = _HEADING.match(line) if line is not None else None
        if (match or line is None) and "\n".join(body).strip():
            yield _Piece(cell, output, "text/markdown", "\n".join(body))
        if match:
            yield _Piece(cell, output, "text/markdown", line, len(match[1]))
        body = [] if match or line is None else [*body, line]


def _drop_below_internal_headings(pieces: list[_Piece], inside: _Inside, withheld: list[Finding]) -> None:
    hidden = 0
    for piece in pieces:
        if piece.level and (not hidden or piece.level <= hidden):
            hidden = piece.level if inside(piece.text) else 0
            if hidden:
                withheld.append(Finding("withheld-heading", piece.cell.where, _MARKUP.sub("", piece.text)))
        piece.kept = not hidden


def _drop_bare_headings(pieces: list[_Piece]) -> None:
    """A heading goes where something stood under it and nothing is left."""
    for place, piece in enumerate(pieces):
        if not piece.level:
            continue
        below = []
        for other in pieces[place + 1 :]:
            if other.level and other.level <= piece.level:
                break
            below.append(other)
        content = [other for other in below if not other.level]
        if content and not any(other.kept and other.text.strip() for other in content):
            piece.kept = False


def _put_back(cell: _Cell, pieces: list[_Piece]) -> None:
    texts: dict[int, list[str]] = {}
    for piece in pieces:
        texts.setdefault(piece.output, []).extend([piece.text.strip("\n")] if piece.kept and piece.text.strip() else [])
    if cell.kept["cell_type"] != "code":
        cell.kept["source"] = "\n\n".join(texts.get(-1, []))
        return
    outputs = []
    for place, output in enumerate(cell.kept["outputs"]):
        said = "\n\n".join(texts.get(place, []))
        if said:
            if "text/html" not in output["data"] and "text/markdown" in output["data"]:
                output["data"]["text/markdown"] = said
            outputs.append(output)
    cell.kept["outputs"] = outputs


def _text(markdown: str, inside: _Inside, withheld: list[Finding], where: str) -> str:
    """Markdown without the clauses that hold something internal; each that goes is told."""
    rest = without(_MARKED.sub("", markdown), inside)
    if rest != markdown.strip("\n"):
        withheld.append(Finding("withheld-text", where, _shown(markdown), params={"left": _shown(rest) or "—"}))
    return rest


def _shown(markdown: str) -> str:
    return " ".join(unescape(_MARKUP.sub("", markdown)).split())
