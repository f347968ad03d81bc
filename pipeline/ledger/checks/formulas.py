"""What the figures under some names come to for each thing: sums and balances, quotients, shares of several, changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations, product

import numpy as np

from ...facts.figure_words import RATES
from .rate_parts import WHOLES
from .stated_rows import AVERAGE, Row
from .tabulations import Tabulation

MOST_NAMES = 9  # of more not every choice is tried
_LEAST_NAMES = 3
_MOST_TERMS = 5
_TIMES = ("秒", "分钟", "小时")
_MANY = {"百": 100, "千": 1000, "万": 10_000}
_LOST = 1e-9  # in reckoning, of the amounts
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
        self.step = np.array([float(unit != "%") for unit in of_things])
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


def formulas(tabulation: Tabulation) -> Iterator[Formula]:
    """Each formula that some thing keeps."""
    count = len(tabulation.names)
    if count >= _LEAST_NAMES:
        amounts = Amounts(tabulation)
        yield from _balances(amounts)
        for result in range(count if count <= MOST_NAMES else 0):
            yield from _quotients(amounts, result)


def _balances(amounts: Amounts) -> Iterator[Formula]:
    """Sums, differences and balances of what is counted in one unit."""
    for places in amounts.added:
        signs = _placed(_signs(len(places)), places, len(amounts.names))
        yield from _kept_balances(amounts, signs)


def _kept_balances(amounts: Amounts, signs: np.ndarray) -> Iterator[Formula]:
    terms, known = np.abs(signs), np.nan_to_num(amounts.summed)
    stated = np.isnan(amounts.summed).astype(int) @ terms.T == 0
    rest, slack = known @ signs.T, np.nan_to_num(amounts.slack) @ terms.T
    holds = stated & (np.abs(rest) <= slack + _LOST * (np.abs(known) @ terms.T))
    for number in np.flatnonzero(holds.any(axis=0)):
        vector = signs[number]
        result = _result(vector)
        others = tuple(int(-vector[result] * sign) if at != result else 0 for at, sign in enumerate(vector))
        smallest = np.abs(amounts.summed[:, vector != 0]).min(axis=1)
        yield Formula(
            result, others, (), _sum_in_words(amounts.names, vector, result), stated[:, number], holds[:, number],
            _likely(np.maximum(2 * slack[:, number], amounts.step), smallest),
            known[:, result] - vector[result] * rest[:, number], len(signs),
        )  # fmt: skip


def _likely(width: np.ndarray, among: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        chance: np.ndarray = np.clip(np.nan_to_num(width / among, nan=1, posinf=1), _SUREST, 1)
    return chance


@cache
def _signs(count: int) -> tuple[Signs, ...]:
    """Which of some names are added and which taken away: each choice that may come to nothing, once."""
    found: list[Signs] = []
    for size in range(3, min(count, _MOST_TERMS) + 1) if count <= MOST_NAMES else ():
        for places in combinations(range(count), size):
            for others in product((1, -1), repeat=size - 1):
                if -1 in others:
                    signs = dict(zip(places, (1, *others), strict=True))
                    found.append(tuple(signs.get(at, 0) for at in range(count)))
    return tuple(dict.fromkeys((*found, *_runs(count))))


def _runs(count: int) -> Iterator[Signs]:
    """One and its neighbours above or below, however many."""
    for whole in range(count):
        for last in range(whole + 2, count):
            yield tuple(1 if at == whole else -int(whole < at <= last) for at in range(count))
        for first in range(whole - 1):
            yield tuple(1 if at == whole else -int(first <= at < whole) for at in range(count))


def _placed(signs: tuple[Signs, ...], places: list[int], count: int) -> np.ndarray:
    found = np.zeros((len(signs), count), int)
    if signs:
        found[:, places] = signs
    return found


def _result(vector: np.ndarray) -> int:
    """The name that stands alone on one side, or else the last."""
    for sign in (1, -1):
        alone = np.flatnonzero(vector == sign)
        if len(alone) == 1:
            return int(alone[0])
    return int(np.flatnonzero(vector)[-1])


def _sum_in_words(names: tuple[str, ...], vector: np.ndarray, result: int) -> str:
    one, other = (
        " + ".join(name for name, sign in zip(names, vector, strict=True) if sign == side)
        for side in (vector[result], -vector[result])
    )
    return f"{one} = {other}"


def _quotients(amounts: Amounts, result: int) -> Iterator[Formula]:
    """Rates, averages and products; of a rate those of several together and changes too."""
    is_rate = amounts.units[result] in ("%", "倍")
    places = [at for at in range(len(amounts.names)) if at != result and amounts.units[at] != "%"]
    known, slack = np.nan_to_num(amounts.middle), np.nan_to_num(amounts.slack)
    absent = np.isnan(amounts.middle).astype(int)
    own, off = known[:, [result]], np.nan_to_num(amounts.rounding[:, [result]])
    for pairs in (_pairs(len(places)), *([_more_pairs(len(places))] if is_rate else [])):
        if not pairs:
            continue
        above, below = (_placed(signs, places, len(amounts.names)) for signs in zip(*pairs, strict=True))
        part, base = known @ above.T, known @ below.T
        off_part, off_base = slack @ np.abs(above).T, slack @ np.abs(below).T
        stated = (absent @ (np.abs(above) + np.abs(below)).T == 0) & (absent[:, [result]] == 0) & (base > 0)
        for times in _times(amounts, result):
            apart = np.abs(own * base - times * part)
            most = off * base + np.abs(own) * off_base + off * off_base + times * off_part
            holds = stated & (apart <= most + _LOST * times * np.abs(part))
            for number in np.flatnonzero(holds.any(axis=0)):
                one, two = part[:, number], base[:, number]
                each = ((off, own, 0), (off_part, part, number), (off_base, base, number))
                chance = np.minimum(
                    1, sum(_likely(2 * width[:, at], np.abs(among[:, at])) for width, among, at in each)
                )
                chance[(one == two) | (one == 0) | (two == 1)] = 1
                with np.errstate(divide="ignore", invalid="ignore"):
                    given = times * one / two
                text = f"{amounts.names[result]} = {_side(amounts.names, above[number])} ÷ {_side(amounts.names, below[number])}"
                yield Formula(
                    result, tuple(map(int, above[number])), tuple(map(int, below[number])), text, stated[:, number],
                    holds[:, number], chance, given, len(pairs),
                )  # fmt: skip


def _times(amounts: Amounts, result: int) -> list[float]:
    """What a quotient may be multiplied by."""
    if amounts.units[result] in _TIMES:
        return [1, 60, 3600, 1 / 60, 1 / 3600]
    return [amounts.wholes[result]]


@cache
def _pairs(count: int) -> list[tuple[Signs, Signs]]:
    """One by another."""
    ones = [tuple(int(at == place) for at in range(count)) for place in range(count)]
    return list(permutations(ones, 2))


@cache
def _more_pairs(count: int) -> list[tuple[Signs, Signs]]:
    """Changes, what is left, shares of two together and in two together."""
    ones = [tuple(int(at == place) for at in range(count)) for place in range(count)]

    def joined(one: Signs, other: Signs, sign: int = 1) -> Signs:
        return tuple(a + sign * b for a, b in zip(one, other, strict=True))

    found = []
    for one, other in permutations(ones, 2):
        less = joined(one, other, -1)
        found += [(less, other), (less, one), (one, joined(one, other))]
    for one, two, three in permutations(ones, 3):
        if one < two:
            found.append((joined(one, two), three))
        if two < three:
            found.append((one, joined(two, three)))
    return found


def _side(names: tuple[str, ...], signs: np.ndarray) -> str:
    plus = " + ".join(name for name, sign in zip(names, signs, strict=True) if sign > 0)
    minus = "".join(f" − {name}" for name, sign in zip(names, signs, strict=True) if sign < 0)
    return f"（{plus}{minus}）" if np.abs(signs).sum() > 1 else plus
