"""Slips of the pen: two digits exchanged, one mistyped, one too many or too few, a point forgotten, a sign lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from ...facts.figure_text import SCALES
from ...facts.quantity import Quantity
from .stated_rows import Row, bounds_of, half_place, meet, total_of

_TELLING = 3  # digits that are the same by no chance
_MANY_STEPS = 100  # in which figures may lie between nothing and a whole
_SURE = 50  # how many times what is meant must be what it may be off by


def could_be(typed: Quantity, meant: Decimal, slack: Decimal = Decimal(0)) -> bool:
    """Whether ``meant`` (in units of one), or what is within ``slack`` of it, becomes ``typed`` by one slip."""
    if _is_pointed(typed, meant, slack):
        return True
    step = SCALES[typed.scale].scaleb(-typed.decimals)
    places = min(4, int(slack / step))
    if any(_is_slip(typed, meant + step * place) for place in range(-places, places + 1)):
        return True
    return slack * _SURE < abs(meant) and any(abs(value - abs(meant)) <= slack for value in _turned(typed))


def one_slip_apart(whole: Row, parts: list[Row]) -> bool:
    """Whether one slip in one of the figures is all that lies between a whole and its parts."""
    return one_slip_between([whole], parts)


def one_slip_between(one_side: list[Row], other: list[Row]) -> bool:
    """Whether one slip in one of the figures is all that lies between what two sides come to."""
    apart = total_of(row.value for row in one_side) - total_of(row.value for row in other)
    slack = total_of(map(_half_width, (*one_side, *other)))
    meant = [*((row, row.value - apart) for row in one_side), *((row, row.value + apart) for row in other)]
    return any(value >= 0 and could_be(row.quantity, value, slack - _half_width(row)) for row, value in meant)


def is_round(whole: Row, parts: list[Row]) -> bool:
    """Whether the figures are so round, or so vague, that some come to another, or nearly, by chance: 1000, 600, 400余."""
    rows = [whole, *parts]
    return any(row.quantity.qualifier for row in rows) or abs(whole.value) < _MANY_STEPS * roundness(rows)


def roundness(rows: Iterable[Row]) -> Decimal:
    """To what power of ten all figures are round: 100 of 1200 and 800, 0.1 of 3.4 and 5."""
    values = [row.value for row in rows if row.value]
    return min((Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) for value in values), default=Decimal(1))


def times_ten(whole: Row, parts: list[Row]) -> bool:
    """Whether the point of a whole is all that keeps it from its parts, however few digits it has."""
    low, high = bounds_of(parts)
    scaled = ((low.scaleb(places), high.scaleb(places)) for places in (-4, -2, -1, 1, 2, 4))
    return low > 0 and any(meet(whole.bounds, bounds) for bounds in scaled)


def _half_width(row: Row) -> Decimal:
    return (row.bounds[1] - row.bounds[0]) / 2


def _is_pointed(typed: Quantity, meant: Decimal, slack: Decimal) -> bool:
    """Whether only the point stands elsewhere, or 万 is missing or too much: 84862.7 for 8486.27."""
    if typed.value is None or len(_digits(typed.mantissa).strip("0")) < _TELLING or slack * _SURE > abs(meant):
        return False
    value, half = typed.value, half_place(typed)
    moved = ((value.scaleb(places), half.scaleb(places)) for places in range(-4, 5) if places)
    return any(abs(other - meant) <= slack + rounded for other, rounded in moved)


def _turned(typed: Quantity) -> Iterator[Decimal]:
    """What it may have been before two neighbouring digits were exchanged."""
    digits, unit = _digits(typed.mantissa), SCALES[typed.scale].scaleb(-typed.decimals)
    for at in range(len(digits) - 1):
        yield int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) * unit


def _is_slip(typed: Quantity, meant: Decimal) -> bool:
    size = (meant / SCALES[typed.scale]).quantize(Decimal(1).scaleb(-typed.decimals))
    wrong, right = _digits(typed.mantissa), _digits(size)
    if wrong == right:
        return False
    return _exchanged(wrong, right) or _mistyped(wrong, right) or _one_more(wrong, right) or _one_more(right, wrong)


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "")


def _exchanged(wrong: str, right: str) -> bool:
    if len(wrong) != len(right):
        return False
    for one, two in combinations(range(len(wrong)), 2):
        letters = list(wrong)
        letters[one], letters[two] = letters[two], letters[one]
        if "".join(letters) == right:
            return True
    return False


def _mistyped(wrong: str, right: str) -> bool:
    same = len(wrong) == len(right) and len(wrong) > 3
    return same and sum(a != b for a, b in zip(wrong, right, strict=True)) == 1


def _one_more(longer: str, shorter: str) -> bool:
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )
