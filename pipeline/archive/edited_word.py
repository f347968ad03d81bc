"""What somebody changed in the Word document of a report: sentences, figures with their cells, what was lost or added.

The document is held against the one that was built, paragraph by paragraph; where a paragraph's words come from is told
by the page, which says the same. Nothing is applied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from ..document.cell_notation import CellNotation
from ..document.passages import Mark, Passage, read_passages
from ..document.sentences import sentences
from ..document.word_text import CELL, COMMENT, PICTURE, WordPassage, read_word
from ..errors import ReleaseError
from ..vouch.notebook_cells import Cells
from .difference import notation_of

_LEAST = 0.01
_ALIKE = 0.4  # how much of two paragraphs must be the same for one to be an edit of the other
_TOKENS = re.compile(r"\d[\d,]*(?:\.\d+)?|.", re.DOTALL)
_DIGITS = re.compile(r"[\d,.]+")
_NOT_IN_WORD = {"alternative", "label", "chart"}
_UNNUMBERED = {"title", "heading"}  # Word numbers these by itself


@dataclass(frozen=True)
class WordChange:
    """One change. ``kind`` is sentence, lost, added, figure, picture or comment; ``old`` and ``new`` are what the built
    and the edited document say, for a figure the number alone; ``cells`` are those it comes from (指标!E5), ``section``,
    ``place`` and ``notebook_cell`` where it stood and was made, "" and 0 where that cannot be told."""

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


class _Origin(NamedTuple):
    """Where a paragraph of the built document comes from: the passage of the page, its text and its marks without blanks."""

    passage: Passage
    text: str
    marks: tuple[Mark, ...]


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
    comparison = _Comparison(Cells(notebook), notation_of(built))
    origins = _origins(before, read_passages((built / "report.html").read_text(encoding="utf-8")))
    return list(comparison.changes(before, after, origins))


def _origins(paragraphs: Sequence[WordPassage], passages: Sequence[Passage]) -> dict[int, _Origin]:
    """Place of a paragraph → what it comes from, where the page says the same in the same order."""
    known = [_squeezed(one) for one in passages if one.place.kind not in _NOT_IN_WORD]
    matcher = SequenceMatcher(None, [one.text for one in paragraphs], [one.text for one in known], autojunk=False)
    return {
        block.a + step: known[block.b + step] for block in matcher.get_matching_blocks() for step in range(block.size)
    }


def _squeezed(passage: Passage) -> _Origin:
    """A passage as Word has it: without blanks, marks of footnotes and the numbers of headings."""
    dropped = {"note", "number"} if passage.place.kind in _UNNUMBERED else {"note"}
    gone = [range(mark.start, mark.end) for mark in passage.marks if mark.kind in dropped]
    kept = [
        place
        for place, character in enumerate(passage.text)
        if not character.isspace() and not any(place in one for one in gone)
    ]
    at = {place: index for index, place in enumerate(kept)}
    marks = []
    for mark in passage.marks:
        inside = [at[place] for place in range(mark.start, mark.end) if place in at]
        if inside and mark.kind in ("fact", "words"):
            marks.append(Mark(mark.kind, inside[0], inside[-1] + 1, mark.attributes))
    return _Origin(passage, "".join(passage.text[place] for place in kept), tuple(marks))


class _Comparison:
    def __init__(self, made: Cells, notation: CellNotation) -> None:
        self._made, self._notation = made, notation

    def changes(
        self, before: Sequence[WordPassage], after: Sequence[WordPassage], origins: dict[int, _Origin]
    ) -> Iterator[WordChange]:
        for old, new in _pairs(before, after):
            origin = origins.get(old) if old is not None else None
            if new is None and old is not None:
                yield from self._lost(before[old], origin)
            elif old is None and new is not None:
                kind = after[new].kind if after[new].kind in (COMMENT, PICTURE) else "added"
                yield WordChange(kind, "", after[new].text)
            elif old is not None and new is not None and before[old] != after[new]:
                yield from self._edited(before[old], after[new], origin)

    def _lost(self, old: WordPassage, origin: _Origin | None) -> Iterator[WordChange]:
        kind = PICTURE if old.kind == PICTURE else "lost"
        yield self._change(kind, old.text, "", origin)
        for mark in origin.marks if origin else ():
            if mark.kind == "fact":
                yield self._change("figure", old.text[mark.start : mark.end], "", origin, mark)

    def _edited(self, old: WordPassage, new: WordPassage, origin: _Origin | None) -> Iterator[WordChange]:
        if old.kind == PICTURE:
            yield self._change(PICTURE, old.text, new.text, origin)
            return
        figures = list(self._figures(old.text, new.text, origin))
        alone = old.kind == CELL and any(one.old == old.text for one in figures)  # the cell is the figure
        for one, other in _sentence_pairs(old.text, new.text) if not alone else ():
            words = self._words_behind(one, origin)
            yield self._change(
                "sentence", old.text[one.start : one.stop], new.text[other.start : other.stop], origin, words
            )
        yield from figures

    def _figures(self, old: str, new: str, origin: _Origin | None) -> Iterator[WordChange]:
        """The facts of a paragraph that say something else now."""
        if origin is None:
            return
        mine, its = ([match.span() for match in _TOKENS.finditer(text)] for text in (old, new))
        matcher = SequenceMatcher(None, [old[a:b] for a, b in mine], [new[a:b] for a, b in its], autojunk=False)
        for mark in origin.marks:
            if mark.kind == "fact":
                said = "".join(_said_now(mark, matcher, mine, new, its))
                if said != old[mark.start : mark.end]:
                    yield self._change("figure", old[mark.start : mark.end], said, origin, mark)

    def _words_behind(self, sentence: range, origin: _Origin | None) -> Mark | None:
        """The ledger's words that a sentence is made of, as one mark."""
        found = [
            one for one in (origin.marks if origin else ()) if one.start < sentence.stop and one.end > sentence.start
        ]
        sources = dict.fromkeys(part for one in found for part in one.said("data-source").split())
        return Mark("words", 0, 0, {"data-source": " ".join(sources)}) if sources else None

    def _change(self, kind: str, old: str, new: str, origin: _Origin | None, mark: Mark | None = None) -> WordChange:
        if origin is None:
            return WordChange(kind, old, new)
        place = origin.passage.place
        cells = self._notation.written(mark.said("data-source")) if mark else ""
        return WordChange(kind, old, new, place.title, place.text("zh"), self._made.number(origin.passage), cells)


def _said_now(
    mark: Mark, matcher: SequenceMatcher[str], mine: list[tuple[int, int]], new: str, its: list[tuple[int, int]]
) -> Iterator[str]:
    """What the edited text says in the place of a fact: the same where it is untouched, all that was put in its place."""
    for kind, a, b, c, d in matcher.get_opcodes():
        first, last = (mine[a][0], mine[b - 1][1]) if a < b else (mine[a][0] if a < len(mine) else mark.end, -1)
        if a < b and first < mark.end and last > mark.start:
            if kind == "equal":
                yield from (
                    new[its[c + step][0] : its[c + step][1]]
                    for step in range(b - a)
                    if mine[a + step][0] < mark.end and mine[a + step][1] > mark.start
                )
            elif kind == "replace":
                yield new[its[c][0] : its[d - 1][1]]
        elif kind == "insert" and mark.start < first < mark.end:
            yield new[its[c][0] : its[d - 1][1]]


def _pairs(before: Sequence[WordPassage], after: Sequence[WordPassage]) -> Iterator[tuple[int | None, int | None]]:
    """Places of paragraphs that are the same or one an edit of the other; None where there is none."""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(range(a, b), range(c, d), strict=True)
        else:
            alike = [[_likeness(before[i], after[j]) for j in range(c, d)] for i in range(a, b)]
            yield from ((i if i is None else a + i, j if j is None else c + j) for i, j in _best(alike, b - a, d - c))


def _likeness(old: WordPassage, new: WordPassage) -> float:
    if old.kind != new.kind:
        return 0.0
    likeness = SequenceMatcher(None, old.text, new.text, autojunk=False).ratio()
    if old.kind == CELL:  # a cell stays where it is, whatever is written into it
        return max(likeness, _LEAST)
    same_but_figures = _DIGITS.sub("", old.text) == _DIGITS.sub("", new.text)  # 190件, 205件
    return likeness if likeness >= _ALIKE else _ALIKE if same_but_figures else 0.0


def _best(alike: list[list[float]], height: int, width: int) -> Iterator[tuple[int | None, int | None]]:
    """The pairing in order of which the likenesses come to most."""
    worth = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            together = alike[i][j] + worth[i + 1][j + 1] if alike[i][j] else 0.0
            worth[i][j] = max(together, worth[i + 1][j], worth[i][j + 1])
    i = j = 0
    while i < height or j < width:
        if i < height and j < width and alike[i][j] and worth[i][j] == alike[i][j] + worth[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif i < height and (j == width or worth[i][j] == worth[i + 1][j]):
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1


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
