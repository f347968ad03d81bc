"""In which row of a generated ledger a row's figure is already counted: a unit's total stands there beside its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .stated_figures import Key, StatedFigure

_Thing = tuple[Key, tuple[str, str, str]]


def wholes_of(found: Iterable[StatedFigure]) -> dict[_Thing, _Thing]:
    """What is part of what, as the first unit has it that states the total of others; none is part of its own part."""
    wholes: dict[_Thing, _Thing] = {}
    for one in found:
        if one.within is not None and wholes.get(whole := (one.within, one.span)) != (part := (one.key, one.span)):
            wholes.setdefault(part, whole)
    return wholes


def rows_within(rows: Sequence[Sequence[StatedFigure]], wholes: Mapping[_Thing, _Thing]) -> Iterator[str]:
    """For each row, made of those figures, the number of the row that has it in it: where each of its units states
    the whole, and all of them in one row that is added up; else ""."""
    added = ((number, figures) for number, figures in enumerate(rows, 2) if len({one.span for one in figures}) == 1)
    row_of = {_place(one): number for number, figures in added for one in figures}
    for figures in rows:
        within = {
            row_of.get((one.unit.code, wholes[one.key, one.span])) if (one.key, one.span) in wholes else None
            for one in figures
        }
        yield "" if len(within) > 1 or None in within else str(*within)


def _place(one: StatedFigure) -> tuple[str, _Thing]:
    return one.unit.code, (one.key, one.span)
