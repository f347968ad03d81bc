"""Whatever became of the files in the cache, a run gives what a run without it gives."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import copied_workspace

from pipeline.execute.store import Store
from pipeline.own_files import digests
from pipeline.period import Period
from pipeline.report import Request, build
from pipeline.workspace import Workspace

PERIOD = Period.parse("2021H1")
CORRUPTIONS = 210  # by `make soak`


def entries(cache: Path) -> list[Path]:
    return [path for path in sorted(cache.glob("*.json")) if path.is_file()]


def cut(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(max(1, path.stat().st_size))])


def flipped(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 1, 20]) if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def zeroed(path: Path, chance: random.Random) -> None:
    path.write_bytes(bytes(chance.choice([0, 1, path.stat().st_size])))


def swapped(path: Path, chance: random.Random) -> None:
    other = chance.choice(entries(path.parent))
    one, two = path.read_bytes(), other.read_bytes()
    path.write_bytes(two)
    other.write_bytes(one)


def renamed(path: Path, chance: random.Random) -> None:
    other = chance.choice(entries(path.parent))
    path.rename(path.with_name(f"{other.name.partition('~')[0]}~{path.name.partition('~')[2]}"))


def replaced(path: Path, chance: random.Random) -> None:
    """Something else stands there: a folder, a link to nowhere or round about, a pipe."""
    path.unlink()
    kind = chance.randrange(4)
    if kind == 0:
        path.mkdir()
    elif kind == 3:
        os.mkfifo(path)
    else:
        path.symlink_to(path if kind == 1 else path.with_name("nowhere"))


def reshaped(path: Path, chance: random.Random) -> None:
    """Whole to the byte, and not what was written."""
    kept = Store(path.parent)
    try:
        head, body = kept.read(path)
    except ValueError:  # it was corrupted before, and nobody has come to look at it yet
        return
    body = json.loads(body)
    group = path.name.partition("~")[0]
    path.unlink()
    worse: list[Callable[[object], object]] = [
        lambda _: None, lambda _: [], lambda _: "x", lambda _: 1, lambda one: [one], lambda _: {},
        lambda one: {key: one[key] for key in list(one)[1:]} if isinstance(one, dict) else one,
        lambda one: dict.fromkeys(one, 3) if isinstance(one, dict) else one,
    ]  # fmt: skip
    if chance.random() < 0.5:
        head = chance.choice(worse)(head)
    else:
        body = chance.choice(worse)(body)
    kept.write(group, head, body)


WAYS = (cut, renamed, reshaped, flipped, zeroed, swapped, replaced)


def corrupted(tmp_path: Path, times: int, seed: int) -> Counter[str]:
    """Corrupt one entry or several, run, and hold the report to one made from nothing; how often in which way."""
    chance = random.Random(seed)
    root = copied_workspace(tmp_path / "workspace")
    cache, told, ways = root / ".halfyear-cache", [], Counter()

    def made(**options: object) -> Path:
        request = Request(Workspace.at(root), PERIOD, formats=("html",), **options)
        built = build(request, on_progress=lambda event: told.append(event) if event.kind == "warning" else None)
        assert not built.failures
        return built.folder

    wanted = digests(made(fresh=True, output=tmp_path / "fresh"))
    for number in range(times):
        made()
        way = WAYS[number % len(WAYS)]
        there = entries(cache)
        for path in chance.sample(there, min(len(there), chance.choice([1, 2, 9]))):
            if path.is_file():
                way(path, chance)
        (root / "outputs" / "2021H1" / "report.html").unlink()  # else nothing would be made
        assert digests(made()) == wanted, (way.__name__, seed, number)
        ways[way.__name__] += 1
        for path in cache.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
    assert told and all("was damaged and has been removed" in event.text for event in told)
    return ways


def test_a_few_corrupted_caches_change_nothing(tmp_path: Path) -> None:
    """A cut, a misplaced and a misshapen entry: the report has the bytes of one made from nothing."""
    corrupted(tmp_path, 3, 1)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(3))
def test_many_corrupted_caches_change_nothing(tmp_path: Path, part: int, counted: Callable[..., None]) -> None:
    """Hundreds of corrupted entries: each report has the bytes of one made from nothing."""
    seed = int(os.environ.get("SOAK_SEED", "0")) + 100 + part
    counted("corrupted caches, each report as made from nothing", **corrupted(tmp_path, CORRUPTIONS // 3, seed))
