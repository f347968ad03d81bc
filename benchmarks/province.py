"""``python -m benchmarks.province DIR``: a province of synthetic offices, every figure 示例, drawn by a seed.

16 cities and 136 counties by default, three levels: a workspace each (the notebooks are this repository's, shared), the
table of units and a batch file. Nothing here describes a real office. With ``--run`` it is built by ``halfyear batch``, again
with nothing changed and once more with one county's cell changed, and all figures are printed.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
from pathlib import Path

from pipeline.begin.shipped import UPPER

ROOT = Path(__file__).parents[1]
_SETTINGS = """\
title = "{title}"
office = "政策法规科"
bureau = "{name}行政审批服务局"
district = "{name}"
city = "示例省"
opening = ""
signed = 2021-06-30
"""
_BATCH = """\
periods = ["{period}"]
units = "units.csv"
formats = ["html", "pdf", "docx"]
"""


def make(folder: Path, *, cities: int = 16, counties: int = 136, seed: int = 1, period: str = "2021H1") -> None:
    """Write the province into ``folder``, which is not there yet."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (folder / "upper" / "notebooks").mkdir(parents=True)
    shutil.copy(UPPER / "06-units.ipynb", folder / "upper" / "notebooks")
    units = [("370000", "示例省", "", "370000")]
    units += [(f"37{city:02}00", f"示例{city}市", "370000", f"37{city:02}00") for city in range(1, cities + 1)]
    for county in range(counties):
        city, number = county % cities + 1, county // cities + 1
        units.append(
            (f"37{city:02}{number:02}", f"示例{city}市第{number}县", f"37{city:02}00", f"37{city:02}{number:02}")
        )
    for code, name, _, place in units:
        _workspace(folder / place, name, period, chance, upper=code.endswith("00"))
    _write(folder / "units.csv", [("行政区划代码", "名称", "上级", "文件夹"), *units])
    (folder / "batch.toml").write_text(_BATCH.format(period=period), encoding="utf-8")


def _workspace(folder: Path, name: str, period: str, chance: random.Random, *, upper: bool) -> None:
    data = folder / "data" / period
    (data / "tables").mkdir(parents=True)
    (data / "prose").mkdir()
    shared = "../upper/notebooks" if upper else "../notebooks"
    (folder / "workspace.toml").write_text(f'notebooks = "{shared}"\n', encoding="utf-8")
    (data / "report.toml").write_text(_SETTINGS.format(title=f"{name}半年工作总结", name=name), encoding="utf-8")
    numbered = f'[names]\n"单位名称" = ["{name}"]\n'  # the digit of a made-up name is no figure
    (data / "literals.toml").write_text(numbered, encoding="utf-8")
    if not upper:
        _county(ROOT / "data" / "2021H1", data, chance)


def _county(example: Path, data: Path, chance: random.Random) -> None:
    """The example's ledgers with other figures: every whole number of a count is drawn anew."""
    shutil.copytree(example / "prose", data / "prose", dirs_exist_ok=True)
    for path in sorted((example / "tables").glob("*.csv")):
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        _write(data / "tables" / path.name, [rows[0], *([_drawn(cell, chance) for cell in row] for row in rows[1:])])


def _drawn(cell: str, chance: random.Random) -> str:
    return str(chance.randint(3, 900)) if cell.isdecimal() and len(cell) < 4 else cell


def _write(file: Path, rows: list[tuple[str, ...]] | list[list[str]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def main() -> None:
    """Parse and make."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.province", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--cities", type=int, default=16)
    parser.add_argument("--counties", type=int, default=136)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--run", action="store_true", help="build it and print what that took")
    parser.add_argument("--workers", type=int, default=2, help="of the batch [default: %(default)s]")
    options = parser.parse_args()
    make(options.folder, cities=options.cities, counties=options.counties, seed=options.seed)
    if options.run:
        from .province_run import measured

        for line in measured(options.folder, "2021H1", options.workers):
            print(line, flush=True)


if __name__ == "__main__":
    main()
