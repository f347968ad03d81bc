"""``python -m benchmarks.ledger``: a case-level ledger of a million rows, checked and added up, beside pandas reading the same file.

All read such a file, turn about, each round in a process of its own; pandas has no pyarrow. The file that is checked holds faults
whose number is known, and a round counts only if the check finds every one; the one that is added up as facts, in a notebook's words,
holds none, and a round counts only if the element names every row.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROWS = 1_000_000
FAULTS = {
    "choice": ("行政诉诉", 0, 300),
    "arabic-with-thousand": ("3千余", 5, 200),
    "no-such-day": ("2021-02-30", 6, 250),
    "negative": ("-1", 5, 150),
    "required": ("", 0, 100),
}
HEADINGS = "类型,角色,阶段,案由,结果,件数,收案日期,口径,公开属性,备注"
# the kernel's own record of the process: getrusage would give the peak of the process that started this one
_PEAK = """
import json, re, sys, time
def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) / 1024
"""
_PANDAS = """
sys.modules["pyarrow"] = None
import pandas
begin = time.perf_counter()
rows = len(pandas.read_csv(sys.argv[1]))
seconds = time.perf_counter() - begin
print(json.dumps([seconds, peak(), rows]))
"""
_CHECK = """
sys.modules["pyarrow"] = None
import pandas
from pipeline.ledger import check
from pipeline.workspace import Workspace
begin = time.perf_counter()
problems = check(Workspace.at(sys.argv[1]), "2021H1")
seconds = time.perf_counter() - begin
found = {}
for problem in problems:
    found[problem.code] = found.get(problem.code, 0) + len(problem.place.rows)
print(json.dumps([seconds, peak(), found]))
"""
_SUM = """
sys.modules["pyarrow"] = None
from pipeline.notebook import Section
from pipeline.workspace import Workspace
begin = time.perf_counter()
total = f"{Section('law', '2021H1', workspace=Workspace.at(sys.argv[1])).table('cases')['件数'].sum()}"
seconds = time.perf_counter() - begin
print(json.dumps([seconds, peak(), total]))
"""


def write(file: Path, rows: int, faults: Mapping[str, tuple[str, int, int]] = FAULTS) -> dict[str, int]:
    """Write a ledger of made-up cases (示例) with its faults; the number of each."""
    drawn = random.Random(0)
    lines = [
        [
            drawn.choice(("行政诉讼", "行政复议")),
            drawn.choice(("被告", "被申请人", "第三人")),
            drawn.choice(("在办", "已结", "")),
            drawn.choice(("行政许可", "行政处罚", "信息公开", "不履行法定职责", "行政确认")),
            drawn.choice(("维持", "驳回", "撤销", "")),
            "1",
            f"2021-{drawn.randint(1, 6):02d}-{drawn.randint(1, 28):02d}",
            "当期",
            "不予公开",
            f"示例{number}",
        ]
        for number in range(rows)
    ]
    places = iter(drawn.sample(range(rows), sum(number for _, _, number in faults.values())))
    for text, column, number in faults.values():
        for _ in range(number):
            lines[next(places)][column] = text
    file.write_text("\n".join([HEADINGS, *map(",".join, lines), ""]), encoding="utf-8-sig")
    return {code: number for code, (_, _, number) in faults.items()}


def workspace(folder: Path) -> Path:
    """The smallest workspace: one section, one half-year with its ledger of cases."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# 法治建设"]}
    (folder / "notebooks").mkdir(parents=True)
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "notebooks" / "01-law.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "data" / "2021H1" / "tables").mkdir(parents=True)
    return folder / "data" / "2021H1" / "tables" / "cases.csv"


def timed(script: str, argument: Path) -> tuple[float, float, object]:
    """(seconds of the work, peak MB of the process, what it found)."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK + script, str(argument)], capture_output=True, text=True, check=True
    )
    return tuple(json.loads(done.stdout))


def run(work: Path, rounds: int = 5, rows: int = ROWS) -> dict[str, object]:
    """Medians of interleaved rounds: seconds and peak memory of each, and how many times the check takes longer."""
    file, faultless = workspace(work / "checked"), workspace(work / "added-up")
    planted = write(file, rows)
    write(faultless, rows, {})
    reads, checks, sums = [], [], []
    for _ in range(rounds):
        reads.append(timed(_PANDAS, file))
        checks.append(timed(_CHECK, work / "checked"))
        if checks[-1][2] != planted:
            msg = f"planted {planted}, found {checks[-1][2]}"
            raise AssertionError(msg)
        sums.append(timed(_SUM, work / "added-up"))
        if f'value="{rows}" data-source="tables/cases.csv#row=2-{rows + 1};' not in str(sums[-1][2]):
            msg = f"added up {rows} rows to {sums[-1][2]}"
            raise AssertionError(msg)
    read_seconds, check_seconds, sum_seconds = ([seconds for seconds, _, _ in each] for each in (reads, checks, sums))
    return {
        "rows": rows,
        "megabytes": file.stat().st_size / 1e6,
        "read_seconds": statistics.median(read_seconds),
        "check_seconds": statistics.median(check_seconds),
        "sum_seconds": statistics.median(sum_seconds),
        "ratio": statistics.median(c / r for r, c in zip(read_seconds, check_seconds, strict=True)),
        "worst_ratio": max(c / r for r, c in zip(read_seconds, check_seconds, strict=True)),
        "read_peak_megabytes": max(peak for _, peak, _ in reads),
        "check_peak_megabytes": max(peak for _, peak, _ in checks),
        "sum_peak_megabytes": max(peak for _, peak, _ in sums),
        "faults_found": sum(planted.values()),
    }


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=ROWS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="halfyear-benchmark-ledger-") as work:
        found = run(Path(work) / "workspace", options.rounds, options.rows)
    print("\n".join(f"{name:>22}  {value:,.2f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
