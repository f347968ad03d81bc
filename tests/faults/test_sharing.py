"""Folders shared by many: names with blanks and Chinese, disks that hold a name for a moment, disks that are read-only."""

import errno
import os
import shutil
import subprocess
import sys

import pytest
from calling import ROOT, Command, copied_workspace

from pipeline import renaming, swap
from pipeline.ledger import new
from pipeline.own_files import digests
from pipeline.period import Period
from pipeline.workspace import Workspace


def test_a_path_with_blanks_and_chinese_is_a_path_like_any(tmp_path):
    """In a folder called 科室 共享（新） a half-year is made, checked, built in all forms and verified, into another such folder."""
    root = copied_workspace(tmp_path / "科室 共享（新）" / "工作 总结#1 100%")
    command = Command(root)
    assert command("new", "2021H2", "--xlsx").returncode == 0
    assert command("check", "2021H2").returncode == 0
    built = command("run", "2021H1", "--output", "输出 文件 夹")
    assert built.returncode == 0, built.stdout + built.stderr
    assert {"report.html", "report.pdf", "report.docx"} <= {
        one.name for one in (root / "输出 文件 夹/2021H1").iterdir()
    }
    assert command("verify", "2021H1", "--output", "输出 文件 夹").returncode == 0


@pytest.fixture
def held(monkeypatch):
    """Renames are refused so many times each before they are done; nothing waits."""
    refused = {}

    def hold(times, number=errno.EACCES):
        def replace(source, target, *, real=os.replace):
            key = (str(source), str(target))
            refused[key] = refused.get(key, 0) + 1
            if refused[key] <= times:
                raise OSError(number, "held", str(source), None, str(target))
            real(source, target)

        monkeypatch.setattr(renaming.os, "replace", replace)

    monkeypatch.setattr(renaming.time, "sleep", lambda _: None)
    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    return hold


def old_and_new(folder):
    (folder / "2021H1").mkdir()
    (folder / "2021H1" / "old").write_text("old")
    with swap.staged(folder / "2021H1") as staging:
        (staging / "new").write_text("new")
        swap.swap_in(staging, folder / "2021H1", digests(folder / "2021H1"))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EBUSY, errno.EPERM])
def test_a_name_held_for_a_moment_is_waited_for(tmp_path, held, number):
    """Where each rename is refused a few times, the new folder takes the old one's place all the same."""
    held(4, number)
    old_and_new(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["2021H1", "new"]


def test_a_name_held_for_good_leaves_the_old_folder(tmp_path, held):
    """Where a rename is refused again and again, it is said, and the old folder stands as it did."""
    held(4)
    copied = tmp_path / "before"
    copied.mkdir()
    held(100)
    with pytest.raises(PermissionError):
        old_and_new(copied)
    assert [path.name for path in copied.rglob("*")] == ["2021H1", "old"]


def test_each_wait_is_longer_than_the_one_before(tmp_path, held, monkeypatch):
    """Between two attempts there is a pause, short at first: who holds the name for a moment is given that moment."""
    held(3)
    monkeypatch.setattr(renaming.time, "sleep", (pauses := []).append)
    (tmp_path / "a").touch()
    renaming.rename(tmp_path / "a", tmp_path / "b")
    assert len(pauses) == 3 and 0 < pauses[0] < pauses[1] < pauses[2]
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_no_other_refusal_is_waited_for(tmp_path, held):
    """A full disk is told at once."""
    held(1, errno.ENOSPC)
    with pytest.raises(OSError, match="held"):
        old_and_new(tmp_path)


def test_a_half_year_is_made_where_renames_are_slow(tmp_path, held):
    """new makes its folder whole where the disk holds its name for a moment."""
    root = copied_workspace(tmp_path / "workspace")
    held(3)
    new(Workspace.at(root), Period.parse("2021H2"))
    assert sorted(path.name for path in (root / "data").iterdir()) == ["2021H1", "2021H2"]


class ReadOnly:
    """Calls the command where its workspace lies on a disk mounted read-only, as a USB stick with its lock on."""

    def __init__(self, root):
        self.root = root

    def __call__(self, *words):
        mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" "$0" && cd "$0" && exec "$@"'
        call = ["unshare", "--mount", "sh", "-c", mount, self.root, sys.executable, "-m", "pipeline", *words]
        known = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "HALFYEAR_LANG": "zh"}
        return subprocess.run(call, env=known, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture
def read_only(tmp_path):
    root = copied_workspace(tmp_path / "只读 光盘")
    called = ReadOnly(root)
    if not shutil.which("unshare") or called("--version").returncode:
        pytest.skip("this machine does not let tests mount a disk")
    return called


@pytest.mark.soak  # a disk can be mounted on few machines; what runs on every change leaves nothing out
def test_a_read_only_disk_is_worked_from_or_told(read_only, tmp_path):
    """Ledgers on a read-only disk are checked and built elsewhere; what would write there is told, naming the folder and the way out."""
    assert read_only("check", "2021H1").returncode == 0
    for words, folder in ((("run", "2021H1"), "outputs"), (("new", "2021H2"), "data")):
        refused = read_only(*words)
        assert refused.returncode == 1
        assert f"{read_only.root / folder}：这个盘只读，报告可用 --output 写到别处" in refused.stderr
    built = read_only("run", "2021H1", "--format", "html", "--output", str(tmp_path / "别处"))
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "别处/2021H1/report.html").exists()
