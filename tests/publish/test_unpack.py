"""No file is so large or so deep that it is not seen through, or told as one that could not be."""

import io
import zipfile

import pytest

from pipeline.publish import unpack
from pipeline.publish.unpack import texts


def archive(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in files.items():
            package.writestr(f"{name}.txt", data)
        package.comment = b"by me"
    return made.getvalue()


def places(data):
    return [one.place for one in texts("a.docx", data)]


def test_everything_in_an_archive_is_a_text():
    """Its name, its comment, each file's name and words."""
    found = {one.place: one.text for one in texts("a.docx", archive(one="甲", other="乙"))}
    assert found == {
        "a.docx (name)": "a.docx",
        "a.docx (archive's comment)": "by me",
        "a.docx!one.txt (name)": "one.txt",
        "a.docx!one.txt": "甲",
        "a.docx!other.txt (name)": "other.txt",
        "a.docx!other.txt": "乙",
    }


@pytest.mark.parametrize(("size", "read"), [(10, True), (11, False)])
def test_an_archive_that_unpacks_to_too_much_is_told(monkeypatch, size, read):
    """Up to the limit it is read, all files together; one byte more is told as what cannot be read."""
    monkeypatch.setattr(unpack, "_LARGEST", 10)
    found = places(archive(one="a" * 4, other="b" * (size - 4)))
    assert ("a.docx (unreadable)" in found, "a.docx!other.txt" in found) == (not read, read)


@pytest.mark.parametrize(("depth", "read"), [(6, True), (7, False)])
def test_files_in_files_are_seen_through_to_a_depth(depth, read):
    """Six within each other are opened; a file deeper than that is told."""
    data = b"words"
    for _ in range(depth):
        data = archive(inner=data)
    found = list(texts("a.zip", data))
    assert any(one.text == "words" for one in found) is read
    assert any(one.place.endswith("(unreadable)") for one in found) is not read
