"""What an edited paragraph says in the place of each of its facts: the number, or the number with its sign, hedge and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ..document.passages import Mark
from .word_pairs import best_pairing

_TOKENS = re.compile(r"\d[\d,]*(?:\.\d+)?|.", re.DOTALL)
_MANY = 100_000  # pairs of pieces; of more only what differs is weighed
_OTHER_NUMBER = 0.5  # what two numbers in each other's place are worth, where two equal pieces are worth 1
_HEDGES = "大约|约莫|约|将近|接近|近|超过|超|不足|不到|至少|至多|逾"
_BEFORE = re.compile(rf"(?:增长|下降|上升|减少|增加)?(?:{_HEDGES})?[负第+\-－−＋±]?$")
_AFTER = re.compile(
    r"[余多来]?[万亿千百]?[余多]?(?:[%％‰]|个?百分点|人次|小时|平方米|公里|工作日|"
    r"[件份次个项人天版位条户家元名场期年月日起宗部篇类种批辆台套间所例处市县区镇村倍分])?(?:左右|以上|以下|以内|上下)?"
)


class FiguresNow:
    """A paragraph as it was built and as it is now."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._mine, self._its = ([match.span() for match in _TOKENS.finditer(text)] for text in (old, new))
        self._pairs = list(_aligned([old[a:b] for a, b in self._mine], [new[a:b] for a, b in self._its]))

    def changed(self, mark: Mark) -> tuple[str, str] | None:
        """What was built and what stands there now, where a fact says something else: the number, or all of 约322件 where
        what belongs to it changed, too."""
        was, places = self._old[mark.start : mark.end], list(self._places(mark))
        if not places:
            return was, ""
        now = range(places[0][0], places[-1][1])
        said = "".join(self._new[a:b] for a, b in places)
        before, after = _belonging(self._old, mark.start, mark.end), _belonging(self._new, now.start, now.stop)
        if before != after:
            return before[0] + was + before[1], after[0] + said + after[1]
        return (was, said) if said != was else None

    def _places(self, mark: Mark) -> Iterator[tuple[int, int]]:
        """Where the pieces stand that are in the fact's place now: those it was kept as, and all that was put in its place."""
        inside = [at for at, (start, end) in enumerate(self._mine) if start < mark.end and end > mark.start]
        first, last = inside[0], inside[-1]
        lost = {old for old, new in self._pairs if new is None}
        before = -1
        for old, new in self._pairs:
            before = before if old is None else old
            if new is None:
                continue
            put_in = old is None and (
                first <= before < last or (before == last and last in lost) or (before == first - 1 and first in lost)
            )
            if put_in or (old is not None and first <= old <= last):
                yield self._its[new]


def _belonging(text: str, start: int, end: int) -> tuple[str, str]:
    """The sign and hedge before a figure, its hedge and unit behind it."""
    before, after = _BEFORE.search(text, 0, start), _AFTER.match(text, end)
    return before[0] if before else "", after[0] if after else ""


_Pairs = Iterator[tuple[int | None, int | None]]


def _aligned(mine: Sequence[str], its: Sequence[str]) -> _Pairs:
    """Places of pieces that stand for each other, None where there is none; a number stands for a number rather than for none."""
    ends = min(len(mine), len(its))
    head = next((at for at in range(ends) if mine[at] != its[at]), ends)
    tail = next((at for at in range(ends - head) if mine[-1 - at] != its[-1 - at]), ends - head)
    last, end = len(mine) - tail, len(its) - tail
    yield from ((at, at) for at in range(head))
    way = _weighed if (last - head) * (end - head) <= _MANY else _blocks
    yield from _from(head, head, way(mine[head:last], its[head:end]))
    yield from ((last + at, end + at) for at in range(tail))


def _weighed(old: Sequence[str], new: Sequence[str]) -> _Pairs:
    def worth(one: range, other: range) -> float:
        mine, its = old[one.start], new[other.start]
        return 1.0 if mine == its else _OTHER_NUMBER if mine[0].isdecimal() and its[0].isdecimal() else 0.0

    for one, other in best_pairing(len(old), len(new), worth):
        yield (one.start if one else None, other.start if other else None)


def _blocks(old: Sequence[str], new: Sequence[str]) -> _Pairs:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(range(a, b), range(c, d), strict=True)
        elif (b - a) * (d - c) <= _MANY:
            yield from _from(a, c, _weighed(old[a:b], new[c:d]))
        else:
            yield from ((at, None) for at in range(a, b))
            yield from ((None, at) for at in range(c, d))


def _from(first: int, begin: int, pairs: _Pairs) -> _Pairs:
    """Pairs of places in a stretch as places in the whole."""
    return ((None if one is None else first + one, None if other is None else begin + other) for one, other in pairs)
