"""``halfyear doctor``: what this machine has of what reports need."""

import importlib.metadata
import json

import pytest
from installed import clean_environment, run

from pipeline.begin.machine import machine


def test_what_is_there_is_said_and_what_to_do_about_the_rest(halfyear):
    """Where reports can be made nothing is an error; each thing is told once, in the language asked for."""
    done = halfyear("doctor", "--lang", "zh")
    assert done.returncode == 0, done.stdout
    for word in ("用的是 Python 3.", "包", "字体", "内核", "JupyterLab", "终端", "临时文件夹", "2021H1"):
        assert word in done.stdout
    assert all(line.startswith(("正常：", "警告：")) for line in done.stdout.splitlines())
    told = json.loads(halfyear("doctor", "--json").stdout)
    assert {one["severity"] for one in told} <= {"", "warning"}


def test_a_package_that_is_missing_is_an_error(monkeypatch):
    """A wheel that was installed by itself lacks what it needs, and the command says so before anything runs."""
    real = importlib.metadata.version

    def version(name):
        if name in ("papermill", "typst"):
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    [missing] = [one for one in machine() if one.severity == "error"]
    assert "papermill, typst" in missing.text("en")
    assert "requirements.lock" in missing.text("zh")


@pytest.mark.soak
def test_an_environment_without_a_workspace_is_told_how_to_begin(tmp_path):
    """In an empty folder and a new environment the command works, and names init."""
    programs = clean_environment(tmp_path)
    assert "halfyear init DIR" in run(programs / "halfyear", "doctor", cwd=tmp_path).stdout
