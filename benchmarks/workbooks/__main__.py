"""``python -m benchmarks.workbooks``: every sheet of every workbook found, read by ours and compared with openpyxl."""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .archives import fetch, workbooks

_MEMORY, _SECONDS = 2_000_000_000, 120
ROOT = Path(__file__).parents[2]


def read(file: Path) -> dict[str, object]:
    """What came of one workbook, in a process of its own."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))

    command = [sys.executable, "-m", "benchmarks.workbooks.comparing", str(file)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=_SECONDS, preexec_fn=bounded, check=False
        )
    except subprocess.TimeoutExpired:
        return {"crash": f"took longer than {_SECONDS} s"}
    if done.returncode:
        return {"crash": (done.stderr.strip().splitlines() or ["no word"])[-1][:200]}
    return json.loads(done.stdout)


def told(found: list[tuple[str, dict]]) -> str:
    """The whole result in lines."""
    results = [result for _, result in found]
    crashes = [f"  {name}: {result['crash']}" for name, result in found if "crash" in result]
    good = [result for result in results if "crash" not in result]
    seconds, peaks = [each["seconds"] for each in good], [each["peak"] for each in good]
    kinds: Counter[str] = sum((Counter(each.get("kinds", {})) for each in good), Counter())
    lines = [
        f"workbooks: {len(found)}; sheets: {sum(each['sheets'] for each in good)}; "
        f"cells: {sum(each['cells'] for each in good)}",
        f"crashes: {len(crashes)}",
        *crashes,
        _list("refused, by reason", Counter(code for each in good for code in each["refused"])),
        _list("cells told, by reason", sum((Counter(each["faults"]) for each in good), Counter())),
        _list("openpyxl refused", Counter(each["openpyxl"].partition(":")[0] for each in good if "openpyxl" in each)),
        f"cells compared with openpyxl: {sum(each.get('compared', 0) for each in good)}",
        _list("differences, by what explains them", kinds),
        *_examples(found),
        f"time: {sum(seconds):.1f} s, median {statistics.median(seconds):.3f} s, longest {max(seconds):.2f} s; openpyxl "
        f"{sum(each.get('openpyxl_seconds', 0) for each in good):.1f} s",
        f"memory: median {statistics.median(peaks):.0f} MB, most {max(peaks):.0f} MB (a process with the reader)",
    ]
    return "\n".join(lines)


def _list(title: str, counts: Counter[str]) -> str:
    return "\n".join(
        [f"{title}: {sum(counts.values())}", *(f"  {count:>8}  {name}" for name, count in counts.most_common())]
    )


def _examples(found: list[tuple[str, dict]]) -> list[str]:
    """Some of the differences that nothing explains."""
    kinds = ("unexplained", "only ours has it")
    some = [
        f"  {kind}: {name}: {example}"
        for kind in kinds
        for name, result in found
        for example in result.get("examples", {}).get(kind, [])
    ]
    return some[:60]


def main() -> None:
    """Fetch, read, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workbooks", description=__doc__)
    cache = Path.home() / ".cache" / "halfyear-benchmarks" / "workbooks"
    parser.add_argument("--cache", type=Path, default=cache, help="where archives are kept [default: %(default)s]")
    parser.add_argument("--large", action="store_true", help="fetch LibreOffice's source too (580 MB)")
    parser.add_argument("--jobs", type=int, default=2, help="workbooks at a time [default: %(default)s]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what came of each workbook")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth workbook [default: all]")
    options = parser.parse_args()
    for name, why in fetch(options.cache, large=options.large).items():
        print(f"not to be had: {name}: {why}")
    files = workbooks(options.cache)[:: options.every]
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(read, [file for _, file in files]))
    found = [(name, result) for (name, _), result in zip(files, results, strict=True)]
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    print(told(found))


if __name__ == "__main__":
    main()
