"""The gate that no personal data and nothing internal passes: every byte of every file that is to leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ..document.source_rows import rows_of
from ..findings import Finding, Place
from ..personal import personal, revealing
from ..vouch.ledgers import Ledgers
from .unpack import Text, texts

_REFERENCE = re.compile(r"[^\s\"'<>&;,]+#row=\d+(?:-\d+)?(?:;col=[^\s\"'<>&,]+)?")


def privacy(files: Mapping[str, bytes], *, allowed: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Personal data in files: their names, texts, attributes, properties, embedded files.

    A hit names the place and shows the thing masked; each is told once a place.

    Args:
        files: name → bytes. allowed: e-mail addresses that are public (an office's own).
    """
    public = frozenset(address.lower() for address in allowed)
    found = [finding for name, data in files.items() for finding in _scanned(name, data, public)]
    return tuple(dict.fromkeys(found))


def leaks(files: Mapping[str, bytes], ledgers: Ledgers) -> tuple[Finding, ...]:
    """Words, figures and cells of internal records in files, wherever they stand; see ``Ledgers.internal_texts``."""
    found = [
        finding for name, data in files.items() for text in texts(name, data) for finding in _leaked(text, ledgers)
    ]
    return tuple(dict.fromkeys(found))


def _scanned(name: str, data: bytes, allowed: frozenset[str]) -> Iterator[Finding]:
    hits = cache(lambda text: tuple(revealing(text)))  # the attributes of a document are ever the same few
    for text in texts(name, data):
        if text.place.endswith("(unreadable)"):
            yield Finding("unreadable-part", _masked_place(text.place.removesuffix(" (unreadable)")))
        for hit in hits(text.text):
            if hit.address.lower() not in allowed:
                yield Finding(hit.kind, _masked_place(text.place), hit.masked)


def _leaked(text: Text, ledgers: Ledgers) -> Iterator[Finding]:
    said = text.text + "\n" + re.sub(r"[\n\t]", "", text.text)  # a page breaks words anywhere
    for words, cell in ledgers.internal_texts.items():
        if words in said:
            yield Finding("internal-words", _masked_place(text.place), words, params={"cell": ledgers.called(cell)})
    for figure, cell in ledgers.internal_figures.items():
        if re.search(rf"(?<![\d.,]){re.escape(figure)}", said):
            yield Finding("internal-figure", _masked_place(text.place), figure, params={"cell": ledgers.called(cell)})
    for written in _REFERENCE.findall(text.text):
        try:
            inside = any(map(ledgers.is_internal, rows_of(written)))
        except ValueError:
            continue
        if inside:
            yield Finding("internal-source", _masked_place(text.place), written)


def _masked_place(place: str) -> Place:
    """A place in which a name holds personal data is itself masked."""
    return Place(re.sub(r"[\d@Xx]{3,}", "***", place) if any(personal(place)) else place)
