"""Which builds are kept when a report is replaced, seen by folders of one file."""

from pathlib import Path

import pytest

from pipeline.document.manifest import MANIFEST, write_manifest
from pipeline.errors import UsageError
from pipeline.own_files import digests
from pipeline.report import earlier


def report(folder: Path, text: str) -> Path:
    """A finished report that says ``text``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sections").mkdir(exist_ok=True)
    (folder / "sections" / "a.ipynb").write_text(text, encoding="utf-8")
    (folder / MANIFEST).unlink(missing_ok=True)
    write_manifest({"inputs": {}, "parameters": {"edition": "internal"}, "outputs": digests(folder)}, folder / MANIFEST)
    return folder


@pytest.fixture
def target(tmp_path):
    return report(tmp_path / "outputs" / "2021H1", "1")


def replaced(target, *texts):
    """Let builds take each other's place; what is kept then."""
    for text in texts:
        new = report(target.parent.parent / "new", text)
        earlier.keep(target, new)
        report(target, text)
    store = target.parent / ".earlier" / "2021H1"
    return (
        {path.name: (path / "sections/a.ipynb").read_text() for path in sorted(store.iterdir())}
        if store.is_dir()
        else {}
    )


def test_the_last_five_builds_are_kept(target):
    """Each under the next number; the oldest go."""
    assert replaced(target, "2") == {"0001": "1"}
    assert replaced(target, "3", "4", "5", "6") == {f"000{number}": str(number) for number in range(1, 6)}
    assert replaced(target, "7") == {f"000{number}": str(number) for number in range(2, 7)}
    assert [path.name for path in earlier.earlier_builds(target)] == ["0006", "0005", "0004", "0003", "0002"]


def test_a_build_that_changes_nothing_is_not_kept(target):
    """The same report again is no other build, nor is one that is kept already."""
    assert replaced(target, "1") == {}
    earlier.keep(target, report(target.parent.parent / "new", "2"))  # the process ends here
    assert earlier.earlier_builds(target) == []
    assert replaced(target, "2") == {"0001": "1"}


def test_builds_are_counted_back_from_the_present_one(target):
    """@1 is the one before; there is none before the first, and none @0."""
    replaced(target, "2", "3")
    assert [(earlier.earlier_build(target, steps) / "sections/a.ipynb").read_text() for steps in (1, 2)] == ["2", "1"]
    for steps in (0, 3):
        with pytest.raises(UsageError, match=f"2021H1@{steps}"):
            earlier.earlier_build(target, steps)


def test_only_what_a_build_put_there_is_kept(target):
    """A file that somebody edited, and one that somebody added, are not taken for the build's."""
    (target / "sections" / "a.ipynb").write_text("mine", encoding="utf-8")
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    earlier.keep(target, report(target.parent.parent / "new", "2"))
    kept = target.parent / ".earlier" / "2021H1" / "0001"
    assert [path.name for path in kept.rglob("*") if path.is_file()] == [MANIFEST]


def test_a_folder_that_no_build_made_is_not_kept(tmp_path):
    """Without a manifest there is nothing of ours, and nothing has changed."""
    target, new = tmp_path / "outputs" / "2021H1", report(tmp_path / "new", "2")
    target.mkdir(parents=True)
    earlier.keep(target, new)
    assert list(target.parent.iterdir()) == [target]
    assert earlier.changed_since(target, new) == ()
