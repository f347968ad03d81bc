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


def test_without_the_exchange_call_the_result_is_the_same(tmp_path, monkeypatch):
    """Where two names cannot be exchanged in one step, two renames lead to the same."""
    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    test_the_old_folder_is_replaced_whole(tmp_path)


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
