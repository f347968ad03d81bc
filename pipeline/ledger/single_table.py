"""A table that belongs to no period: read and held as any ledger is, by a declaration that comes with it."""

from __future__ import annotations

from pathlib import Path

from . import csv_grid
from .checks.keys import duplicates_in
from .checks.vocabulary import cells_of
from .declaration import Declaration
from .records import Records


def records_of(path: Path, file: str, declaration: Path) -> Records:
    """The rows of one CSV file, with every problem of its cells among their problems.

    Args:
        file: what problems call it. declaration: the TOML that declares its columns; one of the package's own.
    """
    ledger = Declaration(declaration.name, declaration.read_text(encoding="utf-8")).ledger
    assert ledger is not None, "the package's own declarations have no faults"
    records = Records.of(csv_grid.read(path, file), ledger)
    cells_of(records)
    duplicates_in(records)
    return records
