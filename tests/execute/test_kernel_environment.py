"""What every kernel finds in its environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.execute.kernels import fork_client
from pipeline.execute.kernels.fork_client import kernel_environment
from pipeline.workspace import ENVIRONMENT

PARENT = str(Path(fork_client.PACKAGE).parent)


@pytest.mark.parametrize("before", ["", "/one", f"/one{os.pathsep}{PARENT}"])
def test_a_kernel_finds_this_package_first(monkeypatch: pytest.MonkeyPatch, before: str) -> None:
    """Whatever else is on the path, this package is found before it, and nothing stands there twice."""
    monkeypatch.setenv("PYTHONPATH", before)
    expected = [PARENT, *(["/one"] if before else [])]
    assert kernel_environment(None)["PYTHONPATH"].split(os.pathsep) == expected


@pytest.mark.parametrize("folder", ["site-packages", "dist-packages"])
def test_an_installed_package_is_found_by_itself(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Where the package is installed, the path stays what it is: else all that is installed would come before it."""
    monkeypatch.setattr(fork_client, "PACKAGE", Path("/lib") / folder / "pipeline")
    monkeypatch.setenv("PYTHONPATH", "/one")
    assert kernel_environment(None)["PYTHONPATH"] == "/one"


def test_a_kernel_is_told_its_workspace_and_keeps_sets_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace that is asked for, not the one that this process was told; no byte code, and one order of sets unless asked otherwise."""
    monkeypatch.setenv(ENVIRONMENT, "/elsewhere")
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    found = kernel_environment(Path("/srv/office"))
    assert (found[ENVIRONMENT], found["PYTHONHASHSEED"], found["PYTHONDONTWRITEBYTECODE"]) == ("/srv/office", "0", "1")
    assert ENVIRONMENT not in kernel_environment(None)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert kernel_environment(None)["PYTHONHASHSEED"] == "7"
