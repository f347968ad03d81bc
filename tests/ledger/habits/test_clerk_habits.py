"""What a clerk does by habit is read exactly as it is shown, or told exactly, in Chinese, with its cell."""

import re

import clerk_dates  # noqa: F401
import clerk_files  # noqa: F401
import clerk_layouts  # noqa: F401
import clerk_numbers  # noqa: F401
import clerk_texts  # noqa: F401
import pytest
from clerk_habit import HABITS, HEADINGS

from pipeline.facts import When
from pipeline.ledger import read


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_a_habit_is_read_or_told(sample, habit):
    """A habit is read exactly, with all its rows and nothing more, or told once at its cell, and nothing else is told."""
    habit.build(sample)
    findings = sample.check()
    assert sorted(place for finding in findings for place in places(finding)) == sorted(habit.told), [
        finding.text("zh") for finding in findings
    ]
    assert all(
        is_chinese(finding.text("zh")) and finding.place.name("zh") in finding.text("zh") for finding in findings
    )
    if not any(finding.severity == "error" for finding in findings):
        assert figures(sample, habit) == (habit.rows, habit.reads)
    else:
        assert not habit.reads


def is_chinese(text):
    """Whether a message is Chinese: no three English words in a row."""
    return re.search("[\u4e00-\u9fff]{2}", text) and not re.search("[a-z]+ [a-z]+ [a-z]+", text)


def places(finding):
    """What a finding is about: its cells, its rows, its column, or the file or sheet as a whole."""
    place = finding.place
    return [f"{place.column}{row}" for row in place.rows] or [place.column]


def figures(sample, habit):
    """The rows that are read, and what stands in the cells that the habit speaks of."""
    frame = read(sample.folder, "indicators")
    fields = {heading: field for field, heading in frame.attrs["headings"].items()}
    cells = {cell: frame.at[int(cell[1:]), fields[HEADINGS[ord(cell[0]) - ord("A")]]] for cell in habit.reads}
    return tuple(frame.index), {
        cell: value.value if isinstance(value, When) else str(value) for cell, value in cells.items()
    }


def test_there_are_many_habits():
    """At least eighty habits, no name twice, each with something that is right to read or to tell."""
    names = [habit.name for habit in HABITS]
    assert len(set(names)) == len(names) >= 80
    assert all(habit.reads or habit.told for habit in HABITS)
