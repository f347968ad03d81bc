"""A difference as a list tells it: the figures that changed first, each once, then what was worded otherwise, then charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from .difference import CHANGED, Difference, FigureChange
from .statement_change import FigureShift, StatementChange
from .statements import StatedFigure

_DRAWN = ("chart|", "label|", "alternative|")  # what a chart shows, and says to those who do not see it


@dataclass(frozen=True)
class ToldFigure:
    """A figure that changed, with every place that states it."""

    shift: FigureShift
    places: tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """The rows of the list: sentences and rows of tables with figures that none before it told, those that were worded
    otherwise, and charts that show what no sentence and no table states."""

    figures: tuple[tuple[StatementChange, tuple[ToldFigure, ...]], ...]
    wording: tuple[StatementChange, ...]
    charts: tuple[FigureChange, ...]

    @property
    def count(self) -> int:
        """How many figures changed."""
        return sum(len(told) for _, told in self.figures)


def telling(difference: Difference) -> Telling:
    """What there is to tell of a difference."""
    counted = _counted(difference)
    places: dict[tuple[str, ...], list[str]] = {}
    for change in difference.statements:
        for shift in counted[id(change)]:
            places.setdefault(shift.key, []).append(change.shown.where)
    figures: list[tuple[StatementChange, tuple[ToldFigure, ...]]] = []
    wording: list[StatementChange] = []
    told: set[tuple[str, ...]] = set()
    for change in filter(None, difference.statements):
        new = {shift.key: shift for shift in counted[id(change)] if shift.key not in told}
        told |= new.keys()
        if new:
            figures.append((change, tuple(ToldFigure(one, tuple(places[key])) for key, one in new.items())))
        elif change.reworded:
            wording.append(change)
    return Telling(tuple(figures), tuple(wording), tuple(_charts(difference)))


def _counted(difference: Difference) -> dict[int, list[FigureShift]]:
    """The shifts of each statement in numbers; days and months are words.

    A figure that is gone from one sentence and new in another of the chapter under the same name is one that changed.
    """
    found = {
        id(change): [shift for shift in change.shifts if shift.shown.value is not None]
        for change in difference.statements
    }
    gone: dict[tuple[str, str, str], StatedFigure] = {}
    for change in difference.statements:
        for shift in found[id(change)]:
            if shift.before and not shift.after:
                gone.setdefault(_name(change, shift), shift.before)
    moved: set[int] = set()
    for change in difference.statements:
        for at, shift in enumerate(found[id(change)]):
            if not shift.before and (was := gone.pop(_name(change, shift), None)):
                found[id(change)][at] = FigureShift(was, shift.after)
                moved.add(id(was))
    left = {key: [one for one in shifts if one.after or id(one.before) not in moved] for key, shifts in found.items()}
    return _with_places_more_or_fewer(left)


def _with_places_more_or_fewer(found: dict[int, list[FigureShift]]) -> dict[int, list[FigureShift]]:
    """A figure that only came or only went is the one that changed elsewhere, where both are the same of the same cells."""
    changed: dict[tuple[object, ...], FigureShift] = {}
    for shift in chain.from_iterable(found.values()):
        if shift.before and shift.after:
            for sides in ((shift.before, None), (None, shift.after)):
                changed.setdefault(_of_cells(*sides), shift)
    return {
        key: [changed.get(_of_cells(one.before, one.after), one) if one.shown.cells else one for one in shifts]
        for key, shifts in found.items()
    }


def _of_cells(*sides: StatedFigure | None) -> tuple[object, ...]:
    return tuple(side and (side.value, side.qualifier, side.cells) for side in sides)


def _name(change: StatementChange, shift: FigureShift) -> tuple[str, str, str]:
    return change.shown.place.section, shift.shown.called, shift.shown.unit


def _charts(difference: Difference) -> Iterator[FigureChange]:
    """Tables and charts that came or went, and charts that show otherwise what no sentence and no row of a table states."""
    stated = {
        str(token.figure.value)
        for change in difference.statements
        for part in (change.after.parts if change.after else ())
        for token in part.tokens
        if token.figure
    }
    for one in difference.figures:
        drawn = [line.split("|") for line in one.new if line.startswith(_DRAWN)]
        values = [value for kind, _, value, *_ in drawn if kind == "chart"]
        if one.kind != CHANGED or (drawn and not (values and stated.issuperset(values))):
            yield one
