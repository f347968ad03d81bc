"""What several tests build on: a workspace of their own, the command as a user calls it, the finished report."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from calling import ROOT, Command, copied_workspace

# A shell's background job ignores interrupts, and so would every process that a test starts and means to interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the project's workspace that a test may change."""
    return copied_workspace(tmp_path / "workspace")


@pytest.fixture
def halfyear(workspace: Path) -> Command:
    """The command, called inside the test's own workspace."""
    return Command(workspace)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished 2021H1 report, built once by the command from the project's own workspace."""
    folder = tmp_path_factory.mktemp("report")
    done = Command(ROOT)("run", "2021H1", "--output", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "2021H1"
