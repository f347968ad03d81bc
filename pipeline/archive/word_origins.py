"""Where the paragraphs and charts of a built Word document come from: told by the page, which says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..document.passages import Mark, Passage
from ..document.word_text import WordPassage

_NOT_IN_WORD = {"alternative", "label", "chart"}
_UNNUMBERED = {"title", "heading"}  # Word numbers these by itself


class Origin(NamedTuple):
    """The passage of the page that a paragraph comes from, its text without blanks, its marks in there; of a chart the sources of each point."""

    passage: Passage
    text: str
    marks: tuple[Mark, ...] = ()
    points: tuple[str, ...] = ()


def origins(paragraphs: Sequence[WordPassage], passages: Sequence[Passage]) -> dict[int, Origin]:
    """Place of a paragraph → what it comes from, where the page says the same in the same order."""
    known = [_squeezed(one) for one in passages if one.place.kind not in _NOT_IN_WORD]
    matcher = SequenceMatcher(None, [one.text for one in paragraphs], [one.text for one in known], autojunk=False)
    found = {
        block.a + step: known[block.b + step] for block in matcher.get_matching_blocks() for step in range(block.size)
    }
    return found | dict(_charts(paragraphs, passages))


def _squeezed(passage: Passage) -> Origin:
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
    return Origin(passage, "".join(passage.text[place] for place in kept), tuple(marks))


def _charts(paragraphs: Sequence[WordPassage], passages: Sequence[Passage]) -> Iterator[tuple[int, Origin]]:
    """The charts that Word draws, each with the next of the page that was drawn from its numbers."""
    drawn = iter([one for one in passages if one.place.kind == "chart"])
    for place, paragraph in enumerate(paragraphs):
        if paragraph.points:
            for passage in drawn:
                if points := _behind(paragraph.points, passage):
                    yield place, Origin(passage, paragraph.text, points=points)
                    break


def _behind(points: Sequence[str], passage: Passage) -> tuple[str, ...]:
    """The sources of each point, by its value among the facts in their order; none where a point has none of them."""
    waiting = [(_number(one.value), one.sources) for one in passage.carried]
    found = []
    for point in map(_number, points):
        match = next((one for one in waiting if one[0] == point), None)
        if match is None:
            return ()
        if sum(one[0] == point for one in waiting) > 1:  # the next of that value is another cell's
            waiting.remove(match)
        found.append(match[1])
    return tuple(found)


def _number(written: str) -> float | None:
    try:
        return float(f"{float(written):.12g}")  # as a chart has it
    except ValueError:  # a date
        return None
