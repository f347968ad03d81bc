"""What in a folder is ours and what is not."""

import os
from pathlib import Path

import pytest

from pipeline.own_files import digest, digest_of, digests, entries, free_name, held_open, is_litter, retire, strangers


@pytest.fixture
def folder(tmp_path):
    """A folder of two files of ours, one of them in a folder of its own, and of other programs' litter."""
    made = tmp_path / "2021H1"
    (made / "sections").mkdir(parents=True)
    (made / "report.html").write_bytes(b"page")
    (made / "sections" / "01-reform.ipynb").write_bytes(b"{}")
    (made / ".ipynb_checkpoints").mkdir()
    (made / ".ipynb_checkpoints" / "01-reform.ipynb").write_bytes(b"old")
    (made / "~$report.docx").write_bytes(b"lock")
    return made


OURS = {"report.html": digest(b"page"), "sections/01-reform.ipynb": digest(b"{}")}


def test_a_digest_is_of_the_content(folder):
    """Of bytes and of a file of these bytes it is the same SHA-256."""
    assert digest(b"page") == digest_of(folder / "report.html")
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("name", "litter"),
    [
        ("Thumbs.db", True),
        (".DS_Store", True),
        (".~lock.report.docx#", True),
        ("~$report.docx", True),
        (".nfs00000001", True),
        ("report.docx", False),
        ("my Thumbs.db", False),
        (".gitignore", False),
    ],
)
def test_litter_is_told_by_its_name(name, litter):
    """What other programs leave behind is known by name or by how that begins; all else may be somebody's work."""
    assert is_litter(name) is litter


def test_a_folders_files_are_told_in_order_without_litter(folder):
    """Files come in the order of their names, those of inner folders in their place; a link is one entry and not followed."""
    (folder / "a-link").symlink_to(folder / "sections", target_is_directory=True)
    assert [path.relative_to(folder).as_posix() for path in entries(folder)] == ["a-link", *OURS]
    assert digests(folder) == OURS
    assert digests(folder / "none") == digests(folder / "report.html") == {}


def edited(folder):
    (folder / "report.html").write_bytes(b"page, read")


def linked(folder):
    (folder / "report.html").rename(folder.parent / "elsewhere")
    (folder / "report.html").symlink_to(folder.parent / "elsewhere")


@pytest.mark.parametrize("change", [edited, linked])
def test_what_is_not_as_it_was_put_there_is_a_stranger(folder, change):
    """A file of another content is not ours, nor is a link in its place though it leads to the same content."""
    assert strangers(folder, OURS) == []
    change(folder)
    assert strangers(folder, OURS) == ["report.html"]


def test_what_nobody_put_there_is_a_stranger(folder):
    """A file that no record names; a folder that is a link or no folder is one whole; where nothing is, nothing is in the way."""
    (folder / "sections" / "mine.txt").write_bytes(b"")
    assert strangers(folder, OURS) == ["sections/mine.txt"]
    (folder.parent / "link").symlink_to(folder, target_is_directory=True)
    assert strangers(folder.parent / "link", OURS) == ["."]
    assert strangers(folder / "report.html", OURS) == ["."]
    assert strangers(folder / "none", OURS) == []


def test_an_old_folder_goes_only_if_all_of_it_is_ours(folder):
    """Ours goes with its litter; else the old folder is kept beside its place, under the first name that is free."""
    target = folder.parent / "2021H2"
    assert free_name(target).name == "2021H2.set-aside-1"
    os.symlink("nowhere", folder.parent / "2021H2.set-aside-1")
    (folder / "mine.txt").write_bytes(b"")
    aside = retire(folder, target, OURS)
    assert (aside, (aside / "mine.txt").exists(), folder.exists()) == (
        free_name(target).with_name("2021H2.set-aside-2"),
        True,
        False,
    )
    (aside / "mine.txt").unlink()
    assert retire(aside, target, OURS) is None
    assert not aside.exists()


def test_a_file_that_another_program_holds_is_named(folder, monkeypatch):
    """Where a file cannot be opened for writing, it is told by its path; where there is no folder, nothing is held."""
    assert held_open(folder) == held_open(folder / "none") == []

    def opened(path, mode="r", *, real=Path.open):
        if path.name == "01-reform.ipynb":
            raise PermissionError
        return real(path, mode)

    monkeypatch.setattr(Path, "open", opened)
    assert held_open(folder) == ["sections/01-reform.ipynb"]
