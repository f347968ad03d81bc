"""A finished folder takes the place of an old one."""

import subprocess
import sys

import pytest

from pipeline import swap
from pipeline.own_files import digests


def test_the_old_folder_is_replaced_whole(tmp_path):
    """After the swap the target holds exactly the new files, and nothing is left beside it."""
    target = tmp_path / "2021H1"
    target.mkdir()
    (target / "old").write_text("old")
    with swap.staged(target) as staging:
        (staging / "new").write_text("new")
        swap.swap_in(staging, target, digests(target))
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["2021H1"]


def test_a_first_folder_stands_where_nothing_was(tmp_path):
    """The folders above are made, and whoever the umask lets in may read it, though a temporary folder is its maker's alone."""
    target = tmp_path / "outputs" / "2021H1"
    with swap.staged(target) as staging:
        (staging / "new").write_text("new")
        assert swap.swap_in(staging, target, {}) is None
    (tmp_path / "ordinary").mkdir()
    assert (target / "new").read_text() == "new"
    assert target.stat().st_mode == (tmp_path / "ordinary").stat().st_mode
    assert [path.name for path in target.parent.iterdir()] == ["2021H1"]


def test_where_an_old_folder_was_kept_is_said(tmp_path):
    """What is not ours in it stays whole beside the new one."""
    target = tmp_path / "2021H1"
    target.mkdir()
    (target / "mine").write_text("mine")
    with swap.staged(target) as staging:
        aside = swap.swap_in(staging, target, {})
    assert (aside, (aside / "mine").read_text()) == (tmp_path / "2021H1.set-aside-1", "mine")


@pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged in one step on Linux only")
def test_two_names_are_exchanged_in_one_step(tmp_path):
    """Each folder then bears the other's name; where one is not there, nothing happens and that is said."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert swap._exchanged(tmp_path / "one", tmp_path / "other")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*")) == ["one/other", "other/one"]
    assert not swap._exchanged(tmp_path / "one", tmp_path / "none")


def test_without_the_exchange_call_the_result_is_the_same(tmp_path, monkeypatch):
    """Where two names cannot be exchanged in one step, two renames lead to the same."""
    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    test_the_old_folder_is_replaced_whole(tmp_path)


def test_where_the_new_folder_cannot_take_its_place_the_old_one_is_put_back(tmp_path, monkeypatch):
    """Where names cannot be exchanged and the second step is refused, that is told, and all is as it was."""
    target = tmp_path / "2021H1"
    target.mkdir()
    (target / "old").write_text("old")

    def refuse(source, to, *, real=swap.rename):
        if to == target and (source / "new").exists():
            raise PermissionError
        real(source, to)

    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(swap, "rename", refuse)
    with pytest.raises(PermissionError), swap.staged(target) as staging:
        (staging / "new").write_text("new")
        swap.swap_in(staging, target, digests(target))
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["2021H1", "2021H1/old"]


def test_a_failure_leaves_the_old_folder(tmp_path):
    """When something fails before the swap, the old folder is as it was and the staging folder is gone."""
    target = tmp_path / "2021H1"
    target.mkdir()
    with pytest.raises(RuntimeError), swap.staged(target) as staging:
        (staging / "half").write_text("half")
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir()] == ["2021H1"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged in one step on Linux only")
def test_a_reader_never_finds_the_target_absent(tmp_path):
    """While folders are swapped again and again, the target's file can be read at every instant."""
    target = tmp_path / "2021H1"
    target.mkdir()
    (target / "report").write_text("0")
    reader = subprocess.Popen(
        [sys.executable, "-c", "import sys, os\nwhile os.path.exists(sys.argv[2]): open(sys.argv[1]).read()", target / "report", target],
        stderr=subprocess.PIPE,
    )  # fmt: skip
    for number in range(300):
        with swap.staged(target) as staging:
            (staging / "report").write_text(str(number))
            swap.swap_in(staging, target, digests(target))
    assert reader.poll() is None, reader.stderr.read().decode()
    reader.kill()
    reader.communicate()
    assert (target / "report").read_text() == "299"


def test_a_file_of_ours_is_written_whole_or_not_at_all(tmp_path):
    """A reader finds the new text with line ends of one character; where it cannot be written, the old one, and nothing beside it."""
    file = tmp_path / "record.json"
    swap.replace_whole(file, "一\n二\n")
    assert file.read_bytes() == "一\n二\n".encode()
    with pytest.raises(UnicodeEncodeError):
        swap.replace_whole(file, "half \ud800")
    assert [path.name for path in tmp_path.iterdir()] == ["record.json"]
    assert file.read_text(encoding="utf-8") == "一\n二\n"
