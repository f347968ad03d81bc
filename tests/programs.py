"""Programs of the system that some tests look through; the report itself needs none of them."""

import shutil

import pytest


def needs(program: str) -> str:
    """The path of a program; where it is not installed, the test is left out, saying what installs it."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"needs {program}, which tests/system-packages installs")
    return path
