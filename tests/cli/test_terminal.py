"""Words on a terminal are broken by what they take up there."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import app
from pipeline.cli.click_words import speak
from pipeline.cli.terminal import clipped, display_width, wrapped

PATH = "data/2021H1/台账/一个很长的文件名字.csv"


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("办件量三百二十二件", 8, "办件量三\n    百二\n    十二\n    件"),
        ("见 tables/indicators.csv 一行", 12, "见\n    tables/indicators.csv\n    一行"),
        ("甲乙丙，丁", 6, "甲乙\n    丙，\n    丁"),
        ("甲乙（丙）", 6, "甲乙\n    （丙）"),
        ("  警告：见 a.csv", 12, "  警告：见\n      a.csv"),
        ("one two three", 8, "one two\n    three"),
        ("一\n二", 80, "一\n二"),
        ("甲乙丙]", 6, "甲乙\n    丙]"),
        ("", 80, ""),
    ],
)
def test_a_line_is_broken_between_words(text, columns, expected):
    """Chinese may be broken between any two characters, no mark begins a line, a path and a word stay whole."""
    assert wrapped(text, columns, "    ") == expected


@given(
    st.lists(st.sampled_from(["办件量", "322件", "，", "。", "“", "”", PATH, "word", " ", "--set-aside", "3.4万"])).map(
        "".join
    ),
    st.integers(20, 100),
)
def test_nothing_is_lost_and_no_path_is_broken(text, columns):
    """Breaking adds line ends and indents alone, and a line that is too long holds nothing that could be parted."""
    lines = wrapped(text, columns, "  ").split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert sum(line.count(PATH) for line in lines) == text.count(PATH)
    assert all(
        display_width(line) <= columns or PATH in line or "--set-aside" in line or "word" in line for line in lines
    )
    assert not any(line.strip().startswith(("，", "。", "”")) for line in lines[1:])


def test_a_wide_character_takes_two_columns():
    """Chinese characters and full-width marks are twice as wide as Latin letters, combining marks take no room."""
    assert [display_width(text) for text in ("甲", "，", "a", "e\u0301", "甲a")] == [2, 2, 1, 1, 3]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("name", ["", *app.commands])
def test_help_fits_the_terminal(name, columns, lang):
    """No line of any help takes up more columns than there are, what is carried over stands under its column."""
    speak(app, lang)
    command = app.commands[name] if name else app
    try:
        lines = command.get_help(click.Context(command, info_name="halfyear", terminal_width=columns)).splitlines()
    finally:
        speak(app, "en")
    assert all(display_width(line) <= columns for line in lines if " " in line.strip())
    listed = [line for line in lines if line.startswith("  -")]
    carried = [line for line in lines if line.startswith(" " * 10)]
    column = {display_width(line) - display_width(line.lstrip()) for line in carried}
    assert listed or not name
    assert len(column) <= (1 if name else 2)


def test_a_live_line_is_clipped_by_what_it_takes_up():
    """As much is shown as there is room for, wide characters counted as two."""
    assert [clipped("甲乙abc", columns) for columns in (0, 1, 2, 3, 5, 9)] == ["", "", "甲", "甲", "甲乙a", "甲乙abc"]
