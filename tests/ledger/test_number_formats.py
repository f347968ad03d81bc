"""What a cell shows for a number under a format, and what is read of it."""

import csv
from decimal import InvalidOperation
from pathlib import Path

import pytest

from pipeline.ledger.number_format import BUILT_IN, as_shown, text_shown

with (Path(__file__).parent / "number_formats.tsv").open(encoding="utf-8", newline="") as _file:
    SHOWN = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))
# what Chinese Excel shows for 44376.604166666667 (2021-06-29 14:30) under its own numbers of formats
CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), ("2021-06", "2021年6月")),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), ("2021-06-29", "6月29日")),
    **dict.fromkeys((34, 55), ("", "下午2时30分")),
    **dict.fromkeys((35, 56), ("", "下午2时30分00秒")),
    14: ("2021-06-29", "2021/6/29"),
    22: ("2021-06-29 14:30:00", "2021/6/29 14:30"),
    30: ("2021-06-29", "6-29-21"),
    31: ("2021-06-29", "2021年6月29日"),
    32: ("", "14时30分"),
    33: ("", "14时30分00秒"),
}


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: f"{row['stored']} as {row['format']}")
def test_a_number_is_read_as_shown(row):
    """The figure or date is the one that is shown, or the format is told; the words are those in the cell, or in doubt."""
    shown = as_shown(row["stored"], row["format"])
    assert (f"! {shown.fault}" if shown.fault else shown.text) == row["figure"]
    assert ("?" if shown.words is None else shown.words) == row["words"]


@pytest.mark.parametrize("number", CHINESE)
def test_the_formats_of_chinese_excel_by_number(number):
    """A built-in format shows a date or a time as Chinese Excel does; a time alone is no date and is told."""
    text, words = CHINESE[number]
    shown = as_shown("44376.604166666667", BUILT_IN[number])
    assert (shown.text if not shown.fault else "", shown.words) == (text, words)


@pytest.mark.parametrize(
    ("number", "stored", "text", "words"),
    [
        *((number, "0", "0", "-") for number in (41, 43)),
        *((number, "0", "0元", "¥-") for number in (42, 44)),
        (43, "-1250.5", "-1250.50", "-1,250.50"),
        (44, "1250.5", "1250.50元", "¥1,250.50"),
        (6, "-5", "-5元", "¥-5"),
        (38, "-5", "-5", "-5"),
        (40, "1250.5", "1250.50", "1,250.50"),
        (10, "0.2476", "24.76%", "24.76%"),
    ],
)
def test_money_and_accounting_by_number(number, stored, text, words):
    """A nought of accounting is shown as a dash and is a nought; ¥ is read as 元."""
    shown = as_shown(stored, BUILT_IN[number])
    assert (shown.text, shown.words, shown.fault) == (text, words, "")


@pytest.mark.parametrize(
    ("stored", "day"),
    [("42914", "2021-06-29"), ("0", "1904-01-01"), ("60", "1904-03-01"), ("1462", "1908-01-02")],
)
def test_days_since_1904(stored, day):
    """A workbook that counts from 1904 has four years and a day more in each number."""
    assert as_shown(stored, "yyyy-mm-dd", since_1904=True).text == day


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("General", "示例"),
        ("@", "示例"),
        ('0;-0;0;"编号"@', "编号示例"),
        ('@"号"', "示例号"),
        ("_ * #,##0_ ;_ @_ ", "示例"),
        ("yyyy/m/d;@", "示例"),
        ("0.00", "示例"),
    ],
)
def test_a_text_under_a_section_for_texts(form, shown):
    """What a format puts around a text is part of what is shown."""
    assert text_shown("示例", form) == shown


@pytest.mark.parametrize("stored", ["NaN", "Infinity", "-inf", "1,5", ""])
def test_what_is_no_number_is_refused(stored):
    """What is no number, or none that has an end, is refused as such."""
    with pytest.raises(InvalidOperation):
        as_shown(stored, "0.0")
