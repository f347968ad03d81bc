"""Places in Chinese numerals are read for what they say, and what is none is none."""

import pytest

from pipeline.facts.figure_words import ordinal

ONES = "一二三四五六七八九"
PLACES = [*ONES, "十", *(f"十{one}" for one in ONES), *(f"{ten}十{one}" for ten in ONES[1:] for one in ("", *ONES))]


def test_the_first_to_the_ninety_ninth_are_read_in_order():
    """第一, 第十, 第十一, 第二十, 第九十九: each is one more than the one before."""
    assert [ordinal(numeral) for numeral in PLACES] == list(range(1, 100))


@pytest.mark.parametrize("numeral", ["", "十十", "一一", "一百", "零", "〇", "十〇", "两", "1", "二十十"])
def test_what_is_no_place_is_none(numeral):
    """Nothing, numerals one after another, hundreds, zero and digits are no places."""
    assert ordinal(numeral) is None
