"""What somebody changed in the Word document of a report: sentences, figures with their cells, what was lost, added or moved.

The document is held against the one that was built, paragraph by paragraph; where a paragraph's words come from is told
by the page, which says the same. Nothing is applied.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ..document.cell_notation import CellNotation
from ..document.passages import Mark, read_passages
from ..document.sentences import sentences
from ..document.word_text import CELL, COMMENT, HIDDEN, PICTURE, STRUCK, TEXT, WordPassage, read_word
from ..errors import ReleaseError
from ..vouch.notebook_cells import Cells
from .difference import notation_of
from .figures_now import FiguresNow
from .word_origins import Origin, origins
from .word_pairs import PassagePair, passage_pairs

_OF_THEIR_OWN = {COMMENT, PICTURE, HIDDEN, STRUCK}  # kinds that are told as what they are where they are new
_LONG = 8  # characters; a shorter sentence may be said at several places


@dataclass(frozen=True)
class WordChange:
    """One change. ``kind`` is sentence, lost, added, moved, parted, joined, figure, picture, hidden, struck or comment; ``old`` and
    ``new`` are what the built and the edited document say, for a figure the number, with its unit where only that changed;
    paragraphs that were parted or joined stand on lines of their own. ``cells`` are those it comes from (指标!E5),
    ``section``, ``place`` and ``notebook_cell`` where it stood and was made, "" and 0 where that cannot be told."""

    kind: str
    old: str
    new: str
    section: str = ""
    place: str = ""
    notebook_cell: int = 0
    cells: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self)


def edits(built: Path, edited: Path) -> list[WordChange]:
    """What differs in the document ``edited`` from the ``report.docx`` in the folder ``built``.

    Raises:
        ReleaseError: one of them is missing or cannot be read.
    """
    for name in ("report.docx", "report.html", "report.ipynb"):
        if not (built / name).is_file():
            raise ReleaseError("no-word-to-compare", folder=built, file=name)
    before, after = read_word(built / "report.docx"), read_word(edited)
    notebook = json.loads((built / "report.ipynb").read_text(encoding="utf-8"))
    known = origins(before, read_passages((built / "report.html").read_text(encoding="utf-8")))
    pairs = passage_pairs(before, after)
    arrived = {new: known[pair.old.start] for pair in pairs if pair.old.start in known for new in pair.new if pair.old}
    comparison = _Comparison(before, after, known, arrived, Cells(notebook), notation_of(built))
    return [change for pair in pairs for change in comparison.changes(pair)]


class _Comparison:
    def __init__(
        self,
        before: Sequence[WordPassage],
        after: Sequence[WordPassage],
        known: dict[int, Origin],
        arrived: dict[int, Origin],
        made: Cells,
        notation: CellNotation,
    ) -> None:
        self._before, self._after, self._known, self._arrived = before, after, known, arrived
        self._made, self._notation = made, notation
        was, now = (Counter(_said_in(some)) for some in (before, after))
        self._still_said = {one for one, times in was.items() if now[one] >= times}

    def changes(self, pair: PassagePair) -> Iterator[WordChange]:
        """What became of passages, those that stayed among them."""
        olds, news = (
            [some[at] for at in places] for some, places in ((self._before, pair.old), (self._after, pair.new))
        )
        if not olds:
            kind = news[0].kind if news[0].kind in _OF_THEIR_OWN else "added"
            yield self._change(kind, "", news[0].text, self._commented(pair.new.start) if kind == COMMENT else None)
        elif pair.moved:
            yield self._change("moved", olds[0].text, news[0].text, self._known.get(pair.old.start))
        elif not news:
            yield from self._lost(olds[0], self._known.get(pair.old.start))
        else:
            yield from self._regrouped(olds, news, pair)
            for at, new in zip(pair.old, _parts_of(news, olds), strict=True):
                if self._before[at][:2] != new[:2]:
                    yield from self._edited(self._before[at], new, self._known.get(at))

    def _commented(self, place: int) -> Origin | None:
        """Where the paragraph comes from that a comment is about."""
        about = next((at for at in range(place, len(self._after)) if self._after[at].kind in (TEXT, CELL)), -1)
        return self._arrived.get(about)

    def _regrouped(
        self, olds: Sequence[WordPassage], news: Sequence[WordPassage], pair: PassagePair
    ) -> Iterator[WordChange]:
        if len(olds) != len(news):
            was, now = ("\n".join(one.text for one in some) for some in (olds, news))
            yield self._change("parted" if len(news) > 1 else "joined", was, now, self._known.get(pair.old.start))

    def _lost(self, old: WordPassage, origin: Origin | None) -> Iterator[WordChange]:
        yield self._change(PICTURE if old.kind == PICTURE else "lost", old.text, "", origin)
        for mark in self._facts(old.text, origin):
            yield self._change("figure", old.text[mark.start : mark.end], "", origin, mark.said("data-source"))
        for point, sources in zip(old.points, origin.points if origin else (), strict=False):
            yield self._change("figure", point, "", origin, sources)

    def _edited(self, old: WordPassage, new: WordPassage, origin: Origin | None) -> Iterator[WordChange]:
        if old.kind == PICTURE:
            yield self._change(PICTURE, old.text, new.text, origin)
            yield from self._points(old, new, origin)
            return
        figures = list(self._figures(old.text, new.text, origin))
        alone = old.kind == CELL and any(one.old == old.text for one in figures)  # the cell is the figure
        for one, other in _sentence_pairs(old.text, new.text) if not alone else ():
            said = old.text[one.start : one.stop], new.text[other.start : other.stop]
            yield self._change("sentence", *said, origin, _sources_behind(one, origin))
        yield from figures

    def _points(self, old: WordPassage, new: WordPassage, origin: Origin | None) -> Iterator[WordChange]:
        """The numbers of a chart that are others now, one by one where there are as many as before."""
        if origin and len(old.points) == len(new.points):
            for was, now, sources in zip(old.points, new.points, origin.points, strict=True):
                if was != now:
                    yield self._change("figure", was, now, origin, sources)

    def _figures(self, old: str, new: str, origin: Origin | None) -> Iterator[WordChange]:
        """The facts of a paragraph that say something else now."""
        now = FiguresNow(old, new)
        for mark in self._facts(old, origin):
            if said := now.changed(mark):
                yield self._change("figure", *said, origin, mark.said("data-source"))

    def _facts(self, text: str, origin: Origin | None) -> Iterator[Mark]:
        """The facts of a paragraph but for those of sentences that stand word for word elsewhere now."""
        for sentence in sentences(text):
            if sentence[0] not in self._still_said:
                inside = (mark for mark in (origin.marks if origin else ()) if mark.kind == "fact")
                yield from (mark for mark in inside if sentence.start() <= mark.start < sentence.end())

    def _change(self, kind: str, old: str, new: str, origin: Origin | None, sources: str = "") -> WordChange:
        if origin is None:
            return WordChange(kind, old, new)
        place = origin.passage.place
        cells = self._notation.written(sources) if sources else ""
        return WordChange(kind, old, new, place.title, place.text("zh"), self._made.number(origin.passage), cells)


def _said_in(passages: Sequence[WordPassage]) -> Iterator[str]:
    """The sentences of the text that are long enough to be known again."""
    for one in passages:
        if one.kind == TEXT:
            yield from (sentence[0] for sentence in sentences(one.text) if len(sentence[0]) >= _LONG)


def _sources_behind(sentence: range, origin: Origin | None) -> str:
    """Of all the ledger's words and figures that a sentence is made of."""
    found = [one for one in (origin.marks if origin else ()) if one.start < sentence.stop and one.end > sentence.start]
    return " ".join(dict.fromkeys(part for one in found for part in one.said("data-source").split()))


def _parts_of(news: Sequence[WordPassage], olds: Sequence[WordPassage]) -> list[WordPassage]:
    """What the edited document says in place of each of ``olds``: what one was parted into together, one of several in their parts."""
    if len(news) > 1:
        return [news[0]._replace(text="".join(one.text for one in news))]
    text, ends = news[0].text, [0]
    blocks = SequenceMatcher(None, "".join(one.text for one in olds), text, autojunk=False).get_matching_blocks()
    at = 0
    for old in olds[:-1]:
        at += len(old.text)
        block = max((one for one in blocks if one.a < at), default=blocks[0], key=lambda one: one.a)
        ends.append(block.b + min(block.size, at - block.a))
    return [news[0]._replace(text=text[begin:end]) for begin, end in zip(ends, [*ends[1:], len(text)], strict=True)]


def _sentence_pairs(old: str, new: str) -> Iterator[tuple[range, range]]:
    """The sentences that differ, each with those that stand in its place; an empty range where there are none."""
    mine, its = ([range(*match.span()) for match in sentences(text)] for text in (old, new))
    texts = [[text[one.start : one.stop] for one in found] for text, found in ((old, mine), (new, its))]
    for kind, a, b, c, d in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if b - a == d - c:
            yield from zip(mine[a:b], its[c:d], strict=True)
        else:
            yield _span(mine[a:b]), _span(its[c:d])


def _span(found: Sequence[range]) -> range:
    return range(found[0].start, found[-1].stop) if found else range(0)
