"""A batch whose worker, client or scheduler is killed at any instant: the same command completes it, to the byte."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
import pytest
from calling import ROOT, Command

from pipeline.own_files import digests
from tests.batch.offices import province, row

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc"),
]
COUNTIES = [f"370{city}0{number}" for city in (1, 2) for number in range(1, 6)][
    :9
]  # with two cities and a province: 12
KILLS = 10  # of each


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The inputs of 12 units, how long they take, and the digests of everything in the end."""
    folder = tmp_path_factory.mktemp("undisturbed")
    chance = random.Random(7)
    province(folder / "inputs", {code: [row("一业一证", "办件量", str(chance.randint(9, 99)))] for code in COUNTIES})
    shutil.copytree(folder / "inputs", folder / "made")
    began = time.monotonic()
    done = Command(folder)("batch", folder / "made" / "batch.toml", "--workers", 2)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "inputs", time.monotonic() - began, outputs(folder / "made")


def outputs(folder):
    """What a batch leaves, without caches and the file that asks for it."""
    return {name: it for name, it in digests(folder).items() if ".halfyear-cache/" not in name and name != "batch.toml"}


def started(folder, *options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "pipeline", "batch", str(folder / "batch.toml"), *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed(process, victim, chance):
    """Kill the client, or one of its workers where there are some by now."""
    workers = [one for one in psutil.Process(process.pid).children() if "spawn_main" in " ".join(one.cmdline())]
    if victim == "worker" and workers:
        chance.choice(workers).kill()
    elif victim == "client":
        process.kill()
    process.wait(300)


@contextmanager
def scheduler(folder):
    """A scheduler of Dask's own and two workers, as an office would start them."""
    file = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    listens = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    running = [subprocess.Popen([*dask, "scheduler", *listens], **quiet)]
    while not file.exists() or not file.read_text():
        time.sleep(0.05)
    works = [
        "--nthreads",
        "1",
        "--nworkers",
        "2",
        "--no-dashboard",
        "--scheduler-file",
        str(file),
        "--death-timeout",
        "3",
    ]
    running.append(subprocess.Popen([*dask, "worker", *works], **quiet))
    try:
        yield running[0], json.loads(file.read_text())["address"]
    finally:
        for one in running:
            one.send_signal(signal.SIGTERM)
        for one in running:
            one.wait(60)


@pytest.mark.parametrize("number", range(KILLS))
@pytest.mark.parametrize("victim", ["client", "worker", "scheduler"])
def test_the_same_command_completes_what_was_killed(tmp_path, undisturbed, victim, number):
    """Whatever is killed, at whatever instant, the same command makes the rest, and all bytes are as if nothing had been,
    whether workers share the folders or are sent the files."""
    inputs, seconds, expected = undisturbed
    folder = tmp_path / "made"
    shutil.copytree(inputs, folder)
    with (folder / "batch.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"shared = {'false' if number % 2 else 'true'}\n")
    chance = random.Random(f"{victim} {number}")
    instant = chance.uniform(0, seconds)
    if victim == "scheduler":
        with scheduler(tmp_path) as (its, address):
            process = started(folder, "--scheduler", address)
            time.sleep(instant)
            its.kill()
            assert process.wait(300) in (0, 1, 2)
        (tmp_path / "scheduler.json").unlink(missing_ok=True)
    else:
        process = started(folder, "--workers", "2")
        time.sleep(instant)
        killed(process, victim, chance)
    done = Command(tmp_path)("batch", folder / "batch.toml", "--workers", 2)
    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs(folder) == expected
