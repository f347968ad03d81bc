"""What a clerk does by habit is read exactly as it is shown, or told exactly, in Chinese, with its cell."""

import re
import shutil

import clerk_dates  # noqa: F401
import clerk_files  # noqa: F401
import clerk_layouts  # noqa: F401
import clerk_numbers  # noqa: F401
import clerk_texts  # noqa: F401
import pytest
from clerk_habit import HABITS, HEADINGS, put, usual_book
from office import all_converted
from programs import needs_calc
from samples import Sample
from workbooks import saved

from pipeline.facts import When
from pipeline.ledger import read, workbook

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


# LibreOffice calculates the first; of the formats of the others it makes something that shows other words, and it gives
# rows and columns of no size one.
CHANGED_BY_LIBREOFFICE = {
    "a row of no height",
    "a column of no width",
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
    for (own, habit), by_office in zip(done.values(), all_converted(list(done), "xlsx", home), strict=True):
        shutil.copy(by_office, own.folder / "tables.xlsx")
        judge(own, habit)


@pytest.mark.parametrize("halves", [2, 5])
def test_a_workbook_that_is_being_saved_is_waited_for(sample, monkeypatch, halves):
    """A file that grows while it is looked at is read when it is whole, with nothing told."""
    content = saved(usual_book())
    put(sample, usual_book())
    parts = [content[: len(content) * number // halves] for number in range(1, halves + 1)]
    file = sample.write("tables.xlsx", parts.pop(0))
    monkeypatch.setattr(workbook.time, "sleep", lambda _: parts and file.write_bytes(parts.pop(0)))
    assert sample.check() == []
    assert list(read(sample.folder, "indicators").index) == [2, 3, 4]


def test_a_workbook_that_stays_broken_is_told(sample, monkeypatch):
    """Half a file that nobody goes on with is told after one more look."""
    looks = []
    put(sample, usual_book())
    sample.write("tables.xlsx", saved(usual_book())[:2000])
    monkeypatch.setattr(workbook.time, "sleep", looks.append)
    assert [one.code for one in sample.check() if one.code != "not-filled"] == ["broken-workbook"]
    assert len(looks) == 1


@pytest.mark.parametrize(("name", "code"), [("EncryptedPackage", "encrypted"), ("Workbook", "xls")])
@pytest.mark.parametrize("sectors", [1, 4000])
def test_a_password_and_an_old_workbook_are_told_apart(sample, name, code, sectors):
    """Both are compound files: what its directory names says which it is, wherever in the file that stands."""
    head = bytearray(512)
    head[:8], head[30:32], head[48:52] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x00", sectors.to_bytes(4, "little")
    put(sample, usual_book())
    sample.write("tables.xlsx", bytes(head) + bytes(512 * sectors) + name.encode("utf-16-le").ljust(512, b"\x00"))
    assert [one.code for one in sample.check()] == [code]


def test_there_are_many_habits():
    """At least eighty habits, no name twice, each with something that is right to read or to tell."""
    names = [habit.name for habit in HABITS]
    assert len(set(names)) == len(names) >= 80
    assert set(names) > A_DOZEN | CHANGED_BY_LIBREOFFICE
    assert all(habit.reads or habit.told for habit in HABITS)
