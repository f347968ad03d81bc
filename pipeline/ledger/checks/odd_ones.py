"""The odd one out: a formula that the figures of all other things keep, and those of one do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from .amounts import MOST_NAMES, Amounts, Formula
from .balances import balances
from .opened_period import OpenedPeriod
from .quotients import quotients
from .slips import could_be
from .stated_rows import Row, said, total_of
from .tabulations import Tabulation, tabulations

_SURE = -2  # the power of ten of what is left to chance
_LEAST_NAMES = 3  # of two nothing is worked out
_EXPECTED = -1.25  # the same of a formula beside which there is hardly another
_FEW_TRIED = 2
_MANY = 3  # things that keep a sum: with fewer, the one that does not must look like a slip
_KEPT = 4  # how many keep a formula for each one that does not
_NEAR = 0.02
_CLOSE = -1.3  # the same of an amount that is near another
_FEW_DIGITS = 3  # of which others are easily made by a slip
_SLIP, _SLIP_OF_FEW = -2, -1.3  # the power of ten of how likely a slip makes one figure of another by chance


def odd_ones(opened: OpenedPeriod) -> None:
    """Report the one thing of a tabulation that does not keep what the others keep."""
    for tabulation in tabulations(opened):
        told: set[int] = set()
        better: dict[int, list[Formula]] = defaultdict(list)
        found = [(_left_to_chance(formula), formula) for formula in _formulas(tabulation)]
        for chance, formula in sorted(found, key=lambda each: each[0]):
            broken = np.flatnonzero(formula.stated & ~formula.holds).tolist()
            likelier = better[formula.result]
            likelier.append(formula)
            if len(broken) <= max(1, int(formula.holds.sum()) // _KEPT):
                for thing in broken:
                    if any(other.holds[thing] for other in likelier):
                        continue
                    cells = [cell for at in formula.at if (cell := tabulation.cells[thing][at])]
                    if thing not in told and _is_odd(formula, thing, cells, chance):
                        told.add(thing)
                        _tell(formula, thing, cells)


def _formulas(tabulation: Tabulation) -> Iterator[Formula]:
    """Each formula that some thing keeps."""
    count = len(tabulation.names)
    if count >= _LEAST_NAMES:
        amounts = Amounts(tabulation)
        yield from balances(amounts)
        for result in range(count if count <= MOST_NAMES else 0):
            yield from quotients(amounts, result)


def _left_to_chance(formula: Formula) -> float:
    """The power of ten of how likely any formula tried is kept as often by chance."""
    return float(np.log10(formula.chance[formula.holds]).sum() + np.log10(formula.tried))


def _is_odd(formula: Formula, thing: int, cells: list[Row], chance: float) -> bool:
    """Whether it is the thing that is wrong, and not the formula."""
    if any(row.is_settled for row in cells):
        return False
    sure = _SURE if formula.tried > _FEW_TRIED else _EXPECTED
    telling = int((formula.holds & (formula.chance < 1)).sum())
    if telling and (telling >= _MANY or formula.below) and chance < sure:
        return True
    given = float(formula.given[thing])
    is_near = abs(float(cells[0].value) - given) <= _NEAR * abs(given)
    slipped = list(_slipped(formula, thing, cells))
    digits = max((len(row.quantity.mantissa.as_tuple().digits) for row in slipped), default=0)
    slip = _SLIP if digits > _FEW_DIGITS else _SLIP_OF_FEW
    return telling > 0 and ((bool(slipped) and chance + slip < sure) or (is_near and chance + _CLOSE < sure))


def _slipped(formula: Formula, thing: int, cells: list[Row]) -> Iterator[Row]:
    """Those of its figures one slip in which is all that keeps the formula from holding."""
    result, *others = cells
    given = Decimal(str(formula.given[thing]))
    if not formula.below:
        half = total_of((row.bounds[1] - row.bounds[0]) / 2 for row in cells)
        meant = [
            row.value + formula.above[at] * (result.value - given)
            for at, row in zip(formula.at[1:], others, strict=True)
        ]
        pairs = zip(cells, (given, *meant), strict=True)
        yield from (row for row, value in pairs if could_be(row.quantity, value, half))
        return
    off = (result.rounded_bounds[1] - result.rounded_bounds[0]) / 2
    if could_be(result.quantity, given, off):
        yield result
    if given > 0 < result.value and sum(map(abs, (*formula.above, *formula.below))) == 2:
        for at, row in zip(formula.at[1:], others, strict=True):
            wanted = row.value * (result.value / given if formula.above[at] else given / result.value)
            if could_be(row.quantity, wanted, off * wanted / result.value):
                yield row


def _tell(formula: Formula, thing: int, cells: list[Row]) -> None:
    result, *others = cells
    apart = result.value - Decimal(str(round(formula.given[thing], 6)))
    count = int(formula.holds.sum())
    result.report("formula-apart", others, rule=formula.text, count=count, difference=said(apart, result))


CHECKS = (odd_ones,)
