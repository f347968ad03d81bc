"""Which files of a workspace are read: regular ones inside it, up to a size and no byte more."""

import os
import tomllib

import psutil
import pytest

from pipeline import input_file
from pipeline.findings import Place
from pipeline.input_file import LimitError, content, refusal, toml_of
from pipeline.ledger import limits

SIZE = 1_000_000  # the limit that these tests set


@pytest.fixture
def root(tmp_path):
    (tmp_path / "workspace" / "data").mkdir(parents=True)
    return tmp_path / "workspace"


def said_of(path, root):
    """The finding that tells why a file is not read."""
    with pytest.raises((LimitError, OSError)) as refused:
        content(path, root, SIZE)
    return refusal(refused.value, Place("data/a.toml"))


@pytest.mark.parametrize("size", [0, 1, SIZE - 1, SIZE])
def test_a_file_up_to_the_limit_is_read_whole(root, size):
    """Empty, small, and of exactly the size that is allowed."""
    (root / "a.toml").write_bytes(b"#" * size)
    assert len(content(root / "a.toml", root, SIZE)) == size


def test_one_byte_more_is_refused_with_both_sizes(root):
    """The size is rounded up, so that it never reads as the limit itself."""
    (root / "a.toml").write_bytes(b"#" * (SIZE + 1))
    finding = said_of(root / "a.toml", root)
    assert (finding.code, finding.params) == ("file-too-large", {"size": 2, "limit": 1})


def test_a_limit_that_nobody_words_says_its_code():
    """A traceback names what was exceeded."""
    assert str(LimitError(code="file-too-large", size=2, limit=1)) == "file-too-large"


def test_what_is_no_regular_file_is_refused(root):
    """A folder, a pipe nobody writes to, a file that is not there: each by its reason."""
    os.mkfifo(root / "pipe")
    assert [said_of(root / name, root).code for name in ("data", "pipe", "none")] == [
        "unreadable",
        "not-a-file",
        "unreadable",
    ]
    assert said_of(root / "none", root).text("zh").startswith("data/a.toml")


def test_what_becomes_a_pipe_after_the_look_is_refused_and_closed(root, monkeypatch):
    """Exchanged between the look and the opening, a pipe is not waited for, and nothing of it stays open."""
    os.mkfifo(root / "pipe")
    monkeypatch.setattr(input_file, "_look_at", lambda *_: None)
    before = psutil.Process().num_fds()
    with pytest.raises(LimitError) as refused:
        content(root / "pipe", root, SIZE)
    assert (refused.value.code, psutil.Process().num_fds()) == ("not-a-file", before)


def test_where_the_system_knows_no_such_ways_of_opening_a_file_is_read(root, monkeypatch):
    """Windows cannot be asked not to wait, other systems not for bytes: a file is read all the same."""
    monkeypatch.delattr(os, "O_NONBLOCK")
    monkeypatch.delattr(os, "O_BINARY", raising=False)
    (root / "a.toml").write_bytes(b"a = 1")
    assert content(root / "a.toml", root, SIZE) == b"a = 1"


@pytest.mark.parametrize("link", ["the file", "its folder"])
@pytest.mark.parametrize("inside", [True, False], ids=["inside", "outside"])
def test_a_link_is_followed_inside_the_workspace_alone(root, link, inside):
    """A link of the file, or of the folder it stands in, may lead to another place of the workspace and to no other."""
    there = (root if inside else root.parent) / "there"
    there.mkdir()
    (there / "a.toml").write_text("a = 1", encoding="utf-8")
    if link == "the file":
        path = root / "data" / "a.toml"
        path.symlink_to(there / "a.toml")
    else:
        (root / "data" / "linked").symlink_to(there, target_is_directory=True)
        path = root / "data" / "linked" / "a.toml"
    if inside:
        assert content(path, root, SIZE) == b"a = 1"
    else:
        assert said_of(path, root).code == "link-outside"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (".".join("a" * 1_001) + " = 1", ""),
        (".".join("a" * 1_002) + " = 1", "a key of too many parts"),
        ("a = " + "[" * 50 + "]" * 50, ""),
        ("a = " + "[" * 100_000 + "]" * 100_000, "without end"),
        ('a = "' + "." * 5_000 + '"', ""),
    ],
    ids=["a long key", "a longer key", "nested", "nested without end", "points in a value"],
)
def test_a_toml_text_that_would_take_all_memory_is_none(text, refused):
    """Keys of a thousand points and tables in tables without end are refused by their names; points in a value are text."""
    if refused:
        with pytest.raises(tomllib.TOMLDecodeError, match=refused):
            toml_of(text)
    else:
        assert list(toml_of(text)) == ["a"]


@pytest.mark.parametrize(
    ("look", "allowed", "refused"),
    [
        (limits.one_sheet, (1, limits.COLUMNS), (1, limits.COLUMNS + 1)),
        (limits.one_sheet, (limits.PLACES, 1), (limits.PLACES + 1, 1)),
        (limits.one_sheet, (limits.PLACES // 2, 2), (limits.PLACES // 2 + 1, 2)),
        (limits.merged, (limits.MERGES, 1), (limits.MERGES + 1, 1)),
        (limits.merged, (1, limits.PLACES), (1, limits.PLACES + 1)),
    ],
)
def test_a_sheet_may_be_as_large_as_the_limit_and_no_larger(look, allowed, refused):
    """Columns, rows times columns, merged ranges and the rows under them."""
    look(*allowed)
    with pytest.raises(LimitError):
        look(*refused)


def test_a_budget_is_used_up_by_what_is_beyond_it():
    """The last XML element that is allowed is still read."""
    budget = limits.Budget()
    budget.elements = 0
    budget.look()
    budget.elements = -1
    with pytest.raises(LimitError):
        budget.look()
