"""Files of a period's folder that nobody reads: a workbook of another name, a copy, a note."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..findings import Finding, Place, nearest_of
from ..own_files import is_litter
from .row_requests import files_asked

_READ = ("report.toml", "literals.toml", "tables.xlsx", "tables", "prose", "collected.csv")
_SHEETS = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".numbers"})


def unread_files(folder: Path, *, told: frozenset[str]) -> Iterator[Finding]:
    """Every file or folder beside those that a report is made of; ``told`` are spreadsheets already spoken of.

    A spreadsheet where there is no ledger at all is an error: the report would be made of nothing.
    """
    none = not any((folder / name).exists() for name in ("tables", "tables.xlsx"))
    for path in sorted(folder.iterdir()):
        if path.name in _READ or path.name in told or is_litter(path.name) or path.name.startswith("."):
            continue
        sheet = path.suffix.lower() in _SHEETS
        if sheet and path.name in _asked_for(folder.parents[1] / "notebooks"):
            continue
        code = "no-ledger-but" if none and sheet else "sheet-unread" if sheet else "file-unread"
        yield Finding(code, Place(path.name), params={"nearest": nearest_of(path.name.lower(), _READ)})
    for path in sorted((folder / "prose").glob("*")):
        if path.suffix != ".md" and not is_litter(path.name) and not path.name.startswith("."):
            yield Finding("file-unread", Place(f"prose/{path.name}"), params={"nearest": nearest_of("", ())})


def _asked_for(notebooks: Path) -> set[str]:
    """The files that notebooks read by their names."""
    with suppress(ValueError, KeyError):  # what is no notebook is told where it is to run
        return {name for notebook in notebooks.glob("*.ipynb") for name in files_asked(notebook)}
    return set()
