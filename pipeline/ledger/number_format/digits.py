"""A number set in the digit places of one section of a number format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .code import BLANK, COMMA, DIGIT, GENERAL, PERCENT, POINT, TEXT, UNKNOWN, Piece, Section

_GENERAL_WIDTH = 11  # characters; what General shows of a longer decimal depends on the width of the column
PLAIN = (GENERAL, TEXT)
_SCALES = re.compile("[万亿千百]")


@dataclass(frozen=True)
class Setting:
    """A number as it stands in a cell: its pieces in order, and whether it has digits that are not shown."""

    pieces: tuple[Piece, ...]
    rounded: bool = False


def fits_general(number: Decimal) -> bool:
    """Whether General can show all digits of a number."""
    whole = number == number.to_integral_value()
    return whole or len(f"{abs(number):f}") <= _GENERAL_WIDTH


def set_number(number: Decimal, section: Section) -> Setting | None:
    """``number``, which is not negative, in the places of ``section``; None where what they mean is in doubt."""
    pieces = section.pieces
    if section.has(UNKNOWN):
        return None
    if section.has(*PLAIN):
        return _plain(number, pieces)
    places = [index for index, piece in enumerate(pieces) if piece.kind == DIGIT]
    points = [index for index, piece in enumerate(pieces) if piece.kind == POINT]
    percents = sum(piece.kind == PERCENT for piece in pieces)
    if len(points) > 1 or percents > 1 or _fraction(pieces, places):
        return None
    point = points[0] if points else len(pieces)
    grouped, thousands = _commas(pieces, places, point)
    scaled = number.scaleb(2 * percents - 3 * thousands)
    fraction = [index for index in places if index > point]
    printed = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    whole, _, decimals = f"{printed:f}".partition(".")
    before = list(_whole(whole.lstrip("0") if places else "", pieces[:point], grouped=grouped))
    behind = list(_decimals(decimals, pieces[point:]))
    unsaid = bool(thousands) and not _SCALES.search(
        section.literals
    )  # nothing in the cell says that it counts in thousands
    return Setting((*before, *behind), rounded=printed != scaled or unsaid)


def _plain(number: Decimal, pieces: list[Piece]) -> Setting | None:
    """General, or the place of a text, with words around it."""
    if any(piece.kind in (DIGIT, POINT, COMMA, PERCENT) for piece in pieces):
        return None
    return Setting(tuple(Piece(DIGIT, f"{number:f}") if piece.kind in PLAIN else piece for piece in pieces))


def _fraction(pieces: list[Piece], places: list[int]) -> bool:
    """Whether a stroke stands between digit places, as in ``# ?/?``."""
    within = pieces[places[0] : places[-1] + 1] if places else []
    behind = pieces[places[-1] + 1 :] if places else []
    return any(piece.text == "/" for piece in within) or (bool(behind) and behind[0].text == "/")


def _commas(pieces: list[Piece], places: list[int], point: int) -> tuple[bool, int]:
    """Whether thousands are parted, and by how many thousands the number is divided."""
    whole = [index for index in places if index < point]
    commas = [index for index, piece in enumerate(pieces) if piece.kind == COMMA]
    within = [index for index in commas if whole and whole[0] < index < whole[-1]]
    return bool(within), sum(bool(places) and index > places[0] for index in commas) - len(within)


def _whole(digits: str, pieces: list[Piece], *, grouped: bool) -> Iterator[Piece]:
    """The digits before the point in their places, the first of which takes all that are left."""
    places = [index for index, piece in enumerate(pieces) if piece.kind == DIGIT]
    found: list[Piece] = [] if places or not digits else [Piece(DIGIT, digits)]
    count = 0
    for index in reversed(range(len(pieces))):
        if pieces[index].kind == COMMA:
            continue
        if pieces[index].kind != DIGIT:
            found.append(pieces[index])
            continue
        taken = len(digits) - count if index == places[0] else 1
        for _ in range(max(taken, 1)):
            digit = digits[-1 - count] if count < len(digits) else {"0": "0"}.get(pieces[index].text, "")
            if digit and grouped and count and count % 3 == 0:
                found.append(Piece(COMMA, ","))
            found.append(Piece(DIGIT, digit) if digit else Piece(BLANK, " " if pieces[index].text == "?" else ""))
            count += 1
    return reversed(found)


def _decimals(digits: str, pieces: list[Piece]) -> Iterator[Piece]:
    """The point and the digits behind it; # and ? leave noughts at the end out."""
    places = [piece.text for piece in pieces if piece.kind == DIGIT]
    shown = len(places)
    while shown and places[shown - 1] != "0" and digits[shown - 1] == "0":
        shown -= 1
    place = 0
    for piece in pieces:
        if piece.kind == DIGIT:
            yield Piece(DIGIT, digits[place]) if place < shown else Piece(BLANK, " " if piece.text == "?" else "")
            place += 1
        elif piece.kind != COMMA:
            yield piece
