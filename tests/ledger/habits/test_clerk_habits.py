"""What a clerk does by habit is read exactly as it is shown, or told exactly, in Chinese, with its cell."""

import re
import shutil

import clerk_dates  # noqa: F401
import clerk_files  # noqa: F401
import clerk_layouts  # noqa: F401
import clerk_numbers  # noqa: F401
import clerk_texts  # noqa: F401
import pytest
from clerk_habit import HABITS, HEADINGS
from office import all_converted
from programs import needs_calc
from samples import Sample

from pipeline.facts import When
from pipeline.ledger import read

A_DOZEN = {
    "a title and who filled it in and when",
    "a chapter merged over its rows",
    "a column of running numbers put in",
    "a hidden sheet with the ledger",
    "a formula with its result",
    "a formula whose result is an error",
    "a number kept as text by an apostrophe",
    "a fall in red",
    "a qualifier before the number in the format",
    "the accounting format with its sign",
    "a rate with more decimals than shown",
    "a figure that excel took for a date",
}


# LibreOffice calculates the first; of the formats of the others it makes something that shows other words.
CHANGED_BY_LIBREOFFICE = {
    "a formula that was never calculated",
    "the unit behind the general format in chinese",
    "ten thousands by a comma in the format",
}


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_a_habit_is_read_or_told(sample, habit):
    """A habit is read exactly, with all its rows and nothing more, or told once at its cell, and nothing else is told."""
    habit.build(sample)
    judge(sample, habit)


def judge(sample, habit):
    """Hold what is read and told of a half-year against what is right."""
    findings = sample.check()
    said = [finding.text("zh") for finding in findings]
    told = sorted(place for finding in findings for place in places(finding))
    assert told == sorted(habit.told), (habit.name, said)
    assert all(is_chinese(text) for text in said), (habit.name, said)
    assert all(finding.place.name("zh") in finding.text("zh") for finding in findings), (habit.name, said)
    if not any(finding.severity == "error" for finding in findings):
        assert figures(sample, habit) == (habit.rows, habit.reads), habit.name
    else:
        assert not habit.reads, habit.name


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


def test_a_dozen_workbooks_of_libreoffice_are_read_the_same(sample, tmp_path):
    """A dozen habits are read or told just the same when LibreOffice has saved the workbook its own way."""
    through_office(sample, [habit for habit in HABITS if habit.name in A_DOZEN], tmp_path)


@pytest.mark.soak
def test_the_workbooks_of_libreoffice_are_read_the_same(sample, tmp_path):
    """Every habit in a workbook is read or told just the same when LibreOffice has saved it its own way."""
    through_office(sample, [habit for habit in HABITS if habit.name not in CHANGED_BY_LIBREOFFICE], tmp_path)


def through_office(sample, habits, folder):
    """Have LibreOffice save the workbook of each habit, and judge the half-year with that instead."""
    needs_calc()
    done = {}
    for number, habit in enumerate(habits):
        own = Sample(shutil.copytree(sample.root, folder / f"workspace{number}"))
        habit.build(own)
        book = own.folder / "tables.xlsx"
        if book.exists():
            done[shutil.copy(book, folder / f"{number}.xlsx")] = (own, habit)
    (home := folder / "office").mkdir()
    for (own, habit), saved in zip(done.values(), all_converted(list(done), "xlsx", home), strict=True):
        shutil.copy(saved, own.folder / "tables.xlsx")
        judge(own, habit)


def test_there_are_many_habits():
    """At least eighty habits, no name twice, each with something that is right to read or to tell."""
    names = [habit.name for habit in HABITS]
    assert len(set(names)) == len(names) >= 80
    assert set(names) > A_DOZEN | CHANGED_BY_LIBREOFFICE
    assert all(habit.reads or habit.told for habit in HABITS)
