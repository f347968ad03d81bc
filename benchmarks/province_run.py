"""A province built by ``halfyear batch``: how long, how much memory, what a second run and one changed county cost."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from .machine import describe
from .measure import environment
from .traced_totals import traced

ROOT = Path(__file__).parents[1]
_DONE = re.compile(r"(\d+)/(\d+)  ")
_EVERY = 0.5  # seconds between two looks at the client's memory


@dataclass
class Run:
    """One call of the command: when each report was done, and what its own process (scheduler included) weighed."""

    seconds: float = 0.0
    processor: float = 0.0
    ended: int = 0
    done: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    said: str = ""

    @property
    def each(self) -> list[float]:
        """Seconds from one report to the next, after the first."""
        return [later - earlier for earlier, later in zip(self.done, self.done[1:], strict=False)]


def run(folder: Path, workers: int) -> Run:
    """``halfyear batch batch.toml`` in a province, each of its lines timed."""
    command = [sys.executable, "-m", "pipeline", "batch", "batch.toml", "--workers", str(workers), "--lang", "en"]
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    found, began = Run(), time.monotonic()
    with subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stderr
        weighing = threading.Thread(target=_weigh, args=(process, found.memory), daemon=True)
        weighing.start()
        for line in process.stderr:
            if _DONE.match(line):
                found.done.append(time.monotonic() - began)
            else:
                print(line, end="", file=sys.stderr)
        found.said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = found.ended = os.waitstatus_to_exitcode(status)
    found.seconds, found.processor = time.monotonic() - began, used.ru_utime + used.ru_stime
    return found


def _weigh(process: subprocess.Popen[str], memory: list[int]) -> None:
    while process.returncode is None:
        # a process that has ended and is not waited for yet has no memory, and no such line
        with suppress(OSError, LookupError):
            lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
            memory.extend(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
        time.sleep(_EVERY)


def measured(folder: Path, period: str, workers: int) -> Iterator[str]:
    """All figures of a province, line by line as they are known: built, built again, and with one county's cell changed."""
    machine = describe()
    yield f"{machine['processor']}, {machine['processors']} processors, load {machine['load']}, halfyear {machine['halfyear']}"
    first = run(folder, workers)
    reports = len(_records(folder, period))
    yield f"first run: {reports} reports, {_told(first)}"
    if first.each:
        yield f"  a report after the first: {mean(first.each):.2f} s on average, {median(first.each):.2f} s median; the first after {first.done[0]:.1f} s"
        yield f"  processor: {first.processor / reports:.2f} s a report, start of workers included"
    if first.memory:
        half = len(first.memory) // 2
        early, late = (median(part) / 1e6 for part in (first.memory[: half + 1], first.memory[half:]))
        yield f"  client: at most {max(first.memory) / 1e6:.0f} MB, median of the first half {early:.0f}, of the second {late:.0f}"
    held = traced(folder / "370000", period)
    yield f"  province: {held.totals} totals, {len(held.wrong)} wrong; {held.cells} county cells, {len(held.unreached)} unreached"
    yield from (f"  {line}" for line in held.wrong[:5])
    yield f"second run, nothing changed: {_told(run(folder, workers))}"
    before = _records(folder, period)
    yield f"one cell changed: {_changed_cell(folder, period)}"
    yield f"third run: {_told(run(folder, workers))}"
    after = _records(folder, period)
    yield f"  facts that moved: {', '.join(code for code in before if before[code] != after[code])}"


def _told(one: Run) -> str:
    return f"{one.seconds:.1f} s, processor {one.processor:.1f} s, exit code {one.ended}: {one.said.strip()}"


def _records(folder: Path, period: str) -> dict[str, bytes]:
    found = {path.parents[2].name: path.read_bytes() for path in folder.glob(f"*/outputs/{period}/facts.csv")}
    return dict(sorted(found.items()))


def _changed_cell(folder: Path, period: str) -> str:
    """Raise the first figure of the first county's indicators by a thousand; says which."""
    county = next(path for path in sorted(folder.glob("37*")) if not path.name.endswith("00"))
    file = county / "data" / period / "tables" / "indicators.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    place = rows[0].index("数值")
    line = next(number for number, row in enumerate(rows) if row[place].isdecimal())
    rows[line][place] = str(int(rows[line][place]) + 1000)
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return f"{county.name} indicators.csv row {line + 1}"
