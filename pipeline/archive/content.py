"""What a report says, in a form in which two reports can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from ..document.carried import CarriedFact
from ..document.cell_notation import CellNotation
from ..document.passages import Mark, Passage, read_passages
from ..document.sentences import sentences

_BLANK = "□"  # stands for a fact where only the words around it count


@dataclass(frozen=True)
class ReportedFact:
    """A fact as it stands in a report.

    ``title`` is its section's, ``place`` is where in its section, ``sentence`` what is said, ``around`` the same without the facts (or the row and
    column of a table), ``nth`` which of the facts there it is; ``kind`` text, cell or chart; ``cells`` are its sources as
    people write them: 指标!E5.
    """

    section: str
    place: str
    kind: str
    printed: str
    value: str
    qualifier: str
    derivation: str
    sources: str
    sentence: str
    around: str
    nth: int
    cells: str = ""
    title: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``: what a reader of the report can see, and the sources."""
        shown = asdict(self)
        return {
            name: shown[name]
            for name in ("place", "printed", "value", "qualifier", "derivation", "sources", "cells", "sentence")
        }


@dataclass(frozen=True)
class Content:
    """The facts of a report in reading order; its sentences by section, without and with their facts; its figures.

    A figure is named by section and by its caption without number and facts, and is the list of all that it shows;
    ``captions`` gives the caption as printed.
    """

    facts: tuple[ReportedFact, ...]
    sentences: dict[str, list[tuple[str, str]]]
    figures: dict[tuple[str, str], list[str]]
    captions: dict[tuple[str, str], str]

    @classmethod
    def of(cls, document: str, notation: CellNotation) -> Content:
        """Read a semantic body or an HTML page; ``notation`` is that of the ledgers it comes from."""
        passages = read_passages(document)
        named = [passage for passage in passages if passage.place.kind == "caption"]
        captions = {(passage.place.section, passage.place.figure): _without_facts(passage) for passage in named}
        counted: Counter[tuple[str, str]] = Counter()
        found = (fact for passage in passages for fact in _facts(passage, captions, counted))
        facts = [replace(fact, cells=notation.written(fact.sources)) for fact in found]
        said: dict[str, list[tuple[str, str]]] = {}
        figures: dict[tuple[str, str], list[str]] = {}
        for passage in passages:
            if passage.place.figure:
                key = (passage.place.section, _caption(passage, captions))
                figures.setdefault(key, []).extend(_shown(passage))
            elif passage.text:
                said.setdefault(passage.place.section, []).extend(_said(passage))
        printed = {(one.place.section, _without_facts(one)): _without_number(one) for one in named}
        return cls(tuple(facts), said, figures, printed)


def _facts(
    passage: Passage, captions: dict[tuple[str, str], str], counted: Counter[tuple[str, str]]
) -> Iterator[ReportedFact]:
    place = passage.place
    if place.kind == "chart":
        for fact in passage.carried:
            around = f"{_caption(passage, captions)}|{fact.sources}"
            yield _fact(passage, "chart", fact, "", around, counted)
    for start, end, text, around in _parts(passage):
        for mark in _marks(passage, start, end):
            kind = "cell" if place.kind == "cell" else "text"
            words = f"{_caption(passage, captions)}|{place.row}|{place.column}" if kind == "cell" else around
            yield _fact(passage, kind, _carried_by(mark, passage), text, words, counted)


def _carried_by(mark: Mark, passage: Passage) -> CarriedFact:
    return CarriedFact(
        passage.text[mark.start : mark.end],
        mark.said("value"),
        mark.said("data-qualifier"),
        mark.said("data-derivation"),
        mark.said("data-source"),
    )


def _fact(
    passage: Passage, kind: str, fact: CarriedFact, sentence: str, around: str, counted: Counter[tuple[str, str]]
) -> ReportedFact:
    counted[passage.place.section, around] += 1
    nth = counted[passage.place.section, around]
    return ReportedFact(
        passage.place.section,
        passage.place.text(),
        kind,
        **fact._asdict(),
        sentence=sentence,
        around=around,
        nth=nth,
        title=passage.place.title,
    )


def _parts(passage: Passage) -> Iterator[tuple[int, int, str, str]]:
    """Each sentence of a passage: where it begins and ends, its text, and its words without facts."""
    for match in sentences(passage.text):
        words, last = "", match.start()
        for mark in _marks(passage, *match.span(), kinds=("fact", "number", "reference")):
            words += passage.text[last : mark.start] + _BLANK
            last = mark.end
        yield (*match.span(), match[0].strip(), (words + passage.text[last : match.end()]).strip())


def _marks(passage: Passage, start: int, end: int, kinds: tuple[str, ...] = ("fact",)) -> list[Mark]:
    return sorted(
        (mark for mark in passage.marks if mark.kind in kinds and start <= mark.start < end),
        key=lambda mark: mark.start,
    )


def _said(passage: Passage) -> Iterator[tuple[str, str]]:
    yield from ((words, text) for _, _, text, words in _parts(passage))


def _shown(passage: Passage) -> Iterator[str]:
    """What a table or chart shows in this passage; its number is not part of it."""
    if passage.place.kind == "chart":
        yield from ("|".join(("chart", *fact[:4])) for fact in passage.carried)
    text = _without_number(passage)
    if text:
        yield f"{passage.place.kind}|{passage.place.row}|{passage.place.column}|{text}"


def _without_facts(passage: Passage) -> str:
    words = "".join(words for _, _, _, words in _parts(passage))
    return words.removeprefix(_BLANK).strip()


def _without_number(passage: Passage) -> str:
    number = next((mark for mark in passage.marks if mark.kind == "number"), None)
    return (passage.text[: number.start] + passage.text[number.end :]).strip() if number else passage.text


def _caption(passage: Passage, captions: dict[tuple[str, str], str]) -> str:
    return captions.get((passage.place.section, passage.place.figure), passage.place.figure)
