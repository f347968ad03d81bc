"""Slips in the keys of 2021H1: each filled-in cell of each key column of each ledger, each row, done one at a time in a workspace."""

import csv
from functools import partial
from typing import NamedTuple

from calling import ROOT

from pipeline.ledger import TABLES

TABLES_OF = "data/2021H1/tables"
SOUNDS_ALIKE = dict(
    zip(
        "量件制治数事区审批报会行理办能平法市文月设定证工",
        "良建治制书是曲省批抱合形里半能评发是问越没订正公",
        strict=True,
    )
)


def swapped(text):
    """Two neighbours that differ, exchanged."""
    at = next((place for place in range(len(text) - 1) if text[place] != text[place + 1]), None)
    return f"{text}错" if at is None else text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def mistaken(text):
    """One character another that sounds or looks like it, or in its middle any other."""
    at = next((place for place, each in enumerate(text) if each in SOUNDS_ALIKE), len(text) // 2)
    return text[:at] + SOUNDS_ALIKE.get(text[at], "某") + text[at + 1 :]


SLIPS = {
    "swapped": swapped,
    "dropped": lambda text: text[: len(text) // 2] + text[len(text) // 2 + 1 :],
    "doubled": lambda text: text[: len(text) // 2 + 1] + text[len(text) // 2 :],
    "mistaken": mistaken,
    "renamed": lambda text: "另一名目",
}
DATED = {
    "swapped": "2021-05",
    "dropped": "2021Q1",
    "doubled": "2021-04-04",
    "mistaken": "2021-02",
    "renamed": "2021-01-08",
}


def lines(file):
    """The rows of a ledger's file."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def rewrite(folder, table, change):
    """The rows of a ledger after ``change``."""
    file = folder / TABLES_OF / f"{table}.csv"
    rows = lines(file)
    headings = list(rows[0])
    change(rows)
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, headings)
        writer.writeheader()
        writer.writerows(rows)


def put(rows, row, heading, text):
    """Another text in one cell."""
    rows[row][heading] = text


class KeyCell(NamedTuple):
    """A filled-in cell of a key column, its row as Excel shows it; ``place`` is that of the column in the key."""

    table: str
    row: int
    heading: str
    place: int
    text: str
    dated: bool

    def becomes(self, text):
        """What is done to the rows of its ledger, so that it says something else."""
        return partial(put, row=self.row - 2, heading=self.heading, text=text)


def key_cells():
    """Every one of the ledgers of 2021H1."""
    for file in sorted((ROOT / TABLES_OF).glob("*.csv")):
        ledger = TABLES[file.stem]
        for place, column in enumerate(map(ledger.column, ledger.known_by)):
            for row, texts in enumerate(lines(file), 2):
                if text := texts[column.heading]:
                    yield KeyCell(file.stem, row, column.heading, place, text, column.kind == "date")


def slips(kind=None):
    """(ledger, row, heading, kind) → what is done, for each cell: a slip of that kind, or of each kind in turn."""
    kinds = [kind] if kind else list(SLIPS)
    found = {}
    for number, cell in enumerate(key_cells()):
        kind = kinds[number % len(kinds)]
        text = DATED[kind] if cell.dated else SLIPS[kind](cell.text)
        found[cell.table, cell.row, cell.heading, kind] = cell.becomes(text)
    return found


def deletions():
    """(ledger, row) → what is done, for each row."""
    files = sorted((ROOT / TABLES_OF).glob("*.csv"))
    return {
        (file.stem, row + 2): lambda rows, row=row: rows.pop(row) for file in files for row in range(len(lines(file)))
    }


def untold(workspace, changes, say, *, singly=False):
    """Of the changes those of which ``say`` tells nothing that it does not tell of the ledgers as they are.

    Each is done alone in its ledger; of several ledgers one each at a time, as what is told of a ledger is told at its file.
    One of the initiatives, to which other ledgers refer, is done alone, and so is each where prose may tell it (``singly``).
    """
    kept = {file.stem: file.read_bytes() for file in (workspace / TABLES_OF).glob("*.csv")}
    before, waiting, silent = {one.text() for one in say()}, dict(changes), {}
    while waiting:
        at_once = {key[0]: key for key in reversed(waiting)}
        if singly or "initiatives" in at_once:
            table = "initiatives" if "initiatives" in at_once else next(iter(at_once))
            at_once = {table: at_once[table]}
        for table, key in at_once.items():
            rewrite(workspace, table, waiting[key])
        told = {one.place.file for one in say() if one.text() not in before}
        for table, key in at_once.items():
            is_told = bool(told) if len(at_once) == 1 else f"tables/{table}.csv" in told
            silent |= {} if is_told else {key: waiting[key]}
            (workspace / TABLES_OF / f"{table}.csv").write_bytes(kept[table])
            del waiting[key]
    return silent
