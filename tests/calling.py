"""The command as a user calls it, and a workspace to call it in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass
class Command:
    """``halfyear`` as a process of its own, in a language that does not depend on the machine."""

    folder: Path

    def __call__(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {key: value for key, value in os.environ.items() if not key.startswith(("HALFYEAR", "LC_", "LANG"))}
        return subprocess.run(
            [sys.executable, "-m", "pipeline", *map(str, arguments)],
            cwd=self.folder,
            env={**known, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **environment},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )


def copied_workspace(target: Path) -> Path:
    """A copy of the project's own workspace: notebooks and data, no outputs."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return target
