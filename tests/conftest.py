"""What several tests build on: a workspace of their own, the command as a user calls it, the finished report."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pylopdf_fonts_zh_cn
import pytest
from calling import ROOT, Command, copied_workspace
from soak_figures import counted, most, pytest_terminal_summary

__all__ = ["counted", "most", "pytest_terminal_summary"]  # fixtures and a hook: pytest looks for them here

# How long an example takes is the machine's affair: nothing here is a timed assertion.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# A shell's background job ignores interrupts, and so would every process that a test starts and means to interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# Messages are looked for in English, whatever the machine speaks.
os.environ["HALFYEAR_LANG"] = "en"


@pytest.fixture(scope="session", autouse=True)
def _readers_have_a_chinese_font(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The browser and the office suite find the wheel's Chinese fonts beside the system's, which may have none."""
    folder = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    file = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    file.write_text(
        f'<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir></fontconfig>',
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(file))
        yield


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
