"""A workbook's file says nothing of when it was made."""

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from pipeline.workbook_file import PROPERTIES, with_properties, workbook_bytes


@pytest.fixture
def book():
    """A workbook of one cell, by somebody, made long ago."""
    made = openpyxl.Workbook()
    made.active["A1"] = "事项"
    made.properties.creator = "某科"
    made.properties.created = datetime(2019, 5, 6, 7, 8, 9)
    return made


def test_a_workbook_made_later_is_the_same_file(book):
    """All moments in it are one, inside and on its parts; what else is said of it stays."""
    before = workbook_bytes(book)
    book.properties.created = datetime(2020, 6, 7, 8, 9, 10)
    assert workbook_bytes(book) == before
    again = openpyxl.load_workbook(io.BytesIO(before))
    assert (again.active["A1"].value, again.properties.creator) == ("事项", "某科")
    assert again.properties.created == again.properties.modified == datetime(2000, 1, 1)


def test_other_properties_leave_every_other_part_as_it_was(book):
    """What is made of the properties stands in their place; all other parts are there in the same order, and packed."""
    before = workbook_bytes(book)
    after = with_properties(before, lambda content: content.replace("某科".encode(), "某局".encode()))
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as other:
        assert one.namelist() == other.namelist()
        changed = [name for name in one.namelist() if one.read(name) != other.read(name)]
        assert all(part.compress_type == zipfile.ZIP_DEFLATED for part in other.infolist())
    assert changed == [PROPERTIES]
