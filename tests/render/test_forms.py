"""A report is rendered in one way, whoever asks for it."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_nbconvert_gives_the_same_bytes_as_the_build(report, tmp_path, form):
    """Exporting the stitched notebook with jupyter nbconvert gives the bytes that the build wrote."""
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", f"halfyear-{form}", str(report / "report.ipynb")]
    done = subprocess.run([*command, "--output-dir", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"report.{form}").read_bytes() == (report / f"report.{form}").read_bytes()
