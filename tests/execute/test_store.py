"""The folder of results: it may be deleted, damaged, full or shared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.execute import Event, store
from pipeline.execute.store import Store
from pipeline.leftovers import marked
from tests.execute.conftest import Bench


def mark_of_the_dead() -> str:
    """What names begin with that belong to a process that is gone."""
    script = "from pipeline.leftovers import marked; print(marked(''))"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def entries(bench: Bench) -> list[Path]:
    return sorted((bench.root / ".halfyear-cache").glob("*.json"))


@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_damaged_entry_is_a_miss_with_a_warning(bench: Bench, damage: bytes | None) -> None:
    """A file cut short or altered is reported, removed and made again."""
    bench.put("prints-period").run(cache=True)
    [path] = entries(bench)
    path.write_bytes(path.read_bytes().replace(b"2020H2", b"2019H2") if damage is None else damage)
    events: list[Event] = []
    [ran] = bench.run(cache=True, on_progress=events.append)
    assert ran.why.startswith("run, because")
    assert [event.text for event in events if event.kind == "warning"] == [
        f"{path.name} in .halfyear-cache/ was damaged and has been removed"
    ]
    assert bench.printed(ran) == "2020H2\n"
    assert bench.run(cache=True)[0].why == "fresh"


WRONG_SHAPES = {
    "no head": (None, {}),
    "a head that lacks what counts": ("code", {}),
    "no results": ("own", None),
    "results of a shorter notebook": ("own", {"cells": [], "injected": [], "metadata": {}}),
    "cells that are none": ("own", {"cells": [1, 2], "injected": [], "metadata": {}}),
    "outputs that are none": (
        "own",
        {"cells": [{"execution_count": 1, "outputs": [[]]}] * 2, "injected": [], "metadata": {}},
    ),
    "a text": ("own", "results"),
    "a list": ([], []),
}


@pytest.mark.parametrize(("head", "body"), WRONG_SHAPES.values(), ids=WRONG_SHAPES)
def test_entry_of_the_wrong_shape_is_a_miss_with_a_warning(bench: Bench, head: object, body: object) -> None:
    """What is whole to the byte and yet no result of a section is reported, removed and made again."""
    bench.put("prints-period").run(cache=True)
    [path] = entries(bench)
    kept = Store(path.parent)
    own = kept.read(path)[0]
    head = {"own": own, "code": {"code": own["code"]}}.get(str(head), head)
    path.unlink()
    kept.write(path.name.partition("~")[0], head, body)
    events: list[Event] = []
    [ran] = bench.run(cache=True, on_progress=events.append)
    assert (ran.error, bench.printed(ran)) == (None, "2020H2\n")
    assert [event.kind for event in events].count("warning") == 1
    assert bench.run(cache=True)[0].why == "fresh"


def test_entry_of_another_section_is_a_miss_with_a_warning(bench: Bench) -> None:
    """A result that came to stand under another section's name is not taken for that section's."""
    bench.put("prints-period", "working-folder").run(cache=True)
    one, other = entries(bench)
    mine = f"{other.name.partition('~')[0]}~{one.name.partition('~')[2]}"
    one.rename(one.with_name(mine))
    other.unlink()
    events: list[Event] = []
    ran = bench.run(cache=True, on_progress=events.append)
    assert [event.text for event in events if event.kind == "warning"] == [
        f"{mine} in .halfyear-cache/ was damaged and has been removed"
    ]
    assert [bench.printed(one) for one in ran] == ["2020H2\n", "notebooks True\n"]


def test_entry_of_another_version_goes_without_a_word(bench: Bench) -> None:
    """What an earlier halfyear stored is nobody's damage: it is removed and made again."""
    bench.put("prints-period").run(cache=True)
    [path] = entries(bench)
    path.write_bytes(b"halfyear 1" + path.read_bytes().removeprefix(store._FORMAT.encode()))
    events: list[Event] = []
    [ran] = bench.run(cache=True, on_progress=events.append)
    assert ran.why.startswith("run, because")
    assert not [event for event in events if event.kind == "warning"]


def test_folder_may_be_deleted(bench: Bench) -> None:
    """Without the folder everything runs and is stored again."""
    bench.put("prints-period").run(cache=True)
    shutil.rmtree(bench.root / ".halfyear-cache")
    assert bench.run(cache=True)[0].why != "fresh"
    assert bench.run(cache=True)[0].why == "fresh"


def test_folder_that_cannot_be_written_is_done_without(bench: Bench) -> None:
    """Where results cannot be stored the run is as good as any other."""
    (bench.root / ".halfyear-cache").write_text("in the way")
    [ran] = bench.put("prints-period").run(cache=True)
    assert ran.error is None and bench.printed(ran) == "2020H2\n"


def test_cache_is_left_alone_when_not_wanted(bench: Bench) -> None:
    """A run without the cache neither reads nor writes it."""
    bench.put("prints-period").run(cache=False)
    assert not (bench.root / ".halfyear-cache").exists()


def test_cache_is_not_committed(bench: Bench) -> None:
    """The folder tells git to ignore it, wherever the workspace is kept."""
    bench.put("prints-period").run(cache=True)
    assert (bench.root / ".halfyear-cache" / ".gitignore").read_text() == "*\n"


def test_store_is_bounded_by_states(tmp_path: Path) -> None:
    """Of one section and period the states used last are kept."""
    kept = Store(tmp_path)
    for number in range(12):
        kept.write("a", {"number": number}, None)
        for path in kept.entries("a"):
            if kept.read(path)[0]["number"] == number:
                os.utime(path, (number, number))
    kept.write("b", {}, None)
    assert [kept.read(path)[0]["number"] for path in kept.entries("a")] == [11, 10, 9, 8, 7, 6, 5, 4]


def test_store_is_bounded_in_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over its size the store lets go of what was used longest ago, and of parts whose writer was killed."""
    monkeypatch.setattr(store, "_MOST_BYTES", 2000)
    forgotten, written = (tmp_path / f"{mark}x.part" for mark in (mark_of_the_dead(), marked("")))
    for part in (forgotten, written):
        part.write_text("cut")
    kept = Store(tmp_path)
    for number in range(8):
        kept.write(f"section-{number}", {}, "x" * 300)
        [path] = kept.entries(f"section-{number}")
        os.utime(path, (1000 + number, 1000 + number))
    kept.write("last", {}, "")
    files = [path for path in tmp_path.iterdir() if path.suffix == ".json"]
    assert sum(path.stat().st_size for path in files) <= 2000
    assert kept.entries("section-7") and not kept.entries("section-0") and not forgotten.exists() and written.exists()


def test_entries_are_whole_under_concurrent_writers(tmp_path: Path) -> None:
    """Readers meet whole entries or none while others write the same ones and trim."""
    shared, damaged = Store(tmp_path), []

    def write() -> None:
        for number in range(60):
            shared.write("a", {"number": number}, "x" * 5000)

    def read() -> None:
        for _ in range(60):
            for path in shared.entries("a"):
                try:
                    shared.read(path)
                except FileNotFoundError:
                    continue
                except ValueError as error:
                    damaged.append(error)

    threads = [threading.Thread(target=work) for work in (write, write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not damaged
    assert len(shared.entries("a")) <= 8


def test_two_runs_at_once_agree(bench: Bench) -> None:
    """Two runs of one workspace give the same results and leave a store that serves both."""
    bench.put("prints-period", "two-parameters")
    results: list[list[bytes]] = []

    def run(folder: str) -> None:
        results.append([ran.path.read_bytes() for ran in bench.run(cache=True, into=bench.root / folder)])

    threads = [threading.Thread(target=run, args=(folder,)) for folder in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results[0] == results[1]
    assert [ran.why for ran in bench.run(cache=True)] == ["fresh", "fresh"]
