"""A folder of pages is made anew without touching what others put there."""

import re

import pytest

from pipeline.errors import ReleaseError
from pipeline.findings import Said
from pipeline.own_files import digest
from pipeline.pages import INDEX, MADE_BY, SUMS, is_ours, page, replaced, write_sums


def filled(text, period="2021H1"):
    """Makes the pages of an index and of one report, with their sums, that say ``text``."""

    def fill(folder):
        (folder / INDEX).write_text(page(text, ""), encoding="utf-8")
        (folder / period).mkdir(parents=True)
        (folder / period / "report.html").write_text(text, encoding="utf-8")
        write_sums(folder / period)

    return fill


def made(to, text, *, only="", set_aside=False, period="2021H1"):
    """What comes of making the folder anew."""
    return replaced(
        to, filled(text, period), made_by=MADE_BY, holds=Said("holds-archive"), only=only, set_aside=set_aside
    )


@pytest.fixture
def public(tmp_path):
    """A folder of pages as it was made."""
    assert made(tmp_path / "public", "old").changed
    return tmp_path / "public"


def test_the_same_pages_change_nothing(public):
    """The files are told in order, and where all are as they were, the folder is not touched."""
    before = public.stat().st_ino
    again = made(public, "old")
    assert (again.files, again.changed, again.set_aside) == (
        ("2021H1/SHA256SUMS", "2021H1/report.html", INDEX),
        False,
        None,
    )
    assert public.stat().st_ino == before
    assert made(public, "new").changed
    assert (public / "2021H1" / "report.html").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize(
    ("name", "only", "refused"),
    [
        ("2021H1/mine.txt", "2021H1", True),
        ("2021H1/report.html", "2021H1", True),
        (INDEX, "2021H1", True),
        ("mine.txt", "2021H1", False),
        ("2021H10/mine.txt", "2021H1", False),
        ("2020H2/mine.txt", "2021H1", False),
        ("mine.txt", "", True),
        ("2020H2/mine.txt", "", True),
    ],
)
def test_only_what_would_be_replaced_is_in_the_way(public, name, only, refused):
    """What others put or changed where the new is to stand is named and stays; what stands beside it is in nobody's way."""
    (public / name).parent.mkdir(exist_ok=True)
    text = (public / name).read_text(encoding="utf-8") + "mine" if name == INDEX else "mine"
    (public / name).write_text(text, encoding="utf-8")
    if refused:
        with pytest.raises(ReleaseError, match=re.escape(name)):
            made(public, "new", only=only)
        assert (public / name).read_text(encoding="utf-8") == text
    else:
        made(public, "new", only=only)
        assert (public / "2021H1" / "report.html").read_text(encoding="utf-8") == "new"


def test_what_is_in_the_way_is_set_aside_where_asked(public):
    """The old folder is kept whole; a file in the place of the folder is refused all the same."""
    (public / "mine.txt").write_text("mine", encoding="utf-8")
    aside = made(public, "new", set_aside=True).set_aside
    assert (aside.name, (aside / "mine.txt").read_text(encoding="utf-8")) == ("public.set-aside-1", "mine")
    with pytest.raises(ReleaseError, match="not a folder"):
        made(aside / "mine.txt", "new", set_aside=True)


def test_a_folder_of_others_is_not_taken_for_ours(tmp_path):
    """Where the index is no page of this kind, nothing in the folder is ours, though a list of sums names it."""
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    write_sums(folder)
    assert (folder / SUMS).read_text(encoding="utf-8") == f"{digest(b'mine')}  letter.txt\n"
    with pytest.raises(ReleaseError, match="letter.txt"):
        made(folder, "new")
    assert not is_ours(folder, MADE_BY)


def test_an_edited_index_makes_the_folder_no_longer_ours(public):
    """A page carries its own digest: it is ours as it was made, and of the maker it names alone."""
    assert is_ours(public, MADE_BY) and not is_ours(public, "somebody")
    (public / INDEX).write_text((public / INDEX).read_text(encoding="utf-8").replace("old", "new"), encoding="utf-8")
    assert not is_ours(public, MADE_BY)
