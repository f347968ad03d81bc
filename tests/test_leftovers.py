"""What a killed process left is told by its name, and nothing else is touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from pipeline import leftovers
from pipeline.leftovers import OLD, RECORD
from pipeline.own_files import digests
from pipeline.swap import staged, swap_in, sweep


@pytest.fixture(scope="module")
def dead() -> str:
    """What names begin with that belong to a process that is gone."""
    script = "from pipeline.leftovers import marked; print(marked(''))"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).mkdir(parents=True)
        (folder / name / "file").write_text("x", encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_only_what_belongs_to_the_dead_goes(tmp_path: Path, dead: str) -> None:
    """Folders and files of processes that are gone go; those of living ones and everything without a mark stay."""
    mine = leftovers.marked(".2021H1") + "x"
    put(tmp_path, f".2021H1{dead}x", mine, "2021H1", ".hidden", ".hy-no-mark-1-")
    (tmp_path / f"{dead}y.part").write_text("cut")
    (tmp_path / f"{dead}link").symlink_to(tmp_path / "2021H1")
    leftovers.sweep(tmp_path, tmp_path / "nowhere")
    assert names(tmp_path) == sorted([mine, "2021H1", ".hidden", ".hy-no-mark-1-"])
    assert (tmp_path / "2021H1" / "file").exists()


def test_a_number_that_was_given_again_is_another_process(tmp_path: Path) -> None:
    """What names a living process's number and another start belongs to one that is gone."""
    host, pid, started = leftovers.marked("").split("-")[1:4]
    put(tmp_path, f".hy-{host}-{pid}-{int(started) - 1}-x")
    leftovers.sweep(tmp_path)
    assert not names(tmp_path)


def test_a_process_that_ended_and_was_not_yet_asked_after_is_gone(tmp_path: Path) -> None:
    """A process whose parent has not looked at its end still has a number and a start, and owns nothing."""
    script = "from pipeline.leftovers import marked; print(marked(''), flush=True); input()"
    ended = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    put(tmp_path, ended.stdout.readline().strip() + "x")
    leftovers.sweep(tmp_path)
    assert len(names(tmp_path)) == 1
    ended.stdin.close()
    while psutil.Process(ended.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    leftovers.sweep(tmp_path)
    assert not names(tmp_path)
    ended.wait()


def test_a_process_stays_the_same_however_much_it_takes() -> None:
    """What a name says of its process is the same for as long as that lives, whatever memory it has asked for since."""
    before = leftovers.marked("x")
    taken = bytearray(50_000_000)
    assert leftovers.marked("x") == before and len(taken)


def test_a_process_is_known_on_other_systems(dead: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no /proc, who lives and since when is asked of it in another way."""

    def none(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(leftovers, "open", none, raising=False)
    monkeypatch.setattr(os.path, "exists", lambda _: False)
    assert leftovers._started(os.getpid()) == int(psutil.Process().create_time())
    assert leftovers._started(int(dead.split("-")[2])) is None


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/tmp/report.pdf", "/tmp/report.pdf"),
        ("/tmp/.hy-000000-1-1-x", "/tmp"),
        ("/tmp/a.hy-000000-1-1-x/.hy-000000-2-1-y/report.pdf", "/tmp"),
        ("/tmp/outputs/.2021H1.hy-000000-1-1-x/report.pdf", "/tmp/outputs"),
    ],
)
def test_people_are_named_no_folder_that_goes_away(path: str, named: str) -> None:
    """A path ends, for a message, where it is there only while a process runs."""
    assert leftovers.standing(path) == named


def test_what_another_machine_made_stays_for_a_day(tmp_path: Path) -> None:
    """On a shared disk nobody here can tell whether the process is alive: only what is old goes."""
    put(tmp_path, ".hy-000000-1-1-late", ".hy-000000-1-1-early")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(tmp_path / ".hy-000000-1-1-early", (long_ago, long_ago))
    leftovers.sweep(tmp_path)
    assert names(tmp_path) == [".hy-000000-1-1-late"]


def test_folders_go_where_a_process_ends_without_unwinding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process has made and not yet removed is known, and goes at once."""
    monkeypatch.setattr(leftovers, "_mine", set())  # else what other tests of this process still need would go, too
    made = leftovers.folder("x", tmp_path)
    with leftovers.temporary("y", tmp_path) as other:
        assert made.is_dir() and other.is_dir()
    assert not other.exists()
    leftovers.remove_own()
    assert not made.exists()


@pytest.mark.parametrize("edited", [False, True])
def test_an_old_folder_that_was_swapped_out_is_put_away(tmp_path: Path, dead: str, edited: bool) -> None:
    """Killed between swapping and deleting, the old folder goes with the next command if all of it is ours, else it is kept."""
    put(tmp_path, "2021H1", old := f".2021H1{dead}x{OLD}")
    (tmp_path / f"{old}{RECORD}").write_text(json.dumps(digests(tmp_path / old)), encoding="utf-8")
    if edited:
        (tmp_path / old / "mine").write_text("of somebody", encoding="utf-8")
    sweep(tmp_path)
    assert names(tmp_path) == ["2021H1", "2021H1.set-aside-1"] if edited else ["2021H1"]
    assert not edited or (tmp_path / "2021H1.set-aside-1" / "mine").exists()


def test_what_was_left_goes_before_a_new_folder_is_made(tmp_path: Path, dead: str) -> None:
    """Who stages a folder finds nothing beside it that a killed process left."""
    put(tmp_path, f".2021H1{dead}x")
    with staged(tmp_path / "2021H1") as staging:
        assert names(tmp_path) == [staging.name]


def test_a_record_of_a_folder_that_has_gone_goes(tmp_path: Path, dead: str) -> None:
    """Killed between deleting the old folder and its record, nothing but the new folder is left with the next command."""
    put(tmp_path, "2021H1")
    (tmp_path / f".2021H1{dead}x{OLD}{RECORD}").write_text("{}", encoding="utf-8")
    sweep(tmp_path)
    assert names(tmp_path) == ["2021H1"]


def test_a_folder_that_was_moved_away_comes_back(tmp_path: Path, dead: str) -> None:
    """Killed where names cannot be exchanged, between two renames, the only folder there is stands in its place again."""
    put(tmp_path, old := f".2021H1{dead}x{OLD}", f".2021H1{dead}x")
    (tmp_path / f"{old}{RECORD}").write_text("{}", encoding="utf-8")
    sweep(tmp_path)
    assert names(tmp_path) == ["2021H1"]


def test_nothing_but_the_target_is_left_of_a_swap(tmp_path: Path) -> None:
    """A folder put in place of another leaves neither record nor staging."""
    put(tmp_path, "2021H1")
    for exchange in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            if not exchange:
                patch.setattr("pipeline.swap._exchanged", lambda one, other: False)
            with staged(tmp_path / "2021H1") as staging:
                (staging / "new").write_text(str(exchange), encoding="utf-8")
                assert swap_in(staging, tmp_path / "2021H1", digests(tmp_path / "2021H1")) is None
        assert names(tmp_path) == ["2021H1"] and names(tmp_path / "2021H1") == ["new"]


def test_any_command_puts_away_what_a_killed_one_swapped_out(halfyear, workspace: Path, dead: str) -> None:
    """An old report that a killed command had no time to delete goes with the next command, though that builds nothing."""
    put(workspace / "outputs", "2021H1", old := f".2021H1{dead}x{OLD}")
    record = workspace / "outputs" / f"{old}{RECORD}"
    record.write_text(json.dumps(digests(workspace / "outputs" / old)), encoding="utf-8")
    assert halfyear("check", "2021H1").returncode == 0
    assert names(workspace / "outputs") == ["2021H1"]
