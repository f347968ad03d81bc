"""Numbers are known by how people write them: the areas there are, and the groups they are written in."""

import itertools

import pytest
from stdnum.iso7064 import mod_11_2
from stdnum.luhn import calc_check_digit

from pipeline.personal import personal

# GB/T 2260: the first two digits of every area.
AREAS = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
ID, OLD_ID, MOBILE = "11010519491231002X", "110105491231002", "13812345678"


def kinds(text):
    return {hit.kind for hit in personal(text)}


def grouped(number, lengths, mark=" "):
    ends = itertools.accumulate(lengths)
    return mark.join(number[end - length : end] for length, end in zip(lengths, ends, strict=True))


@pytest.mark.parametrize("area", [f"{number:02}" for number in range(10, 90)])
def test_an_id_begins_with_an_area_there_is(area):
    """Each province, region and municipality; eighteen digits that begin otherwise are no resident's."""
    begun = f"{area}010119491231002"
    assert kinds(begun + mod_11_2.calc_check_digit(begun)) == ({"resident-id"} if area in AREAS else set())


def card(begin, length):
    begun = begin.ljust(length - 1, "7")
    return begun + calc_check_digit(begun)


CARDS = {length: card("622202", length) for length in (16, 17, 18, 19)}
WAYS = {
    ID: ["6 8 4", "6 12", "14 4", "6 4 4 4", "6 8 3 1", "17 1", "6 4 2 2 4", "6 4 2 2 3 1", "3 3 8 4"],
    OLD_ID: ["6 6 3", "6 9", "12 3", "6 2 2 2 3"],
    MOBILE: [
        "3 4 4",
        "3 8",
        "7 4",
        "3 3 5",
        "4 3 4",
        "4 4 3",
        "3 4 2 2",
        "3 2 2 4",
        "3 2 2 2 2",
        "3 3 3 2",
        "3 5 3",
        "1 10",
        "1 2 4 4",
        "1 2 8",
        "1 3 3 4",
    ],
    CARDS[16]: ["8 8", "6 10", "4 12", "4 2 10", "4 4 4 4"],
    CARDS[17]: ["6 11"],
    CARDS[18]: ["6 12", "6 4 4 4"],
    CARDS[19]: ["6 13", "4 15", "8 11", "6 4 4 5", "4 2 13", "4 4 4 4 3"],
}
KIND = {ID: "resident-id", OLD_ID: "resident-id", MOBILE: "mobile", **dict.fromkeys(CARDS.values(), "bank-card")}


@pytest.mark.parametrize(("number", "way"), [(number, way) for number, ways in WAYS.items() for way in ways])
def test_a_number_is_known_in_the_groups_that_people_write(number, way):
    """In the middle of other figures, without a word before it that says what it is."""
    lengths = tuple(map(int, way.split()))
    assert sum(lengths) == len(number)
    assert KIND[number] in kinds(f"另有322件，见 {grouped(number, lengths)} 等，共3项")
