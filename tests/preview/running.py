"""A preview that runs: started, asked, ended, and its processes counted."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SERVE = """
import sys
from pipeline.period import Period
from pipeline.preview import serve
from pipeline.workspace import Workspace
serve(Workspace.at(sys.argv[1]), Period.parse("2021H1"), open_browser=False, tell=lambda line: print(line, flush=True))
"""


def until(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until something is true and return it; whether it comes true is the question, not how soon."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came true")


def processes(mark: str) -> list[int]:
    """The processes whose command line or environment has ``mark`` in it."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return [pid for pid in found if pid != os.getpid()]


class Preview:
    """A preview in a process of its own, of a copy of the workspace, by a copy of the package."""

    def __init__(self, home: Path) -> None:
        self.home, self.workspace, self.package = home, home / "workspace", home / "code" / "pipeline"
        ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / "pipeline", self.package, ignore=ignore)
        for name in ("data", "notebooks"):
            shutil.copytree(ROOT / name, self.workspace / name, ignore=ignore)
        self.log = home / "log"

    def start(self) -> Preview:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVE, self.workspace],
                env=self.environment(),
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.address = until(lambda: re.search(r"http://\S+/", self.said()))[0]
        return self

    def environment(self) -> dict[str, str]:
        known = {key: value for key, value in os.environ.items() if not key.startswith("HALFYEAR")}
        return {**known, "PYTHONPATH": str(self.package.parent), "TMPDIR": str(self.home)}

    def command(self, *arguments: object) -> None:
        """Call ``halfyear`` on the same workspace, by the same copy of the package."""
        call = [sys.executable, "-m", "pipeline", *map(str, arguments)]
        subprocess.run(call, cwd=self.workspace, env=self.environment(), check=True, timeout=300)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def builds(self) -> int:
        """How many builds have come to an end, well or not, or were given up."""
        return len(re.findall(r"^(?:built|not built|given up)", self.said(), re.MULTILINE))

    def data(self, name: str) -> Path:
        return self.workspace / "data" / "2021H1" / name

    def get(self, path: str = "report.html", **headers: str) -> bytes:
        with urllib.request.urlopen(urllib.request.Request(self.address + path, headers=headers), timeout=30) as answer:
            return answer.read()

    def news(self) -> bytes:
        """The present state, as the page is told it."""
        with urllib.request.urlopen(self.address + "news", timeout=60) as news:
            return news.readline()

    def stop(self, how: int = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(30)
