"""The gate that no personal data and nothing internal passes: every byte of every file that is to leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..findings import Finding, Place
from ..personal.recognise import personal
from ..vouch.ledgers import Ledgers, rows_of
from .unpack import Text, texts

_CODES = {"masked-id": ""}  # a masked id may leave; a name beside it may not
_REFERENCE = re.compile(r"[^\s\"'<>&;,]+#row=\d+(?:-\d+)?(?:;col=[^\s\"'<>&,]+)?")


def privacy(files: Mapping[str, bytes], *, allowed: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Personal data in files: their names, texts, attributes, properties, embedded files.

    A hit names the place and shows the thing masked; each is told once a place.

    Args:
        files: name → bytes. allowed: e-mail addresses that are public (an office's own).
    """
    found = [finding for name, data in files.items() for finding in _scanned(name, data, frozenset(allowed))]
    return tuple(dict.fromkeys(found))


def leaks(files: Mapping[str, bytes], ledgers: Ledgers) -> tuple[Finding, ...]:
    """Words, figures and cells of internal records in files, wherever they stand; see ``Ledgers.internal_texts``."""
    found = [
        finding for name, data in files.items() for text in texts(name, data) for finding in _leaked(text, ledgers)
    ]
    return tuple(dict.fromkeys(found))


def _scanned(name: str, data: bytes, allowed: frozenset[str]) -> Iterator[Finding]:
    for text in texts(name, data):
        if text.place.endswith("(unreadable)"):
            yield Finding("unreadable-part", _masked_place(text.place.removesuffix(" (unreadable)")))
        for said in dict.fromkeys((text.text, text.text.replace("\n", ""))):
            for hit in personal(said):
                joined = said is not text.text and "\n" in text.text
                if (joined and hit.kind == "mobile") or hit.kind in _CODES:
                    continue  # figures of neighbouring cells run together look like one
                if hit.kind == "email" and any(address in said for address in allowed):
                    continue
                yield Finding(hit.kind, _masked_place(text.place), hit.masked)


def _leaked(text: Text, ledgers: Ledgers) -> Iterator[Finding]:
    said = text.text + "\n" + text.text.replace("\n", "")  # a page breaks words anywhere
    for words, cell in ledgers.internal_texts.items():
        if words in said:
            yield Finding("internal-words", _masked_place(text.place), words, params={"cell": cell})
    for figure, cell in ledgers.internal_figures.items():
        if re.search(rf"(?<![\d.,]){re.escape(figure)}", said):
            yield Finding("internal-figure", _masked_place(text.place), figure, params={"cell": cell})
    for written in _REFERENCE.findall(text.text):
        try:
            inside = any(map(ledgers.is_internal, rows_of(written)))
        except ValueError:
            continue
        if inside:
            yield Finding("internal-source", _masked_place(text.place), written)


def _masked_place(place: str) -> Place:
    """A place in which a name holds personal data is itself masked."""
    hits = list(personal(place))
    return Place(re.sub(r"[\d@Xx]{3,}", "***", place) if hits else place)
