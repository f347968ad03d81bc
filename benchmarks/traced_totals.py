"""Are an upper office's totals the sums of the units' own cells? Looked up by this alone: no code of the package is used."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(万|亿)?\D*")
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
_SOURCE = re.compile(r"(\w+):(tables/\w+\.csv)#row=(\d+);col=(\S+)")


class Cell(NamedTuple):
    """A cell of a unit's own ledgers, and its number."""

    code: str
    file: str
    row: int
    column: str
    number: Decimal


class Traced(NamedTuple):
    """``totals`` there are, ``wrong`` those that are not the sum of their cells; ``cells`` that units below state and that
    are summed, ``unreached`` those that no total leads to."""

    totals: int
    wrong: tuple[str, ...]
    cells: int
    unreached: tuple[Cell, ...]


def traced(workspace: Path, period: str) -> Traced:
    """Hold each total of an upper office against the cells it leads to, and each cell below against the totals."""
    reached: set[Cell] = set()
    wrong: list[str] = []
    rows = _rows(workspace, period, "unit_totals")
    summed = {number: total for number, row in rows.items() if (total := _number(row["合计"])) is not None}
    for number, total in summed.items():
        cells = list(_cells(workspace, period, "unit_totals", number))
        reached.update(cells)
        if sum(cell.number for cell in cells) != total:
            wrong.append(f"下级合计!F{number}: {total} is not {' + '.join(str(cell.number) for cell in cells)}")
    below = set(_summed_below(workspace, period))
    return Traced(len(summed), tuple(wrong), len(below), tuple(below - reached))


def _summed_below(workspace: Path, period: str) -> Iterator[Cell]:
    """The cells of the lowest units whose figures are summed, by the lists of figures of the offices above them."""
    for unit in _units(workspace, period).values():
        if (unit / "rollup" / period).is_dir():
            yield from _summed_below(unit, period)
    summed = {_key(row) for row in _rows(workspace, period, "unit_totals").values() if _number(row["合计"]) is not None}
    for number, row in _rows(workspace, period, "unit_figures").items():
        if _key(row) in summed:
            yield from _cells(workspace, period, "unit_figures", number)


def _key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("台账", "板块", "改革事项", "对象", "指标"))


def _cells(workspace: Path, period: str, ledger: str, row: int) -> Iterator[Cell]:
    units = _units(workspace, period)
    for source in _sources(workspace, period)[ledger, row]:
        for code, file, line, column in _SOURCE.findall(source):
            name = Path(file).stem
            if name.startswith("unit_"):
                yield from _cells(units[code], period, name, int(line))
            else:
                heading = unquote(column)
                number = _number(_rows(units[code], period, name)[int(line)][heading])
                yield Cell(code, file, int(line), heading, number if number is not None else Decimal("NaN"))


@cache
def _sources(workspace: Path, period: str) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    with (workspace / "rollup" / period / "lineage.csv").open(encoding="utf-8-sig", newline="") as stream:
        for step in csv.DictReader(stream):
            found[step["ledger"], int(step["row"])].append(step["source"])
    return found


@cache
def _units(workspace: Path, period: str) -> dict[str, Path]:
    record = json.loads((workspace / "rollup" / period / "record.json").read_text(encoding="utf-8"))
    return {code: (workspace / place).resolve() for code, _, place, *_ in record["units"]}


@cache
def _rows(workspace: Path, period: str, ledger: str) -> dict[int, dict[str, str]]:
    file = workspace / "data" / period / "tables" / f"{ledger}.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return dict(enumerate(csv.DictReader(stream), 2))


def _number(text: str) -> Decimal | None:
    match = _NUMBER.fullmatch(text.strip())
    return Decimal(match[1]) * _TIMES[match[2] or ""] if match else None
