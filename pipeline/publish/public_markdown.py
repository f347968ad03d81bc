"""The texts of the public edition: clauses and headings that hold something internal go, the rest still reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from ..findings import Finding, Place
from .clauses import without

HEADING = re.compile(r"^(#{1,6})[ \t]+(.+)$")
_MARKED = re.compile(
    r'(?P<before>[、；]?)<(?P<tag>span|div|p|li)\b[^>]*\bdata-disclosure="internal"[^>]*>'
    r"(?:(?!</?(?P=tag)\b).|<(?P=tag)\b[^>]*>(?:(?!</?(?P=tag)\b).)*</(?P=tag)>)*"  # words in it are elements of that tag
    r"</(?P=tag)>(?P<after>[、；]?)",
    re.DOTALL,
)
_MARKUP = re.compile(r"<[^>]*>")
Inside = Callable[[str], bool]


@dataclass
class PublicCell:
    """A cell as it may leave; ``where`` names it in messages."""

    where: Place
    kept: dict[str, Any]


@dataclass
class _Piece:
    """A stretch of a cell: a heading (``level`` > 0) or what stands between headings."""

    cell: PublicCell
    output: int
    kind: str
    text: str
    level: int = 0
    kept: bool = True


def rewritten(cells: list[PublicCell], inside: Inside, withheld: list[Finding]) -> dict[str, Any]:
    """A section notebook of the cells, their texts without what is internal; what goes is told in ``withheld``."""
    pieces = [piece for cell in cells for piece in _cut(cell)]
    _drop_below_internal_headings(pieces, inside, withheld)
    for piece in pieces:
        if piece.kept and piece.kind == "text/markdown" and not piece.level:
            piece.text = public_text(piece.text, inside, withheld, piece.cell.where)
    _drop_bare_headings(pieces)
    for cell in cells:
        _put_back(cell, [piece for piece in pieces if piece.cell is cell])
    kept = [cell.kept for cell in cells if cell.kept["source"] or cell.kept.get("outputs")]
    return {"cells": kept, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _cut(cell: PublicCell) -> Iterator[_Piece]:
    if cell.kept["cell_type"] != "code":
        yield from _cut_markdown(cell, -1, cell.kept["source"])
        return
    for place, output in enumerate(cell.kept["outputs"]):
        if "text/markdown" in output["data"] and "text/html" not in output["data"]:
            yield from _cut_markdown(cell, place, output["data"]["text/markdown"])
        else:
            yield _Piece(cell, place, "text/html", "shown")


def _cut_markdown(cell: PublicCell, output: int, text: str) -> Iterator[_Piece]:
    body: list[str] = []
    for line in text.split("\n"):
        match = HEADING.match(line)
        if not match:
            body.append(line)
            continue
        yield from _below(cell, output, body)
        yield _Piece(cell, output, "text/markdown", line, len(match[1]))
        body = []
    yield from _below(cell, output, body)


def _below(cell: PublicCell, output: int, lines: list[str]) -> Iterator[_Piece]:
    """What stands below a heading, if anything does."""
    if any(map(str.strip, lines)):
        yield _Piece(cell, output, "text/markdown", "\n".join(lines))


def _drop_below_internal_headings(pieces: list[_Piece], inside: Inside, withheld: list[Finding]) -> None:
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


def _put_back(cell: PublicCell, pieces: list[_Piece]) -> None:
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


def _without_marked(match: re.Match[str]) -> str:
    """Of the marks on both sides of what goes, one stays."""
    return match["after"] if match["before"] and match["after"] else ""


def public_text(markdown: str, inside: Inside, withheld: list[Finding], where: Place) -> str:
    """Markdown without the clauses that hold something internal; each that goes is told."""
    rest = without(_MARKED.sub(_without_marked, markdown), inside)
    if rest != markdown.strip("\n"):
        withheld.append(Finding("withheld-text", where, _shown(markdown), params={"left": _shown(rest) or "—"}))
    return rest


def _shown(markdown: str) -> str:
    return " ".join(unescape(_MARKUP.sub("", markdown)).split())
