"""What a new period takes over from an earlier one: initiatives still running, documents, declared sums."""

from __future__ import annotations

from pathlib import Path

from ..errors import DataError
from ..findings import ERROR
from .columns import Ledger
from .declared_ledgers import DeclaredLedgers
from .grid import CARRIED
from .places import Places
from .records import Records
from .roles import Role


def opened(folder: Path) -> dict[str, Records]:
    """The ledgers of an earlier period, by stem.

    Raises:
        DataError: one that is carried over cannot be read.
    """
    places = Places.of(folder)
    found = {}
    for stem, ledger in places.ledgers.items():
        grid = places.grid(stem)
        if grid is not None:
            found[stem] = Records.of(grid, ledger)
    faults = [each for records in found.values() if records.ledger.carried for each in records.problems]
    faults = [each for each in (*places.problems, *faults) if each.severity == ERROR]
    if faults:
        raise DataError("not-carried", details=faults, period=folder.name)
    return found


def running(earlier: dict[str, Records]) -> list[tuple[str, str]]:
    """(name, code) of each initiative that has not ended."""
    found = []
    for records in earlier.values():
        name, code = records.ledger.field(Role.INITIATIVE_NAME), records.ledger.field(Role.INITIATIVE_CODE)
        if name:
            found += [(row[name], row.get(code, "")) for row in _rows(records) if not _ended(records.ledger, row)]
    return found


def carried(earlier: dict[str, Records], ledgers: DeclaredLedgers) -> dict[str, list[list[str]]]:
    """The rows that each ledger of a new period begins with, texts in the order of its columns, marked 结转待核."""
    names = {"", *(name for name, _ in running(earlier))}
    rows: dict[str, list[list[str]]] = {}
    for stem, ledger in ledgers.items():
        found = _rows(earlier.get(stem)) if ledger.carried else []
        if ledger.carried == "running":
            found = [row for row in found if not _ended(ledger, row)]
        kept = [row for row in found if row.get(ledger.field(Role.INITIATIVE), "") in names]
        rows[stem] = [list(_marked(row, ledger.field(Role.NOTE)).values()) for row in kept]
    return rows


def _rows(records: Records | None) -> list[dict[str, str]]:
    if records is None:
        return []
    fields = [column.field for column in records.ledger.columns]
    texts = [records.coded(field).spread() for field in fields]
    return [dict(zip(fields, map(str, row), strict=True)) for row in zip(*texts, strict=True)]


def _ended(ledger: Ledger, row: dict[str, str]) -> bool:
    status = ledger.field(Role.STATUS)
    return bool(status) and row[status] in ledger.column(status).ended


def _marked(row: dict[str, str], note: str) -> dict[str, str]:
    """The row with 结转待核 in its remark, once."""
    said = row[note]
    if CARRIED not in said:
        said = f"{CARRIED}；{said}" if said else CARRIED
    return {**row, note: said}
