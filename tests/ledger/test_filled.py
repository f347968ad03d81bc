"""A figure of last time that is blank now is told at its own cell; what is meant to be blank is not."""

import pytest
from samples import TABLES


def unfilled(sample):
    """The cells that check says are not filled in yet, with the code."""
    return [
        (one.code, f"{one.place.column}{one.place.row}") for one in sample.check() if one.code.startswith("not-filled")
    ]


def columns(table):
    return {heading: chr(ord("A") + place) for place, heading in enumerate(TABLES[table].headings())}


@pytest.mark.parametrize(
    ("now", "last", "told"),
    [
        (["", "", "", "", ""], ["110", "100", "90", "10", "2"], [0, 1, 2, 3, 4]),
        (["", "", "", "", ""], ["", "100", "90", "10", "2"], [1, 2, 3, 4]),
        (["110", "100", "", "", ""], ["", "100", "90", "10", "2"], [2, 3, 4]),
        (["110", "100", "90", "10", ""], ["110", "99", "89", "9", "没有"], [4]),
        (["110", "100", "90", "10", ""], ["110", "99", "89", "9", "0"], [4]),
        (["110", "100", "90", "10", "/"], ["110", "99", "89", "9", "2"], []),
        (["110", "100", "90", "10", "不适用"], ["110", "99", "89", "9", "2"], []),
        (["110", "100", "90", "10", ""], ["110", "99", "89", "9", "/"], []),
        (["110", "100", "90", "10", ""], ["110", "99", "89", "9", "不适用"], []),
        (["110", "100", "90", "10", ""], ["110", "99", "89", "9", ""], []),
        (["", "", "", "", ""], ["", "", "", "", ""], []),
    ],
)
def test_each_blank_figure_that_was_stated_last_time_is_told(sample, now, last, told):
    """However many figures of a row are filled in, those that last time's column states and this time's does not are told."""
    names = [one.heading for one in TABLES["licences"].figures]
    sample.put("licences", [{**dict(zip(names, now, strict=True)), **{f"上期{name}": text for name, text in zip(names, last, strict=True)}}])  # fmt: skip
    letters = columns("licences")
    assert unfilled(sample) == [("not-filled-figure", f"{letters[names[place]]}2") for place in told]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"数值": "", "内容": "", "上期值": "300"}, ["not-filled-value"]),
        ({"数值": "", "内容": "", "上期值": ""}, ["not-filled-value"]),
        ({"数值": "", "内容": "一业一证", "上期值": "300"}, ["not-filled-figure"]),
        ({"数值": "", "内容": "一业一证", "上期值": ""}, []),
        ({"数值": "/", "内容": "", "上期值": "300"}, []),
        ({"数值": "0", "内容": "", "上期值": "300"}, []),
    ],
)
def test_a_row_of_a_figure_or_words_is_told_once(sample, row, told):
    """A row that holds neither is told so; one of words is asked only for the figure that it had last time."""
    sample.put("indicators", [row])
    assert unfilled(sample) == [(code, f"{columns('indicators')['数值']}2") for code in told]
