"""The command as a process among others: what it started, what it left, and a workspace whose section waits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from calling import ROOT, copied_workspace

_MARK = "FAULTS_TEST"


class Scene:
    """A workspace, a temporary folder of its own, and the processes that were started in them."""

    def __init__(self, home: Path) -> None:
        self.root, self.temp = copied_workspace(home / "workspace"), home / "temp"
        self.temp.mkdir()
        self.mark = f"{_MARK}={uuid.uuid4().hex}"

    def start(self, *arguments: object, **options: Any) -> subprocess.Popen[str]:
        """Start the command; it and all that it starts bear this scene's mark."""
        known = {key: value for key, value in os.environ.items() if not key.startswith(("HALFYEAR", "LC_", "LANG"))}
        name, _, value = self.mark.partition("=")
        ours = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TMPDIR": str(self.temp), name: value}
        return subprocess.Popen(
            [sys.executable, "-m", "pipeline", *map(str, arguments)],
            cwd=self.root,
            env={**known, **ours},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **{"preexec_fn": _hear_all_signals, **options},
        )

    def ask(self, *arguments: object) -> str:
        """Run the command to its end; it must succeed."""
        with self.start(*arguments) as process:
            said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said
        return said

    def processes(self) -> list[int]:
        """The processes of this scene that run; on Linux, where the system tells."""
        return [pid for pid in _running() if self.mark in _environment(pid)]

    def leftovers(self) -> list[str]:
        """What lies about that belongs to nobody any more."""
        folders = (self.temp, self.root / "outputs", self.root / "data", self.root / ".halfyear-cache")
        return [path.name for folder in folders if folder.is_dir() for path in folder.iterdir() if ".hy-" in path.name]

    def add_cell(self, section: str, source: str, *tags: str) -> None:
        """Put one more code cell at the end of a section's notebook."""
        (path,) = (self.root / "notebooks").glob(f"*-{section}.ipynb")
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cell = {
            "cell_type": "code",
            "id": uuid.uuid4().hex[:8],
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        notebook["cells"].append({**cell, "metadata": {"tags": list(tags)}})
        path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def _hear_all_signals() -> None:
    """A shell's background job ignores some, and so would what a test starts and means to end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


def until(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until something is true, and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it never came true")


def _running() -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if state not in "ZX":
                yield int(entry.name)


def _environment(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []
