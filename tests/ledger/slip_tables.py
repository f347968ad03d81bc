"""Tables as offices write them, each right and with one slip: read from ``slips/``, written as a half-year's ledgers.

Every figure in them is made up (示例); what is taken from real ledgers and public reports is how they are laid out.
A file has one ``[[table]]`` after another. The ledgers of a table are lines of cells between bars, the first the
headings; columns that are left out are blank, but for ``USUAL``. Cells are named as Excel names them. ``holds`` says
in formulas what is true of the right table and not of the slipped one; it is there to hold the corpus to itself.
The tables in ``kept/`` are there for judging what was built by looking at those in ``seen/``; those in ``mended/`` were written
beside the detector, and say only that what was mended stays so. Those in ``fresh/`` were written later by someone who had not
seen the detector; its first score stands at their head. Those in ``blind/`` too, in seven lots: each was judged before it was
looked at, and the next only after what the one before had shown was mended.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import column_index_from_string
from samples import REPORT

from pipeline.findings import Finding
from pipeline.ledger import TABLES, check
from pipeline.workspace import Workspace

HERE = Path(__file__).parent / "slips"
GROUPS = ("seen", "kept", "mended", "fresh", "blind")
USUAL = {"indicators": {"口径": "当期", "截至": "2021-06"}}  # of rows that state a figure
Rows = list[dict[str, str]]


@dataclass(frozen=True, order=True)
class Cell:
    """One cell of a ledger's file, its row and column as Excel shows them."""

    ledger: str
    column: str
    row: int

    @classmethod
    def at(cls, written: str) -> Cell:
        """``indicators!E7``."""
        ledger, column, row = re.fullmatch(r"(\w+)!([A-Z]+)(\d+)", written).groups()
        return cls(ledger, column, int(row))

    @property
    def heading(self) -> str:
        """The heading of its column."""
        return TABLES[self.ledger].headings()[column_index_from_string(self.column) - 1]

    def of(self, ledgers: dict[str, Rows]) -> str:
        """What stands in it."""
        return ledgers[self.ledger][self.row - 2][self.heading]

    def is_named_by(self, finding: Finding) -> bool:
        """Whether a finding names it, or its row as a whole."""
        place = finding.place
        same_file = place.file == f"tables/{self.ledger}.csv"
        return same_file and self.row in place.rows and place.column in ("", self.column)


@dataclass(frozen=True)
class SlipTable:
    """One table: what it is, its ledgers where they are right, and the one cell that slips, if any may.

    ``kind`` says what goes wrong (``""`` where nothing does and nothing may be called wrong), ``shape`` how the table is
    laid out. A message tells the slip if it names one of the cells in ``named``.
    """

    id: str
    what: str
    origin: str
    group: str
    shape: str
    kind: str
    right: dict[str, Rows]
    holds: tuple[str, ...]
    named: tuple[Cell, ...]
    slip: Cell | None
    value: str

    @property
    def slipped(self) -> dict[str, Rows]:
        """Its ledgers with the slip."""
        ledgers = {ledger: [dict(row) for row in rows] for ledger, rows in self.right.items()}
        ledgers[self.slip.ledger][self.slip.row - 2][self.slip.heading] = self.value
        return ledgers

    def told(self, root: Path, *, slipped: bool = False) -> list[Finding]:
        """What ``check`` says of the right or the slipped version, written into the new folder ``root``."""
        self.write(root, slipped=slipped)
        return check(Workspace.at(root), "2021H1")

    def slip_told(self, root: Path, before: list[Finding]) -> list[Finding]:
        """What ``check`` says of the slipped version and did not say ``before`` of the right one, naming a cell of ``named``."""
        known = {finding.text() for finding in before}
        new = (finding for finding in self.told(root, slipped=True) if finding.text() not in known)
        return [finding for finding in new if any(cell.is_named_by(finding) for cell in self.named)]

    def write(self, root: Path, *, slipped: bool = False) -> None:
        """Make ``root`` a workspace whose 2021H1 has the table in its ledgers, and a chapter for each of its sections."""
        ledgers = self.slipped if slipped else self.right
        sections = dict.fromkeys(row["板块"] for rows in ledgers.values() for row in rows if "板块" in row)
        for number, title in enumerate(sections or ["示例"], 1):
            write_notebook(root / "notebooks" / f"{number:02}-chapter{number}.ipynb", title)
        folder = root / "data" / "2021H1"
        (folder / "tables").mkdir(parents=True)
        (folder / "report.toml").write_text(REPORT, encoding="utf-8")
        for ledger, rows in ledgers.items():
            with (folder / "tables" / f"{ledger}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.DictWriter(stream, TABLES[ledger].headings(), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def tables(group: str | None = None) -> list[SlipTable]:
    """Every table, or those of one group."""
    return [
        _table(entry, name)
        for name in GROUPS
        if group in (None, name)
        for path in sorted((HERE / name).glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["table"]
    ]


def _table(entry: dict[str, Any], group: str) -> SlipTable:
    right = {ledger: _rows(entry[ledger], ledger, entry["section"]) for ledger in TABLES if ledger in entry}
    slip = entry.get("slip")
    return SlipTable(
        **{name: entry[name] for name in ("id", "what", "origin", "shape")},
        group=group,
        kind=entry.get("kind", ""),
        right=right,
        holds=tuple(entry.get("holds", ())),
        named=tuple(Cell.at(cell) for cell in entry.get("named", ())),
        slip=Cell.at(slip["cell"]) if slip else None,
        value=slip["value"] if slip else "",
    )


def _rows(lines: str, ledger: str, section: str) -> Rows:
    first, *others = ([cell.strip() for cell in line.split("|")] for line in lines.strip().splitlines())
    rows = [dict(zip(first, cells, strict=True)) for cells in others]
    return [_whole(row, ledger, section) for row in rows]


def _whole(row: dict[str, str], ledger: str, section: str) -> dict[str, str]:
    headings = TABLES[ledger].headings()
    assert set(row) <= set(headings), set(row) - set(headings)
    filled = {"板块": section} if "板块" in headings else {}
    filled |= USUAL.get(ledger, {}) if row.get("数值") else {}
    return dict.fromkeys(headings, "") | filled | row


def write_notebook(path: Path, title: str) -> None:
    """Make a notebook whose title is that of a chapter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cell = {"cell_type": "markdown", "metadata": {}, "source": [f"# {title}"]}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
