"""Which paragraph of an edited Word document is which of the built one: the same, edited, parted, joined or moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..document.word_text import CELL, TEXT, WordPassage

_LEAST = 0.01
_ALIKE = 0.4  # how much of two paragraphs must be the same for one to be an edit of the other
_ONE_TEXT = 0.85  # how much of several paragraphs and of one, for them to be the same text
_DEAREST = 0.05  # what parting or joining must better, so that a paragraph's end is not moved without need
_MOST = 3  # paragraphs that one is parted into
_LONG = 8  # characters; a shorter text may stand anywhere without having been moved there
_DIGITS = re.compile(r"[\d,.]+")
_STEPS = ((1, 1), *((1, many) for many in range(2, _MOST + 1)), *((many, 1) for many in range(2, _MOST + 1)))


class PassagePair(NamedTuple):
    """Places of passages that belong together: one and one, or one and several; ``old`` or ``new`` is empty where there are none.

    ``moved`` says that they are the same, elsewhere.
    """

    old: range
    new: range
    moved: bool = False


def passage_pairs(before: Sequence[WordPassage], after: Sequence[WordPassage]) -> list[PassagePair]:
    """The passages of both documents in the order of the built one, what was added where it stands now."""
    pairs: list[PassagePair] = []
    for same, a, b, c, d in _blocks(before, after):
        if same:
            pairs += (
                PassagePair(range(a + step, a + step + 1), range(c + step, c + step + 1)) for step in range(b - a)
            )
        else:
            worth = _worth_of(before[a:b], after[c:d])
            pairs += (
                PassagePair(range(a + one.start, a + one.stop), range(c + other.start, c + other.stop))
                for one, other in best_pairing(b - a, d - c, worth, _STEPS)
            )
    return list(_with_moved(pairs, before, after))


def _blocks(before: Sequence[WordPassage], after: Sequence[WordPassage]) -> Iterator[tuple[bool, int, int, int, int]]:
    """What is the same and what is not; a few short words between two changes, which may stand anywhere, are part of the change."""
    opened: tuple[int, int, int, int] | None = None
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (kind, a, b, c, d) in enumerate(codes):
        inside = 0 < at < len(codes) - 1
        if kind != "equal" or (inside and sum(len(one.text) for one in before[a:b]) < _LONG):
            begin = opened or (a, b, c, d)
            opened = (begin[0], b, begin[2], d)
            continue
        if opened:
            yield False, *opened
            opened = None
        yield True, a, b, c, d
    if opened:
        yield False, *opened


def _worth_of(before: Sequence[WordPassage], after: Sequence[WordPassage]) -> Callable[[range, range], float]:
    def worth(old: range, new: range) -> float:
        if len(old) == len(new):
            return _likeness(before[old.start], after[new.start])
        if any(one.kind != TEXT for one in (*before[old.start : old.stop], *after[new.start : new.stop])):
            return 0.0
        return _oneness("".join(before[at].text for at in old), "".join(after[at].text for at in new))

    return worth


def _likeness(old: WordPassage, new: WordPassage) -> float:
    if old.kind != new.kind:
        return 0.0
    if old == new:
        return 1.0
    if old.kind == CELL and old.column != new.column:  # a column by another name, if at all
        return _LEAST
    if old.kind == CELL:  # a cell stays where it is, whatever is written into it
        return max(_shared(old.text, new.text, 1), 2 * _LEAST)
    same_but_figures = _DIGITS.sub("", old.text) == _DIGITS.sub("", new.text)  # 190件, 205件
    return _ratio(old.text, new.text, _ALIKE) or (_ALIKE if same_but_figures else 0.0)


def _oneness(old: str, new: str) -> float:
    """How much several paragraphs and one say the same, a little less than two of a kind would count."""
    return max(0.0, _ratio(old, new, _ONE_TEXT) - _DEAREST)


def _ratio(old: str, new: str, least: float) -> float:
    """How much of two texts is the same; 0 where it is less than ``least``."""
    if 2 * min(len(old), len(new)) < least * (len(old) + len(new)) or _shared(old, new, 2) < least / 2:
        return 0.0  # sparing what takes time
    ratio = SequenceMatcher(None, old, new, autojunk=False).ratio()
    return ratio if ratio >= least else 0.0


def _shared(old: str, new: str, length: int) -> float:
    """How many of the pieces of that length two texts have in common."""
    one, other = _pieces(old, length), _pieces(new, length)
    return 2 * len(one & other) / (len(one) + len(other))


@lru_cache(maxsize=8192)
def _pieces(text: str, length: int) -> frozenset[str]:
    return frozenset(text[at : at + length] for at in range(max(1, len(text) - length + 1)))


def best_pairing(
    height: int,
    width: int,
    worth: Callable[[range, range], float],
    steps: Sequence[tuple[int, int]] = ((1, 1),),
) -> Iterator[tuple[range, range]]:
    """The pairing in order of which the worths come to most; an empty range where there is no other.

    ``steps`` are how many may be paired with how many.
    """
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(height, -1, -1):
        for j in range(width, -1, -1):
            ways = [(best[i + 1][j], (1, 0))] if i < height else []
            ways += [(best[i][j + 1], (0, 1))] if j < width else []
            for down, right in steps:
                if (
                    i + down <= height
                    and j + right <= width
                    and (gain := worth(range(i, i + down), range(j, j + right)))
                ):
                    ways.append((gain + best[i + down][j + right], (down, right)))
            if ways:
                best[i][j], taken[i, j] = max(ways, key=lambda way: (way[0], sum(way[1])))
    i = j = 0
    while (i, j) in taken:
        down, right = taken[i, j]
        yield range(i, i + down), range(j, j + right)
        i, j = i + down, j + right


def _with_moved(
    pairs: Sequence[PassagePair], before: Sequence[WordPassage], after: Sequence[WordPassage]
) -> Iterator[PassagePair]:
    """The pairs, those lost at one place and added at another as one."""
    lost = _stretches([pair.old.start for pair in pairs if pair.old and not pair.new])
    added = _stretches([pair.new.start for pair in pairs if pair.new and not pair.old])
    waiting: dict[tuple[WordPassage, ...], list[range]] = {}
    for some in added:
        waiting.setdefault(tuple(after[some.start : some.stop]), []).append(some)
    moved: dict[int, range] = {}
    for some in lost:
        said = tuple(before[some.start : some.stop])
        if waiting.get(said) and sum(len(one.text) for one in said) >= _LONG:
            moved |= zip(some, (range(at, at + 1) for at in waiting[said].pop(0)), strict=True)
    arrived = {some.start for some in moved.values()}
    for pair in pairs:
        if pair.old and not pair.new and pair.old.start in moved:
            yield PassagePair(pair.old, moved[pair.old.start], moved=True)
        elif pair.old or pair.new.start not in arrived:
            yield pair


def _stretches(places: Sequence[int]) -> list[range]:
    """Places one after another as ranges."""
    ends = [0, *(at for at, (one, other) in enumerate(pairwise(places), 1) if other != one + 1), len(places)]
    return [range(places[begin], places[end - 1] + 1) for begin, end in pairwise(ends) if begin < end]
