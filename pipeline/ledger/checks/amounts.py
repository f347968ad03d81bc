"""The figures of a tabulation as arrays, and the formulas that are found in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ...facts.figure_words import RATES
from .rate_parts import WHOLES
from .slips import roundness
from .stated_rows import AVERAGE, Row
from .tabulations import Tabulation

MOST_NAMES = 9  # of more not every choice is tried
LOST = 1e-9  # in reckoning, of the amounts
_MANY = {"百": 100, "千": 1000, "万": 10_000}
_SUREST = 1e-6  # no figure is a proof
Signs = tuple[int, ...]  # how often each name is added


@dataclass(frozen=True)
class Formula:
    """A formula over the names: the result, what it is worked out from, and for which things it is stated and holds.

    ``chance`` is how likely a thing keeps it without being made so; ``given`` is what it gives for the result; ``tried``
    is how many formulas of its kind were tried. ``below`` is what the result is divided by; nothing in a sum.
    """

    result: int
    above: Signs
    below: Signs
    text: str
    stated: np.ndarray
    holds: np.ndarray
    chance: np.ndarray
    given: np.ndarray
    tried: int

    @property
    def at(self) -> list[int]:
        """Which names it speaks of, the result first."""
        others = (at for at in range(len(self.above)) if self.above[at] or (self.below and self.below[at]))
        return [self.result, *(at for at in others if at != self.result)]


class Amounts:
    """The figures of a tabulation as arrays: their middles, how far each may be off, and as how exact one was worked out.

    ``summed`` are those that may be added, ``added`` the names that may be added to each other (all where each thing has
    one unit), ``step`` by how much sums of a thing differ at least.
    """

    def __init__(self, tabulation: Tabulation) -> None:
        self.names = tabulation.names
        bounds, rounded = _array(tabulation, lambda row: row.bounds), _array(tabulation, lambda row: row.rounded_bounds)
        self.middle, self.slack = bounds.mean(axis=2), (bounds[:, :, 1] - bounds[:, :, 0]) / 2
        self.rounding = (rounded[:, :, 1] - rounded[:, :, 0]) / 2
        columns = list(zip(*tabulation.cells, strict=True))
        self.units = [_unit(column) for column in columns]
        self.wholes = [_whole(next(filter(None, column))) for column in columns]
        of_things = [_unit(cells) for cells in tabulation.cells]
        adds = np.array([[row is not None and not row.is_average for row in cells] for cells in tabulation.cells])
        if is_turned := _keep(columns, self.units) < _keep(tabulation.cells, of_things):
            adds[[unit == "%" for unit in of_things]] = False
        self.summed = np.where(adds, self.middle, np.nan)
        whole = [roundness(row for row in cells if row) for cells in tabulation.cells]
        self.step = np.array(whole, float) * [unit != "%" for unit in of_things]
        self.added = [list(range(len(columns)))] if is_turned else _alike(self.units)


def _keep(lists: Iterable[tuple[Row | None, ...]], units: list[str]) -> int:
    """How many figures are in the unit of their list."""
    pairs = zip(lists, units, strict=True)
    return sum(row is not None and _unit((row,)) == unit for rows, unit in pairs for row in rows)


def _alike(units: list[str]) -> list[list[int]]:
    """The places of each unit."""
    by_unit: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        by_unit[unit].append(at)
    return list(by_unit.values())


def _array(tabulation: Tabulation, bounds: Callable[[Row], tuple[object, object]]) -> np.ndarray:
    nothing = (np.nan, np.nan)
    return np.array([[bounds(row) if row else nothing for row in cells] for cells in tabulation.cells], float)


def _unit(column: tuple[Row | None, ...]) -> str:
    """The unit that most of a column are in."""
    units = Counter("%" if row.unit in RATES else row.unit for row in column if row)
    return units.most_common(1)[0][0]


def _whole(row: Row) -> int:
    """What a quotient is multiplied by: 100 of per cent, 10000 of 每万人."""
    many = AVERAGE.search(row.measure)
    return int(WHOLES.get(row.unit, 0)) or _MANY.get((many["many"] if many else "") or "", 1)


def placed(signs: tuple[Signs, ...], places: list[int], count: int) -> np.ndarray:
    """Signs of the names at some places, as rows over all names."""
    found = np.zeros((len(signs), count), int)
    if signs:
        found[:, places] = signs
    return found


def likely(width: np.ndarray, among: np.ndarray) -> np.ndarray:
    """How likely an amount is within a width of another by chance."""
    with np.errstate(divide="ignore", invalid="ignore"):
        chance: np.ndarray = np.clip(np.nan_to_num(width / among, nan=1, posinf=1), _SUREST, 1)
    return chance
