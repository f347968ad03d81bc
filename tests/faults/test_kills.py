"""Commands killed at some moment of their work: no report is torn, no process left, nothing after the next command."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from pipeline.archive import finished
from pipeline.document import manifest
from pipeline.own_files import digests
from pipeline.pages import page_folder, plain_page
from tests.faults.processes import Scene, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
COMMANDS = {  # and how many seconds each takes at least, so that it is killed within its work
    "run": (["run", "2021H1", "--fresh"], 4.0),
    "run --cold": (["run", "2021H1", "--fresh", "--cold", "-f", "html"], 8.0),
    "run, nothing changed but formats": (["run", "2021H1", "-f", "html", "-f", "docx"], 1.5),
    "publish": (["publish", "2021H1", "--to", "outputs/public"], 2.5),
    "site": (["site"], 1.5),
    "new": (["new", "2021H2"], 0.8),
    "preview": (["preview", "2021H1", "--no-browser"], 4.0),
}
QUICK = ("run", "new", "preview")
PARTS, KILLS = 11, 330  # by `make soak`: parts of it may be counted at the same time


def killed(scene: Scene, name: str, chance: random.Random) -> bool:
    """Start a command and kill it at some moment; false where it had ended by itself before."""
    command, seconds = COMMANDS[name]
    process = scene.start(*command)
    try:
        process.wait(chance.uniform(0, seconds))
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate(timeout=30)
    return process.returncode == -9


def torn(scene: Scene, new: dict[str, str]) -> list[str]:
    """Folders that are not what they say they are, to the byte; ``new`` is what the folder of a new half-year holds."""
    outputs = scene.root / "outputs"
    said = {name: manifest.owned_files(outputs / name) for name in ("2021H1", "2021H1.draft")}
    said |= {"public": page_folder.owned_files(outputs / "public", plain_page.MADE_BY)}
    said |= {"site": page_folder.owned_files(outputs / "site", finished.SITE)}
    found = [name for name, owned in said.items() if digests(outputs / name) != owned]
    lost = [] if (outputs / "2021H1").is_dir() else ["2021H1"]
    return found + lost + (["2021H2"] if digests(scene.root / "data/2021H2") not in ({}, new) else [])


def kill_often(tmp_path: Path, names: tuple[str, ...], times: int, seed: int) -> tuple[Counter[str], dict, float]:
    """Kill each command in turn: how often each, what was wrong afterwards, the seconds until all processes were gone."""
    scene, chance = Scene(tmp_path), random.Random(seed)
    kills: Counter[str] = Counter()
    wrong, longest = {"torn": 0, "processes left": 0, "leftovers": 0}, 0.0
    scene.ask("run", "2021H1")
    scene.ask("new", "2021H2")
    new = digests(made := scene.root / "data/2021H2")
    shutil.rmtree(made)
    for name in cycle(names):
        if kills.total() == times:
            break
        kills[name] += killed(scene, name, chance)
        began = time.monotonic()
        try:
            until(lambda: not scene.processes(), 30)
        except AssertionError:
            wrong["processes left"] += len(scene.processes())
        longest = max(longest, time.monotonic() - began)
        wrong["torn"] += len(torn(scene, new))
        scene.ask("check", "2021H1")
        wrong["leftovers"] += len(scene.leftovers())
        shutil.rmtree(made, ignore_errors=True)
    scene.ask("run", "2021H1")
    return kills, wrong, longest


def test_a_few_kills_tear_nothing(tmp_path: Path) -> None:
    """Commands killed at some moment leave whole reports, no process, and nothing after the next command."""
    _, wrong, _ = kill_often(tmp_path, QUICK, len(QUICK), 1)
    assert not any(wrong.values()), wrong


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_many_kills_tear_nothing(
    tmp_path: Path, part: int, counted: Callable[..., None], most: Callable[[str, float], None]
) -> None:
    """Hundreds of kills at random moments leave whole reports, no process, and nothing after the next command."""
    seed = int(os.environ.get("SOAK_SEED", "0")) + 100 + part
    kills, wrong, longest = kill_often(tmp_path, tuple(COMMANDS), KILLS // PARTS, seed)
    counted("kills", **kills)
    counted("wrong after kills", **wrong)
    most("seconds until no process of a killed command was left", round(longest, 2))
    assert not any(wrong.values()), (seed, wrong)
