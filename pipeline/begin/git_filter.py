"""Git told how notebooks are stored: without what a run leaves in them (the attributes name the filter)."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

_NAME = "filter.without-outputs.clean"


def tell_git(folder: Path) -> bool:
    """Set the filter in the repository that the folder belongs to, where it lacks one; whether it was set."""
    return not is_told(folder) and _git(folder, "config", "--local", _NAME, _command()) is not None


def is_told(folder: Path) -> bool:
    """Whether git has the filter, or the folder is in no repository and needs none."""
    return _git(folder, "rev-parse", "--git-dir") is None or bool(_git(folder, "config", _NAME))


def settle(notebook: Path) -> None:
    """Have git see that a notebook which was saved is what it has stored; by its size alone it takes it for changed.

    Nothing is added to the index, and what did change stays changed.
    """
    if _git(notebook.parent, "diff", "--quiet", "--", notebook.name) is not None:
        _git(notebook.parent, "update-index", "--", notebook.name)


def written() -> str:
    """What whoever has another clone types once."""
    return f'git config {_NAME} "{_command()}"'


def _command() -> str:
    """This Python, wherever git is called from."""
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m pipeline.notebook_file"


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says; None where there is no git, no repository, or git refuses."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
