"""What a new period takes over from an earlier one: initiatives still running, documents, sums, rows that come again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import DataError
from ..findings import ERROR
from .columns import Ledger
from .coming_again import Moved, StartingRow, coming_again, texts_of_rows
from .declared_ledgers import DeclaredLedgers
from .grid import CARRIED
from .places import Places
from .records import Records
from .recurring import recurs
from .roles import Role


def opened(folder: Path) -> dict[str, Records]:
    """The ledgers of an earlier period, by stem.

    Raises:
        DataError: one that is carried over cannot be read.
    """
    places = Places.of(folder)
    found = places.records()
    faults = [each for records in found.values() if records.ledger.carried for each in records.problems]
    faults = [each for each in (*places.all_problems(), *faults) if each.severity == ERROR]
    if faults:
        raise DataError("not-carried", details=faults, period=folder.name)
    return found


def running(earlier: dict[str, Records]) -> list[tuple[str, str]]:
    """(name, code) of each initiative that has not ended."""
    found = []
    for records in earlier.values():
        name, code = records.ledger.field(Role.INITIATIVE_NAME), records.ledger.field(Role.INITIATIVE_CODE)
        if name:
            found += [
                (row[name], row.get(code, "")) for row in texts_of_rows(records) if not _ended(records.ledger, row)
            ]
    return found


def carried(
    earlier: dict[str, Records],
    base: dict[str, Records],
    ledgers: DeclaredLedgers,
    sections: Mapping[str, str],
    moved: Moved,
) -> dict[str, list[StartingRow]]:
    """The rows that each ledger of a new period begins with.

    What is carried over is marked 结转待核; where rows come again, what they are about stands there and the figures are blank.

    Args:
        base: the ledgers of the period that the new one is compared with. sections: name of a notebook → title, by which a chapter is called. moved: from which period to which.
    """
    names = {"", *(name for name, _ in running(earlier))}
    rows: dict[str, list[StartingRow]] = {}
    for stem, ledger in ledgers.items():
        records = earlier.get(stem)
        found = list(texts_of_rows(records)) if records is not None else []
        kept = [row.get(ledger.field(Role.INITIATIVE), "") in names for row in found]
        if ledger.carried == "running":
            kept = [keep and not _ended(ledger, row) for row, keep in zip(found, kept, strict=True)]
        begun: list[StartingRow] = []
        if ledger.carried:
            note = ledger.field(Role.NOTE)
            begun = [StartingRow(_marked(row, note)) for row, keep in zip(found, kept, strict=True) if keep]
        elif records is not None and recurs(ledger):
            begun = list(coming_again(records, base.get(stem), kept, moved))
        rows[stem] = [_in_the_same_words(ledger, row, sections) for row in begun]
    return rows


def _in_the_same_words(ledger: Ledger, row: StartingRow, sections: Mapping[str, str]) -> StartingRow:
    """The row with chapters and ledgers called as the drop-downs call them."""
    called = {column.field: {stem: name for name, stem in column.aliases.items()} for column in ledger.columns}
    called[ledger.field(Role.SECTION)] = dict(sections)
    return row._replace(texts={name: called.get(name, {}).get(text, text) for name, text in row.texts.items()})


def _ended(ledger: Ledger, row: dict[str, str]) -> bool:
    status = ledger.field(Role.STATUS)
    return bool(status) and row[status] in ledger.column(status).ended


def _marked(row: dict[str, str], note: str) -> dict[str, str]:
    """The row with 结转待核 in its remark, once."""
    said = row[note]
    if CARRIED not in said:
        said = f"{CARRIED}；{said}" if said else CARRIED
    return {**row, note: said}
