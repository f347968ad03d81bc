"""Which statement of one report is which of another: by its words, by the name of its row, by what is most like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from .statements import Statement

_ALIKE = 0.4  # how much of two statements must be the same for one to be the other reworded
_NEAR = 40  # statements further apart among those left over are not held against each other
_LONG = 8  # pieces; shorter words may be said anywhere

Pair = tuple[Statement | None, Statement | None]


def paired(before: Sequence[Statement], after: Sequence[Statement]) -> list[Pair]:
    """Each statement of ``after`` with what it was in ``before``, in order; those that are gone follow what they followed."""
    found: dict[int, Statement] = {}
    for way in (_by_words, _by_name):
        found |= _equal(_left(before, found.values()), _new(after, found), way)
    found |= _most_alike(_left(before, found.values()), _new(after, found))
    found |= _equal(_left(before, found.values()), _new(after, found), _by_words_anywhere)
    kept = {id(one) for one in found.values()}
    gone: dict[int, list[Statement]] = {}
    last = 0
    for one in before:
        if id(one) in kept:
            last = id(one)
        else:
            gone.setdefault(last, []).append(one)
    pairs: list[Pair] = [(one, None) for one in gone.get(0, ())]
    for other in after:
        was = found.get(id(other))
        pairs.append((was, other))
        pairs += [(one, None) for one in gone.get(id(was), ())] if was else []
    return pairs


def _by_words(statement: Statement) -> object:
    return (statement.group, statement.alike)


def _by_name(statement: Statement) -> object:
    return (statement.group, statement.head) if statement.head else None


def _by_words_anywhere(statement: Statement) -> object:
    return statement.alike if len(statement.alike) >= _LONG else None


def _equal(
    before: Iterable[Statement], after: Iterable[Statement], way: Callable[[Statement], object]
) -> dict[int, Statement]:
    """Those of which ``way`` says the same, in their order."""
    waiting: dict[object, list[Statement]] = {}
    for one in before:
        waiting.setdefault(way(one), []).append(one)
    waiting.pop(None, None)
    return {id(other): some.pop(0) for other in after if (some := waiting.get(way(other)))}


def _most_alike(before: Sequence[Statement], after: Sequence[Statement]) -> dict[int, Statement]:
    """What is left over of a group, the most alike first."""
    groups: dict[object, list[Statement]] = {}
    for one in before:
        groups.setdefault(one.group, []).append(one)
    others: dict[object, list[Statement]] = {}
    for other in after:
        others.setdefault(other.group, []).append(other)
    found: dict[int, Statement] = {}
    for group, some in others.items():
        taken: set[int] = set()
        for _, one, other in sorted(_alike(groups.get(group, ()), some), key=lambda each: -each[0]):
            if id(other) not in found and id(one) not in taken:
                found[id(other)] = one
                taken.add(id(one))
    return found


def _alike(before: Sequence[Statement], after: Sequence[Statement]) -> Iterator[tuple[float, Statement, Statement]]:
    for at, other in enumerate(after):
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(other.alike)
        for one in before[max(0, at - _NEAR) : at + _NEAR]:
            matcher.set_seq1(one.alike)
            if matcher.quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
                yield ratio, one, other


def _left(before: Sequence[Statement], taken: Iterable[Statement]) -> list[Statement]:
    ids = {id(one) for one in taken}
    return [one for one in before if id(one) not in ids]


def _new(after: Sequence[Statement], found: dict[int, Statement]) -> list[Statement]:
    return [other for other in after if id(other) not in found]
