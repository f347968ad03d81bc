"""Files made to use up a machine are refused by name, soon and with little memory."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_files import HOSTILE
from samples import REPORT

ROOT = Path(__file__).parents[2]
MEMORY = 500_000_000  # bytes of data, which the process cannot get more of
PROCESSOR = 5  # seconds, after which the system ends the process: its own start takes half of one
QUICK = (
    "a cell in the last row of every column",
    "tags within tags in the sheet",
    "a cell of 40 megabytes",
    "a billion laughs in the sheet",
    "a line of 100 megabytes",
    "a pipe for a table",
    "a link to a device for the workbook",
    "a link out of the workspace for a table",
    "a pipe for report.toml",
    "a link to a device for law-overview.md",
    "lists in lists for visits.toml",
    "a hole of 50 gigabytes for 02-lists.ipynb",
    "a pipe for literals.toml",
)


def bounded():
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))


def workspace(folder):
    """The smallest workspace."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# 法治建设"]}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks" / "01-law.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "data" / "2021H1" / "tables").mkdir(parents=True)
    (folder / "data" / "2021H1" / "report.toml").write_text(REPORT, encoding="utf-8")
    return folder


def checked(folder):
    """The exit code, what was printed, and the seconds and megabytes it took."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "pipeline", "check", "2021H1", "--json", "--lang", "zh"]
    with (folder.parent / "said").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, stdin=subprocess.DEVNULL, preexec_fn=bounded
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return process.returncode, said.read(), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def refused(folder, name):
    """Build the file, check the half-year, and hold that it is told by its code; seconds and megabytes it took."""
    build, code = HOSTILE[name]
    place = workspace(folder / "workspace")
    build(place / "data" / "2021H1")
    left, said, seconds, megabytes = checked(place)
    assert "Traceback" not in said, said[-2000:]
    told = json.loads(said)
    if isinstance(told, dict):  # a notebook: nothing can be looked at without it
        assert left == 1
        assert name.rpartition(" ")[2] in told["error"]
        return seconds, megabytes
    assert left == (1 if any(finding["severity"] == "error" for finding in told) else 0), said[:2000]
    codes = {finding["code"] for finding in told}
    assert code in codes if code else left == 0, (code, said[:2000])
    assert all(len(finding["message"]) < 1000 for finding in told)
    return seconds, megabytes


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_is_refused_by_name(tmp_path, name):
    """What would use up a machine's memory or time is a problem with its file, told in words, under 500 MB."""
    refused(tmp_path, name)


@pytest.mark.soak
@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in QUICK])
def test_each_hostile_file_is_refused_by_name(tmp_path, name, counted, most):
    """So is each of many more workbooks, tables and things that are no files."""
    seconds, megabytes = refused(tmp_path, name)
    counted("hostile files", **{HOSTILE[name][1] or "read": 1})
    most("seconds of a processor for a hostile file", round(seconds, 2))
    most("megabytes for a hostile file", round(megabytes))


def test_there_are_many_hostile_files():
    """At least sixty, the quick ones among them."""
    assert len(HOSTILE) >= 60
    assert set(QUICK) <= set(HOSTILE)
