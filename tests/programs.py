"""Programs of the system that some tests look through; the report itself needs none of them."""

import shutil
import subprocess
from pathlib import Path

import pytest


def needs(program: str) -> str:
    """The path of a program; where it is not installed, the test is left out, saying what installs it."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"needs {program}, which tests/system-packages installs")
    return path


def needs_calc() -> None:
    """Leave the test out where the office suite has no spreadsheets."""
    if not Path(needs("soffice")).resolve().with_name("libsclo.so").exists():
        pytest.skip("needs LibreOffice Calc, which tests/system-packages installs")


def asked(program: str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """What a program answers; it must succeed."""
    done = subprocess.run(
        [needs(program), *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False, **options
    )
    assert done.returncode == 0, done.stderr
    return done
