"""Time, processor time and memory of a command with every process it starts."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_EVERY = 0.05  # seconds between two looks at memory


@dataclass(frozen=True)
class Measured:
    """``seconds`` by the clock, ``processor`` seconds of all processes, ``memory`` in bytes (0 where not looked at).

    ``said`` is what it wrote to standard output; ``failed`` why it failed, or "".
    """

    seconds: float
    processor: float
    memory: int = 0
    said: str = ""
    failed: str = ""


def measure(
    command: Sequence[str | Path], *, folder: Path, env: Mapping[str, str] | None = None, memory: bool = False
) -> Measured:
    """Run a command to its end.

    ``memory`` is the greatest sum, over the command and all its descendants, of proportional set sizes: pages shared by
    several processes count once. To look costs time, so that a run is either timed or weighed.
    """
    # into files: a pipe that a left-over process holds open would have to be waited for
    output, errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
    began = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**environment(), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
    )
    scale = Scale(process.pid) if memory else None
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if scale is not None:
        scale.stop()
    said, complaint = (_read(stream) for stream in (output, errors))
    failed = f"ended with {process.returncode}: {complaint[-300:].strip()}" if process.returncode else ""
    return Measured(seconds, used.ru_utime + used.ru_stime, scale.most if scale else 0, said, failed)


def environment() -> dict[str, str]:
    """As it is, but Python may keep the byte code of what it imports, as it does for users."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _read(stream: IO[bytes]) -> str:
    with stream:
        stream.seek(0)
        return stream.read().decode(errors="replace")


class Scale:
    """Weighs a process and its descendants every now and then until stopped; ``most`` is the heaviest."""

    def __init__(self, root: int) -> None:
        self.most, self._root, self._known = 0, root, {root}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._weigh, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Weigh no more."""
        self._stopped.set()
        self._thread.join()

    def _weigh(self) -> None:
        while not self._stopped.wait(_EVERY):
            self.most = max(self.most, weight(self._root, self._known))


def weight(root: int, known: set[int] | None = None) -> int:
    """Bytes held by ``root`` and its descendants now; ``known`` remembers those whose parents have gone."""
    family = {root} | (known or set())
    parents = dict(_parents())
    while added := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= added
    if known is not None:
        known |= family
    return sum(_size(pid) for pid in family)


def _parents() -> list[tuple[int, int]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            found.append((int(folder.name), int((folder / "stat").read_text().rpartition(")")[2].split()[1])))
    return found


def _size(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
