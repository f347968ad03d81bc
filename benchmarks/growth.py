"""More sections, more periods."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from pathlib import Path

from .measure import measure
from .routes import PERIOD, ROOT, notebooks, workspace

_SIZES = (1, 5, 10, 20, 40)


def sections(work: Path, options: argparse.Namespace) -> dict[str, object]:
    """Reports of 5, 10, 20, 40 sections, the notebooks copied: nothing cached, then nothing changed."""
    found = {size: {"nothing cached": [], "nothing changed": []} for size in _SIZES if 5 <= size <= options.largest}
    for size in found:
        _copied_sections(work / str(size), size)
    for number in range(options.rounds):
        for size, kept in found.items():
            folder = work / str(size)
            shutil.rmtree(folder / ".halfyear-cache", ignore_errors=True)
            shutil.rmtree(folder / "outputs", ignore_errors=True)
            for state in kept:
                kept[state].append(_run(folder))
            print(f"round {number + 1} {size} sections: {kept['nothing cached'][-1]['seconds']:.2f} s", file=sys.stderr)
    memory = {size: _run(work / str(size), "--fresh", memory=True)["memory"] for size in found}
    return {"sizes": {str(size): {**kept, "memory": memory[size]} for size, kept in found.items()}}


def _run(folder: Path, *options: str, memory: bool = False) -> dict[str, object]:
    command = (sys.executable, "-m", "pipeline", "run", PERIOD, "--json", *options)
    measured = measure(command, folder=folder, env={"PYTHONPATH": str(ROOT)}, memory=memory)
    if measured.failed:
        raise RuntimeError(measured.failed)
    return {"seconds": measured.seconds, "processor": measured.processor, "memory": measured.memory}


def _copied_sections(folder: Path, size: int) -> None:
    """A workspace with ``size`` sections: each copy is a notebook of its own name, its figures and tables of their own."""
    originals = notebooks(workspace(folder))
    for number in range(len(originals) + 1, size + 1):
        source = folder / originals[(number - 1) % len(originals)]
        name = source.stem.partition("-")[2]
        text = re.sub(r"""(\bname=f?\\"|\breference\(')""", rf"\g<1>copy{number}-", source.read_text(encoding="utf-8"))
        (source.parent / f"{number:02d}-{name}-{number}.ipynb").write_text(text, encoding="utf-8")


def periods(work: Path, options: argparse.Namespace) -> dict[str, object]:
    """Reports of 1, 10, 40 half-years, one after another in one process: seconds and memory after each."""
    found = {}
    for size in (size for size in (1, 10, 40) if size <= options.largest):
        folder = workspace(work / str(size))
        names = [_copied_period(folder, year) for year in range(2021, 2021 - size, -1)]
        command = (sys.executable, str(Path(__file__).with_name("contestants") / "many.py"), str(folder), *names)
        measured = measure(command, folder=folder, env={"PYTHONPATH": str(ROOT)})
        if measured.failed:
            raise RuntimeError(measured.failed)
        found[str(size)] = {"seconds": measured.seconds, "each": json.loads(measured.said)}
        print(f"{size} periods: {measured.seconds:.1f} s", file=sys.stderr)
    return {"sizes": found}


def _copied_period(folder: Path, year: int) -> str:
    """The first half of ``year``: the data of the real period with every year moved by as many."""
    name = f"{year}{PERIOD[4:]}"
    if name != PERIOD:
        by = int(PERIOD[:4]) - year
        shutil.copytree(folder / "data" / PERIOD, folder / "data" / name)
        for path in (folder / "data" / name).rglob("*.*"):
            text = path.read_text(encoding="utf-8")
            moved = re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", lambda match: str(int(match[0]) - by), text)
            path.write_text(moved, encoding="utf-8")
    return name
