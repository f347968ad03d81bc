"""Where a ledger's figures and words stand in a finished report, and what was made of them there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..document.passages import Mark, Passage, PassagePlace
from ..document.sentences import sentence_around
from ..document.source_rows import Rows, rows_of


class Standing(NamedTuple):
    """A figure or words of a report: ``printed`` and, for a figure, how it was made; ``rows`` are the cells behind it."""

    place: PassagePlace
    printed: str
    value: str
    derivation: str
    sentence: str
    rows: tuple[Rows, ...]


def standings(passages: Iterable[Passage]) -> Iterator[Standing]:
    """Each figure and each of a ledger's words, in reading order; what names no cell properly is left out."""
    for passage in passages:
        for printed, value, derivation, written, start in _said(passage):
            try:
                rows = rows_of(written)
            except ValueError:  # told by the audit
                continue
            yield Standing(passage.place, printed, value, derivation, sentence_around(passage.text, start), rows)


def _said(passage: Passage) -> Iterator[tuple[str, str, str, str, int]]:
    if passage.place.kind == "chart":
        yield from ((one.printed, one.value, one.derivation, one.sources, 0) for one in passage.carried)
        yield from ((one.printed, "", "", one.sources, 0) for one in passage.words)
    yield from (_of_mark(mark, passage) for mark in passage.marks if mark.kind in ("fact", "words"))


def _of_mark(mark: Mark, passage: Passage) -> tuple[str, str, str, str, int]:
    printed = passage.text[mark.start : mark.end]
    return printed, mark.said("value"), mark.said("data-derivation"), mark.said("data-source"), mark.start
