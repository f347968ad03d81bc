"""What stands under the marks of a drawing that goes through time, and above them: as much as does not touch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .house_style import YEAR, ems, folded

_STEPS = (1, 2, 4, 6, 12, 24, 36, 48, 60, 120)  # of half-years, quarters and months soon the same one of each year
_GAP = 0.4  # em between two texts
_MOST_LINES = 7
_ENDS_OF_TIMES = tuple("年月日号期季度周")


def width_of(texts: Sequence[str], size: float) -> float:
    """The width of the widest line of some texts, in points."""
    return max((ems(line) * size for text in texts for line in text.split("\n")), default=0.0)


def step_of(texts: Sequence[str], size: float, pitch: float, *, of: int = 1) -> int:
    """The least step, a multiple of ``of``, at which every so many texts do not touch; ``pitch`` points are from one to the next."""
    room = (step for step in _STEPS if step % of == 0 and width_of(texts, size) + _GAP * size <= step * pitch)
    return next(room, len(texts))


def places_of(step: int, number: int) -> range:
    """Every so many of a number of places, the last one always."""
    return range((number - 1) % step, number, step)


def under(labels: Sequence[str], size: float, pitch: float) -> dict[int, str]:
    """Place → what stands there of the labels, in lines as long as there is room.

    A year that several share stands once, below the first of them. Where not all have room every so many do, counted from
    the last; names, which are no times, all stand there, in as many lines as they need.
    """
    years = [match[0] if (match := YEAR.match(label)) else "" for label in labels]
    if all(years) and len(set(years)) < len(years):
        return _dated(years, [label.removeprefix(year) for label, year in zip(labels, years, strict=True)], size, pitch)
    steps = _STEPS if all(label.endswith(_ENDS_OF_TIMES) for label in labels) else (1,)
    for step in steps:
        longest = max(1, int(step * pitch / size - _GAP))
        texts = {place: folded(labels[place], longest) for place in places_of(step, len(labels))}
        fits = width_of(list(texts.values()), size) + _GAP * size <= step * pitch
        if fits and longest > 1 and all(text.count("\n") < _MOST_LINES for text in texts.values()):
            break
    return texts


def _dated(years: Sequence[str], rests: Sequence[str], size: float, pitch: float) -> dict[int, str]:
    """Under each place its month or half-year, under the first of a year the year, too; the very first gives way to the second."""
    for step in (step for step in (*_STEPS, len(years)) if step >= step_of(rests, size, pitch)):
        places = places_of(step, len(years))
        firsts = [at for at in places if at == places[0] or years[at] != years[at - step]]
        touching = [
            at for at, after in pairwise(firsts) if (after - at) * pitch < width_of([years[at]], size) + _GAP * size
        ]
        if set(touching) <= {firsts[0]}:
            break
    named = set(firsts) - set(touching)
    return {at: f"{rests[at]}\n{years[at]}" if at in named else rests[at] for at in places}
