"""Names of which one is, for each thing, a quotient of others: rates, averages, products; shares of several and changes too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations

import numpy as np

from .amounts import LOST, Amounts, Formula, Signs, likely, placed

_TIMES = ("秒", "分钟", "小时")


def quotients(amounts: Amounts, result: int) -> Iterator[Formula]:
    """Rates, averages and products; of a rate those of several together and changes too."""
    is_rate = amounts.units[result] in ("%", "倍")
    places = [at for at in range(len(amounts.names)) if at != result and amounts.units[at] != "%"]
    if (unit := amounts.units[result]) and not is_rate and {amounts.units[at] for at in places} == {unit}:
        return  # no number of cases is one number of cases by another
    known, slack = np.nan_to_num(amounts.middle), np.nan_to_num(amounts.slack)
    absent = np.isnan(amounts.middle).astype(int)
    own, off = known[:, [result]], np.nan_to_num(amounts.rounding[:, [result]])
    for pairs in (_pairs(len(places)), *([_more_pairs(len(places))] if is_rate else [])):
        if not pairs:
            continue
        above, below = (placed(signs, places, len(amounts.names)) for signs in zip(*pairs, strict=True))
        part, base = known @ above.T, known @ below.T
        off_part, off_base = slack @ np.abs(above).T, slack @ np.abs(below).T
        stated = (absent @ (np.abs(above) + np.abs(below)).T == 0) & (absent[:, [result]] == 0) & (base > 0)
        for times in _times(amounts, result):
            apart = np.abs(own * base - times * part)
            most = off * base + np.abs(own) * off_base + off * off_base + times * off_part
            holds = stated & (apart <= most + LOST * times * np.abs(part))
            for number in np.flatnonzero(holds.any(axis=0)):
                one, two = part[:, number], base[:, number]
                each = ((off, own, 0), (off_part, part, number), (off_base, base, number))
                chance = np.minimum(1, sum(likely(2 * width[:, at], np.abs(among[:, at])) for width, among, at in each))
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
