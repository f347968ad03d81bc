"""From a generated ledger's cell to the units' own cells, through as many levels as there are.

Beside an upper office's data stands ``rollup/PERIOD/``: ``lineage.csv`` with one line for each figure that went into a
cell, and ``record.json`` with the digests of the generated ledgers, the units, their workspaces and their reports.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..document.manifest import MANIFEST
from ..document.source_rows import rows_of
from ..findings import Finding, Place
from ..own_files import digest_of
from ..period import Period
from ..swap import replace_whole
from ..vouch import verify
from ..workspace import Workspace
from .units_table import Unit

if TYPE_CHECKING:
    from .stated_figures import StatedFigure

LINEAGE = "lineage.csv"
_RECORD = "record.json"
_FOLDER = "rollup"


@dataclass(frozen=True)
class Step:
    """One figure that went into a cell: the cell by ledger, row and heading; the unit, the figure as it states it, and
    where: ``cell`` for people (``370104:指标!E5``, several joined by 、), ``source`` as documents have it
    (``370104:tables/…``)."""

    ledger: str
    row: int
    column: str
    code: str
    name: str
    stated: str
    cell: str
    source: str

    @classmethod
    def to(cls, ledger: str, row: int, column: str, figure: StatedFigure) -> Step:
        """The step from a generated cell to a unit's figure."""
        code, name = figure.unit.code, figure.unit.name
        source = " ".join(f"{code}:{one}" for one in figure.source.split())
        cells = "、".join(f"{code}:{one}" for one in figure.cells)
        return cls(ledger, row, column, code, name, str(figure.fact), cells, source)


class KnownUnit(NamedTuple):
    """A unit as the record has it: its workspace and finished report as paths from the upper workspace, and what the
    report was known by; "" where none was rolled up."""

    code: str
    name: str
    workspace: str
    report: str
    signature: str

    @classmethod
    def of(cls, unit: Unit, finished: Path, root: Path, *, left_out: bool) -> KnownUnit:
        """The unit as seen from the workspace ``root``."""
        workspace, report = (os.path.relpath(path, root).replace(os.sep, "/") for path in (unit.folder, finished))
        return cls(unit.code, unit.name, workspace, report, "" if left_out else signature(finished))


def signature(folder: Path) -> str:
    """What a finished report is known by to the office above: SHA-256 of its manifest; "" where there is none."""
    file = folder / MANIFEST
    return digest_of(file) if file.is_file() else ""


@dataclass
class Record:
    """What was rolled up for a period: ``ledgers`` gives the digests that a generated file may have, by its name."""

    folder: Path
    ledgers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    units: tuple[KnownUnit, ...] = ()

    @classmethod
    def of(cls, workspace: Workspace, period: Period | str) -> Record:
        """The record of a workspace's period, empty."""
        return cls(workspace.root / _FOLDER / str(period))

    @classmethod
    def read(cls, workspace: Workspace, period: Period | str) -> Record:
        """The record as it stands; empty where nothing was rolled up, or where it cannot be read."""
        empty = cls.of(workspace, period)
        try:
            said = json.loads((empty.folder / _RECORD).read_text(encoding="utf-8"))
            return cls(empty.folder, dict(said["ledgers"]), tuple(KnownUnit(*one) for one in said["units"]))
        except (OSError, ValueError, LookupError, TypeError):
            return empty

    def write(self, ledgers: Mapping[str, Sequence[str]], units: Sequence[KnownUnit]) -> None:
        """Write it down."""
        self.folder.mkdir(parents=True, exist_ok=True)
        said = {"format": 1, "ledgers": dict(ledgers), "units": [list(one) for one in units]}
        replace_whole(self.folder / _RECORD, json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def lineage_table(steps: Iterable[Step]) -> str:
    """``lineage.csv``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([one.name for one in fields(Step)])
    writer.writerows(map(astuple, steps))
    return f"\ufeff{text.getvalue()}"


def steps_behind(workspace: Workspace, period: str, sources: str, above: str = "") -> Iterator[tuple[int, Step]]:
    """The steps behind the cells of a ``data-source``, level by level: how deep, and the step.

    A unit that rolled up its own units leads on to them.
    """
    record = Record.read(workspace, period)
    if not record.units:
        return
    units = {unit.code: unit for unit in record.units}
    asked = rows_of(sources)
    depth = above.count("/")
    for step in _read(record.folder / LINEAGE):
        at = [one for one in asked if one.table.endswith(f"/{step.ledger}.csv") and one.first <= step.row <= one.last]
        if any(one.column in ("", step.column) for one in at):
            yield depth, step
            below = Path(os.path.normpath(workspace.root / units[step.code].workspace))
            own = step.source.replace(f"{step.code}:", "")
            if (below / _FOLDER / period / LINEAGE).is_file():
                yield from steps_behind(Workspace.at(below), period, own, f"{above}{step.code}/")


def cells_above(workspace: Workspace, period: str, asked: str) -> list[str] | None:
    """The cells of a workspace's generated ledgers, as documents have them, that rest on a unit's cell (370104:指标!E5) at
    whatever level; None where no unit below has the code before the colon."""
    record = Record.read(workspace, period)
    code, _, cell = asked.strip().replace("：", ":").partition(":")
    below: dict[str, list[str]] = {}
    for unit in record.units:
        deeper = cells_above(Workspace(Path(os.path.normpath(workspace.root / unit.workspace))), period, asked)
        if deeper is not None:
            below[unit.code] = deeper
    if not below and code not in {unit.code for unit in record.units}:
        return None
    found = [
        f"tables/{step.ledger}.csv#row={step.row};col={step.column}"
        for step in _read(record.folder / LINEAGE)
        if f"{code}:{cell}" in step.cell.split("、")
        or not {one.removeprefix(f"{step.code}:") for one in step.source.split()}.isdisjoint(below.get(step.code, ()))
    ]
    return list(dict.fromkeys(found))


def verify_below(workspace: Workspace, period: str) -> Iterator[Finding]:
    """What of the units' reports and ledgers is no longer what was rolled up, at every level."""
    for unit in Record.read(workspace, period).units:
        root, finished = ((workspace.root / path).resolve() for path in (unit.workspace, unit.report))
        now = signature(finished)
        if now != unit.signature:
            yield Finding("rollup-other-report" if now else "rollup-report-gone", Place(f"{unit.code} {unit.name}"))
        if not now:
            continue
        below = Workspace.at(root)
        for one in verify(finished, root).findings:
            if one.code != "tool-changed":
                yield Finding(one.code, Place(f"{unit.code}:{one.place.file}"), one.value, one.params, one.severity)
        yield from verify_below(below, period)


def _read(file: Path) -> Iterator[Step]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Step(**{**row, "row": int(row["row"])})  # type: ignore[arg-type]  # as lineage_table wrote them
