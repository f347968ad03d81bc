"""Names of which one is, for each thing, the sum of others, or some come to as much as others: what came and went."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

import numpy as np

from .amounts import LOST, MOST_NAMES, Amounts, Formula, Signs, likely, placed

_MOST_TERMS = 5
_ALONE = 2  # figures that are not zero: one is then the other, and no sum


def balances(amounts: Amounts) -> Iterator[Formula]:
    """Sums, differences and balances of what is counted in one unit."""
    for places in amounts.added:
        signs = placed(_signs(len(places)), places, len(amounts.names))
        yield from _kept_balances(amounts, signs, places)


def _kept_balances(amounts: Amounts, signs: np.ndarray, places: list[int]) -> Iterator[Formula]:
    terms, known = np.abs(signs), np.nan_to_num(amounts.summed)
    stated = np.isnan(amounts.summed).astype(int) @ terms.T == 0
    sizes = terms.sum(axis=1)
    rest, slack = known @ signs.T, np.nan_to_num(amounts.slack) @ terms.T
    holds = stated & (np.abs(rest) <= slack + LOST * (np.abs(known) @ terms.T))
    for number in np.flatnonzero(holds.any(axis=0)):
        vector = signs[number]
        result = _result(vector)
        others = tuple(int(-vector[result] * sign) if at != result else 0 for at, sign in enumerate(vector))
        figures = np.abs(amounts.summed[:, vector != 0])
        telling = np.where((figures > 0).sum(axis=1) > _ALONE, np.where(figures > 0, figures, np.inf).min(axis=1), 0)
        yield Formula(
            result, others, (), _sum_in_words(amounts.names, vector, result), stated[:, number], holds[:, number],
            likely(np.maximum(2 * slack[:, number], amounts.step), telling),
            known[:, result] - vector[result] * rest[:, number],
            2 if _is_of_rest(vector, result, places) else int((sizes <= sizes[number]).sum()),
        )  # fmt: skip


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


def _result(vector: np.ndarray) -> int:
    """The name that stands alone on one side, or else the last."""
    for sign in (1, -1):
        alone = np.flatnonzero(vector == sign)
        if len(alone) == 1:
            return int(alone[0])
    return int(np.flatnonzero(vector)[-1])


def _is_of_rest(vector: np.ndarray, result: int, places: list[int]) -> bool:
    """Whether it says of the first or the last name that it is the sum of all the rest."""
    others = [at for at in places if at != result]
    return result in (places[0], places[-1]) and set(vector[others]) == {-vector[result]}


def _sum_in_words(names: tuple[str, ...], vector: np.ndarray, result: int) -> str:
    one, other = (
        " + ".join(name for name, sign in zip(names, vector, strict=True) if sign == side)
        for side in (vector[result], -vector[result])
    )
    return f"{one} = {other}"
