"""From a generated ledger's cell to the units' own cells, through as many levels as there are.

Beside an upper office's data stands ``rollup/PERIOD/``: ``lineage.csv`` with one line for each figure that went into a
cell, and ``record.json`` with the digests of the generated ledgers, the units, their workspaces and their reports.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..archive.difference import notation_of
from ..document.cell_notation import CellsAsked
from ..document.manifest import MANIFEST
from ..document.source_rows import Rows, rows_of
from ..errors import ReleaseError, UsageError
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

    @property
    def at(self) -> Rows:
        """The generated cell that it leads from."""
        return Rows(f"tables/{self.ledger}.csv", self.column, self.row, self.row)

    @property
    def rows(self) -> tuple[Rows, ...]:
        """The unit's cells that it leads to, as the unit's own report names them."""
        return rows_of(" ".join(one.removeprefix(f"{self.code}:") for one in self.source.split()))


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

    def own_workspace(self, upper: Workspace) -> Workspace:
        """Its workspace, beside that of the office above."""
        return Workspace(Path(os.path.normpath(upper.root / self.workspace)))


def signature(folder: Path) -> str:
    """What a finished report is known by to the office above: SHA-256 of its manifest; "" where there is none."""
    file = folder / MANIFEST
    return digest_of(file) if file.is_file() else ""


@dataclass
class Record:
    """What was rolled up for a period: ``ledgers`` gives the digests that a generated file may have, by its name; ``told``
    is what was to be told of it, and is as long as this stands."""

    folder: Path
    ledgers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    units: tuple[KnownUnit, ...] = ()
    told: tuple[Finding, ...] = ()

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
            units = tuple(KnownUnit(*one) for one in said["units"])
            return cls(empty.folder, dict(said["ledgers"]), units, tuple(map(Finding.of_kept, said.get("told", ()))))
        except (OSError, ValueError, LookupError, TypeError):
            return empty

    @classmethod
    def all(cls, workspace: Workspace) -> Iterator[Record]:
        """Those of all periods."""
        yield from (
            cls.read(workspace, path.parent.name) for path in sorted(workspace.root.glob(f"{_FOLDER}/*/{_RECORD}"))
        )

    def write(
        self, ledgers: Mapping[str, Sequence[str]], units: Sequence[KnownUnit], told: Sequence[Finding] = ()
    ) -> None:
        """Write it down."""
        self.folder.mkdir(parents=True, exist_ok=True)
        said = {
            "format": 1,
            "ledgers": dict(ledgers),
            "units": [list(one) for one in units],
            "told": [one.as_kept() for one in told],
        }
        replace_whole(self.folder / _RECORD, json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def lineage_table(steps: Iterable[Step]) -> str:
    """``lineage.csv``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([one.name for one in fields(Step)])
    writer.writerows(map(astuple, steps))
    return f"\ufeff{text.getvalue()}"


class CellsAbove(NamedTuple):
    """The generated cells that rest on a unit's cell; ``in_row`` that they rest on its row, and not on itself."""

    cells: tuple[CellsAsked, ...]
    in_row: bool = False


def steps_behind(
    workspace: Workspace, period: str, asked: Iterable[CellsAsked], above: str = ""
) -> Iterator[tuple[int, Step]]:
    """The steps behind cells that a report of ``period`` draws on, level by level: how deep, and the step.

    A unit that rolled up its own units leads on to them, a cell of an earlier period to that period's.
    """
    by_period: dict[str, list[CellsAsked]] = {}
    for one in asked:
        of, own = one.in_its_period(period)
        by_period.setdefault(of, []).append(own)
    for of, cells in by_period.items():
        record = Record.read(workspace, of)
        units = {unit.code: unit for unit in record.units}
        for step in _read(record.folder / LINEAGE) if units else ():
            if step.code in units and any(one.touches(step.at) for one in cells):
                yield above.count("/"), step
                behind = [CellsAsked(*rows) for rows in step.rows]
                yield from steps_behind(units[step.code].own_workspace(workspace), of, behind, f"{above}{step.code}/")


def cells_above(workspace: Workspace, period: str, asked: str) -> CellsAbove | None:
    """The cells of a workspace's generated ledgers that rest on a unit's cell (370104:指标!E5) at whatever level; None where
    no unit below has the code before the colon.

    The cell is called as the unit itself may call it, by what its finished report says of its ledgers.

    Raises:
        ReleaseError: the unit's report is not there any more. UsageError: the unit has no such ledger.
    """
    code, *cell = re.split("[:：]", asked.strip(), maxsplit=1)
    return _resting_on(workspace, period, unicodedata.normalize("NFKC", code).strip(), cell[0], asked) if cell else None


def _resting_on(workspace: Workspace, period: str, code: str, cell: str, asked: str) -> CellsAbove | None:
    record = Record.read(workspace, period)
    below: dict[str, CellsAbove] = {}
    for unit in record.units:
        if unit.code == code:
            below[code] = CellsAbove((_read_by(unit, workspace.root / unit.report, cell, asked),))
        elif (deeper := _resting_on(unit.own_workspace(workspace), period, code, cell, asked)) is not None:
            below[unit.code] = deeper
    if not below:
        return None
    steps = [step for step in _read(record.folder / LINEAGE) if step.code in below]
    found = [step for step in steps if _touches(below[step.code].cells, step)]
    in_row = any(one.in_row for one in below.values())
    if not found and code in below:  # a unit, a class, a 口径 is nobody's figure
        found = [step for step in steps if _touches([one.whole_rows for one in below[code].cells], step)]
        in_row = bool(found)
    return CellsAbove(tuple(dict.fromkeys(CellsAsked(*step.at) for step in found)), in_row)


def _touches(cells: Iterable[CellsAsked], step: Step) -> bool:
    return any(one.touches(rows) for one in cells for rows in step.rows)


def _read_by(unit: KnownUnit, finished: Path, cell: str, asked: str) -> CellsAsked:
    """The cells that somebody calls so, by the ledgers that a unit's finished report names."""
    notation = notation_of(finished)
    if not notation.ledgers:
        raise ReleaseError("no-report-to-search", folder=finished, period=finished.name)
    if (found := notation.read(cell)) is None:
        raise UsageError("no-such-cell-or-number", value=asked, nearest=notation.near(cell), allowed=notation.names)
    return found


def verify_below(workspace: Workspace, period: str, office: str = "") -> Iterator[Finding]:
    """What of the units' reports and ledgers is no longer what was rolled up, at every level.

    Args:
        office: the unit whose workspace it is, where that is not the one that was asked about.
    """
    for unit in Record.read(workspace, period).units:
        root, finished = ((workspace.root / path).resolve() for path in (unit.workspace, unit.report))
        now = signature(finished)
        called = f"{unit.code} {unit.name}"
        if now != unit.signature:
            code = "rollup-other-report-below" if office else "rollup-other-report"
            yield Finding(code if now else "rollup-report-gone", Place(called), params={"office": office})
        if not now:
            continue
        below = Workspace.at(root)
        for one in verify(finished, root).findings:
            if one.code != "tool-changed":
                yield Finding(one.code, Place(f"{unit.code}:{one.place.file}"), one.value, one.params, one.severity)
        yield from verify_below(below, period, called)


def _read(file: Path) -> Iterator[Step]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Step(**{**row, "row": int(row["row"])})  # type: ignore[arg-type]  # as lineage_table wrote them
