"""``check --watch``: checked again at each save."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from calling import ROOT


@pytest.fixture
def watching(workspace):
    """The command at work in a workspace, and what it prints, line by line."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "pipeline", "check", "2021H1", "--watch", "--mark", "--lang", "zh"],
        cwd=workspace,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    ended = threading.Timer(120, process.kill)  # what is waited for never came
    ended.start()
    yield process
    ended.cancel()
    process.kill()
    process.wait()
    process.stdout.close()


def told_until(process, words):
    """The lines printed up to one with ``words`` in it."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if words in line:
            return lines
    raise AssertionError("\n".join(lines))


def test_each_save_is_checked_and_counted(watching, workspace):
    """A save that breaks a figure tells the new problem alone and the count, its mending that one is gone; Ctrl-C ends it well."""
    ledger = workspace / "data/2021H1/tables/indicators.csv"
    told_until(watching, "再检查一次")
    sound = ledger.read_bytes()
    ledger.write_bytes(sound.replace(b",322,", ",3百,".encode()))
    broken = told_until(watching, "已保存")
    assert "indicators.csv!E5" in broken[0]
    assert "data/2021H1/tables/indicators.csv 已保存：1个错误" in broken[-1]
    assert "新出现1，已改好0" in broken[-1]
    told_until(watching, "台账问题.xlsx")
    ledger.write_bytes(sound)
    assert "0个错误，1个警告（新出现0，已改好1）" in told_until(watching, "已保存")[-1]
    watching.send_signal(signal.SIGINT)
    assert watching.wait(60) == 0
