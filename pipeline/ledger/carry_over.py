"""What a new half-year takes over from an earlier one: initiatives still running, documents, declared sums."""

from __future__ import annotations

from pathlib import Path

from ..errors import DataError
from ..findings import ERROR
from .columns import TABLES
from .grid import CARRIED
from .places import Places
from .records import Records

_ENDED = "已完成"


def opened(folder: Path) -> dict[str, Records]:
    """The ledgers of an earlier half-year, by stem.

    Raises:
        DataError: one that is carried over cannot be read.
    """
    places = Places.of(folder)
    found = {}
    for stem, ledger in TABLES.items():
        grid = places.grid(stem)
        if grid is not None:
            found[stem] = Records.of(grid, ledger)
    faults = [each for records in found.values() if records.ledger.carried for each in records.problems]
    faults = [each for each in (*places.problems, *faults) if each.severity == ERROR]
    if faults:
        raise DataError("not-carried", details=faults, period=folder.name)
    return found


def running(earlier: dict[str, Records]) -> list[dict[str, str]]:
    """The initiatives that are not completed, one dict of texts by field each."""
    return [row for row in _rows(earlier.get("initiatives")) if row["status"] != _ENDED]


def carried(earlier: dict[str, Records]) -> dict[str, list[list[str]]]:
    """The rows that each ledger of a new half-year begins with, texts in the order of its columns, marked 结转待核."""
    names = {"", *(row["name"] for row in running(earlier))}
    rows: dict[str, list[list[str]]] = {}
    for stem, ledger in TABLES.items():
        found = _rows(earlier.get(stem)) if ledger.carried else []
        if ledger.carried == "running":
            found = [row for row in found if row["status"] != _ENDED]
        kept = [row for row in found if row.get("initiative", "") in names]
        rows[stem] = [list(_marked(row).values()) for row in kept]
    return rows


def _rows(records: Records | None) -> list[dict[str, str]]:
    if records is None:
        return []
    fields = [column.field for column in records.ledger.columns]
    texts = [records.coded(field).spread() for field in fields]
    return [dict(zip(fields, map(str, row), strict=True)) for row in zip(*texts, strict=True)]


def _marked(row: dict[str, str]) -> dict[str, str]:
    """The row with 结转待核 in its remark, once."""
    note = row["note"]
    if CARRIED not in note:
        note = f"{CARRIED}；{note}" if note else CARRIED
    return {**row, "note": note}
