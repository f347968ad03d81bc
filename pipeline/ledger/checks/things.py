"""Things of which a list states figures under the same names, and lists in which subject and measure have changed places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ...facts.figure_words import RATES

if TYPE_CHECKING:
    from .stated_rows import Row

_RATE = re.compile(r"(?:率|占比|比重|比例)$|^占")
_MOMENT = re.compile(r"[前后]$|[上本去今同][年期月季]")  # what a thing was and is is said of it, whatever its unit
_SHARED = 2  # names by which a thing belongs to others
Thing = dict[str, "Row"]  # its figures by name


def alike(
    rows: Iterable[Row], thing: Callable[[Row], object], name: Callable[[Row], str]
) -> Iterator[tuple[tuple[str, ...], list[Thing]]]:
    """Things that have names in common together, in the order of the file, and those names."""
    by_thing: dict[object, Thing] = defaultdict(dict)
    for row in rows:
        by_thing[thing(row)].setdefault(name(row), row)
    times = Counter(each for figures in by_thing.values() for each in figures)
    together: list[tuple[dict[str, None], list[Thing]]] = []
    for figures in by_thing.values():
        names = dict.fromkeys(each for each in figures if times[each] > 1)
        known = next((group for group in together if len(group[0].keys() & names) >= _SHARED), None)
        if known:
            known[0].update(names)
            known[1].append(figures)
        elif len(names) >= _SHARED:
            together.append((names, [figures]))
    return ((tuple(names), things) for names, things in together if len(things) > 1)


def upright(rows: list[Row]) -> list[Row]:
    """The rows of a list, subject and measure exchanged where each subject has one unit and the measures have several.

    That is a table on its side: 受理 of 城东街道 and of 临河街道, then 办结率 of both. So is a single 办结率 as a subject.
    """
    times = Counter(row.subject for row in rows)
    alone = (row for row in rows if times[row.subject] == 1 and row.unit in RATES)
    lying = {row for row in alone if _RATE.search(row.subject) and not _RATE.search(row.measure)}
    by_chapter: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        by_chapter[row.column, row.group].append(row)
    for of_chapter in by_chapter.values():
        for names, things in alike(of_chapter, lambda row: (row.subject, row.as_of), lambda row: row.measure):
            if any(map(_MOMENT.search, names)):
                continue
            shared = [row for thing in things for name, row in thing.items() if name in names]
            if _in_one_unit(shared, "measure") < _in_one_unit(shared, "subject") >= len(shared) - 1:
                lying.update(row for thing in things for row in thing.values())
    return [replace(row, subject=row.measure, measure=row.subject) if row in lying else row for row in rows]


def _in_one_unit(rows: list[Row], of: str) -> int:
    """How many figures are in the unit that most of their measure, or of their subject, are in."""
    units: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        units[getattr(row, of)]["%" if row.unit in RATES else row.unit] += 1
    return sum(max(of_one.values()) for of_one in units.values())
