"""A command that is told to end does so, with nothing left of it; what a kill leaves the next command removes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.processes import Scene, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
TOLD = {"SIGTERM": 143, "SIGHUP": 129, "SIGQUIT": 131, "SIGINT": 130}
WAITS = """
import os, subprocess, time
_ = subprocess.Popen(["sleep", "600"])
open(os.environ["TMPDIR"] + "/began", "w").close()
{then}
"""
# what a cell may be at when the command is told to end: Python that can be interrupted, and one that will not be
SLEEPS = "time.sleep(600)"
HOLDS_ON = "while True:\n    try:\n        time.sleep(600)\n    except BaseException:\n        pass"
QUICK = {("SIGTERM", "warm"), ("SIGHUP", "cold"), ("SIGQUIT", "warm")}


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def begun(scene: Scene, *options: str, then: str = SLEEPS):
    """A run in the middle of a cell that waits and has started a program of its own."""
    scene.add_cell("lists", WAITS.format(then=then))
    process = scene.start("run", "2021H1", *options)
    until((scene.temp / "began").exists)
    (scene.temp / "began").unlink()
    return process


HOLDS_ON = """
import os, signal, time
from pipeline.cli import ending
ending._PATIENCE = 0.1
ending.end_when_told()
try:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)
finally:
    time.sleep(60)
"""


def test_a_command_that_does_not_let_go_says_that_it_was_stopped() -> None:
    """Where what is being done holds on, the command ends without it, with the words and the exit code of any other end."""
    command, english = [sys.executable, "-c", HOLDS_ON], {**os.environ, "HALFYEAR_LANG": "en"}
    done = subprocess.run(command, env=english, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 128 + signal.SIGTERM
    assert done.stderr == "stopped; the outputs are as they were\n"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        pytest.param(name, options, id=f"{name}-{kind}", marks=() if (name, kind) in QUICK else pytest.mark.soak)
        for name in TOLD
        for kind, options in (("warm", []), ("cold", ["--cold"]))
    ],
)
def test_a_run_that_is_told_to_end_leaves_nothing(scene: Scene, name: str, options: list[str]) -> None:
    """Each signal that asks for it ends run, kernels and what cells started; no folder stays, and the words say so."""
    process = begun(scene, *options)
    process.send_signal(getattr(signal, name))
    said, _ = process.communicate(timeout=30)
    assert process.returncode == TOLD[name]
    assert "Traceback" not in said and "stopped" in said
    until(lambda: not scene.processes())
    assert not scene.leftovers() and not list((scene.root / "outputs").iterdir())


@pytest.mark.parametrize(
    "then", [pytest.param(SLEEPS, id="sleeps", marks=pytest.mark.soak), pytest.param(HOLDS_ON, id="holds-on")]
)
def test_ctrl_c_twice_is_no_more_than_once(scene: Scene, then: str) -> None:
    """A second interrupt while the first is tidied up after neither leaves anything nor shows a traceback."""
    process = begun(scene, then=then)
    for _ in range(2):
        process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 130 and "Traceback" not in said
    until(lambda: not scene.processes())
    assert not scene.leftovers()


def test_a_run_under_nohup_goes_on(scene: Scene) -> None:
    """A signal that was ignored when the command began stays ignored."""
    scene.add_cell("lists", WAITS.format(then=SLEEPS))
    ignoring = scene.start("run", "2021H1", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    until((scene.temp / "began").exists)
    ignoring.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        ignoring.communicate(timeout=3)
    ignoring.send_signal(signal.SIGTERM)
    ignoring.communicate(timeout=30)
    assert ignoring.returncode == 143


@pytest.mark.parametrize("options", [[], ["--cold"]], ids=["warm", "cold"])
def test_what_a_killed_run_leaves_goes_with_the_next_command(scene: Scene, options: list[str]) -> None:
    """After kill -9 no process is left, and any next command removes the folders."""
    process = begun(scene, *options)
    process.kill()
    process.communicate(timeout=30)
    until(lambda: not scene.processes())
    assert scene.leftovers()
    scene.ask("check", "2021H1")
    assert not scene.leftovers()


def test_children_of_a_cell_do_not_outlive_the_run(scene: Scene) -> None:
    """A program that a cell started and did not wait for ends with its section; the report is made."""
    scene.add_cell("lists", 'import subprocess\n_ = subprocess.Popen(["sleep", "600"])')
    for options in ([], ["--cold", "--fresh"]):
        scene.ask("run", "2021H1", "-f", "html", *options)
        until(lambda: not scene.processes())
