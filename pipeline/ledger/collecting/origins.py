"""``collected.csv``: which cell of whose workbook each text came from, and where it was written."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from ...errors import DataError
from ...findings import Finding, Place
from ...leftovers import temporary
from ...renaming import rename
from ..declared_ledgers import DeclaredLedgers
from .sent import Known, SentRow, numbered

RECORD = "collected.csv"
_HEADS = ("序号", "报送", "文件", "单元格", "台账", "列", "内容", "同名第几行", "写到")
_CELL = re.compile(r"(.+)!([A-Z]+)(\d+)")


def read_record(folder: Path, ledgers: DeclaredLedgers) -> list[SentRow]:
    """What was sent so far.

    Raises:
        DataError: the file is not what :func:`write_record` wrote.
    """
    file = folder / RECORD
    if not file.is_file():
        return []
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.DictReader(stream))
        return [_row(list(cells), ledgers) for _, cells in groupby(lines, key=lambda line: line["序号"])]
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise DataError("not-collected", details=[Finding("collect-record", Place(RECORD))]) from error


def write_record(
    folder: Path, rows: Iterable[SentRow], ledgers: DeclaredLedgers, written: Mapping[tuple[Known, str], Place]
) -> None:
    """Keep ``rows``; ``written`` says in which cell of the ledgers a field of a row stands."""
    with temporary(".collect", folder) as staging:
        with (staging / RECORD).open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow(_HEADS)
            for number, row in enumerate(rows, 1):
                ledger = ledgers[row.known[0]]
                for name, text in row.values.items():
                    cell = f"{row.sheet}!{row.letters[name]}{row.row}"
                    to = written.get((row.known, name))
                    said = (ledger.sheet, ledger.column(name).heading, text, row.known[2] + 1, to.address if to else "")
                    writer.writerow((number, row.sender, row.file, cell, *said))
        rename(staging / RECORD, folder / RECORD)


def _row(cells: list[dict[str, str]], ledgers: DeclaredLedgers) -> SentRow:
    """One row of its cells' lines.

    Raises:
        KeyError: there is no such ledger or column. ValueError: a cell or a number is written otherwise.
    """
    ledger = ledgers[ledgers.stem_of(cells[0]["台账"])]
    names = [ledger.column(cell["列"]).field for cell in cells]
    places = [_CELL.fullmatch(cell["单元格"]) for cell in cells]
    values = dict(zip(names, (cell["内容"] for cell in cells), strict=True))
    letters = {name: place[2] for name, place in zip(names, places, strict=True) if place}
    if len(letters) < len(names) or not places[0]:
        raise ValueError(cells)
    [(stem, key, _)] = numbered([(ledger, values)])
    known = (stem, key, int(cells[0]["同名第几行"]) - 1)
    sheet, row = places[0][1], int(places[0][3])
    return SentRow(known, cells[0]["报送"], cells[0]["文件"], sheet, row, values, letters)
