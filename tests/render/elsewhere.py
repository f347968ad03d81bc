"""Notebooks that were not made for us: those inside the installed packages, and those of their source archives."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import nbformat

PACKAGES = ("nbconvert", "nbformat", "papermill", "nbclient")
FOLDER = os.environ.get("HALFYEAR_NOTEBOOKS", "")  # unpacked source archives of these packages hold more of them


def found() -> list[Path]:
    """The notebooks inside the installed packages and in HALFYEAR_NOTEBOOKS that nbformat itself holds valid."""
    homes = [spec.origin for name in PACKAGES if (spec := importlib.util.find_spec(name)) and spec.origin]
    folders = [Path(home).parent for home in homes] + ([Path(FOLDER)] if FOLDER else [])
    return sorted(path for folder in folders for path in folder.rglob("*.ipynb") if is_valid(path))


def is_valid(path: Path) -> bool:
    """Whether a notebook is one: some of these exist to be refused."""
    try:
        nbformat.validate(nbformat.read(path, as_version=4))
    except (nbformat.ValidationError, nbformat.validator.NotebookValidationError):
        return False
    return True
