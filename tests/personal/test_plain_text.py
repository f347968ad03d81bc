"""What a text means, however it is written."""

import pytest

from pipeline.personal.plain_text import plain, with_han_numerals


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("138", "138"),
        ("a\r\nb", "a\nb"),
        ("１３８Ａ，", "138A,"),
        ("①②㈢", "123"),
        ("٣۴१", "341"),
        ("1\u200b3\u00ad8\u0301", "138"),
        ("1\u31648", "18"),
        ("𝟏𝟑𝟖", "138"),
        ("甲\u2028乙\x85丙\t丁", "甲\n乙\n丙\t丁"),
        ("\U000e0031\U000e0033", "13"),
        ("Х×х", "Xxx"),
        ("见\u202e831\u202c号", "见138号"),
        ("一壹〇幺", "一壹〇幺"),
    ],
)
def test_letters_and_digits_of_every_script_are_ascii(written, meant):
    """Full-width, circled, of other scripts and styles; what cannot be seen is gone, lines stay lines, turned text is turned back."""
    assert plain(written) == meant


@pytest.mark.parametrize(
    ("written", "digits"),
    [("一三八", "138"), ("壹叁捌", "138"), ("〇○两兩幺洞拐勾", "00221079"), ("十百廿", "十百廿"), ("办3件①", "办3件①")],
)
def test_numerals_are_digits_character_for_character(written, digits):
    """Plain, formal and spoken ones; tens and hundreds are no digits, and what is no Han numeral stands for itself."""
    assert with_han_numerals(written) == digits
