"""Proposed rules taken over into the ledger of rules (勾稽): rows added to its CSV file, none changed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DataError
from ..period import Period
from ..workspace import Workspace
from .checks.opened_period import OpenedPeriod
from .checks.proposals import Proposal, proposals
from .columns import Ledger
from .csv_text import separator, text_and_encoding, without_hint
from .records import Records
from .roles import Role

_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class TakenRules:
    """What was added to ``file``; where that is a workbook, which is the clerk's, what can be pasted into its sheet."""

    file: str
    rules: list[Proposal]
    lines: list[str] = field(default_factory=list)


def take_rules(workspace: Workspace, period: Period) -> TakenRules:
    """Declare every rule that the figures of ``period`` keep to the last digit, beside those declared already.

    Raises:
        UnknownPeriod: ``data/PERIOD`` does not exist. DataError: the ledger of rules cannot be read.
    """
    opened = OpenedPeriod.open(workspace, period)
    found = proposals(opened)
    ledger = next(each for each in opened.places.ledgers.values() if each.field(Role.RULE))
    file, sheet = opened.places.found.get(ledger.stem, [(f"tables/{ledger.stem}.csv", "")])[0]
    path = opened.places.folder / file
    if sheet:
        headings = [column.heading for column in ledger.columns]
        return TakenRules(f"{file}#{sheet}", found, ["\t".join(_row(each, ledger, headings)) for each in found])
    if found:
        _add(path, opened.records.get(ledger.stem), ledger, found)
    return TakenRules(file, found)


def _row(proposal: Proposal, ledger: Ledger, headings: list[str]) -> list[str]:
    stated = {
        ledger.field(Role.TABLE): proposal.table,
        ledger.field(Role.ITEM): proposal.name,
        ledger.field(Role.RULE): proposal.rule,
    }
    by_heading = {ledger.column(name).heading: text for name, text in stated.items()}
    return [by_heading.get(heading, "") for heading in headings]


def _add(path: Path, records: Records | None, ledger: Ledger, found: list[Proposal]) -> None:
    """Put the rows behind those there, as the file is written: its columns, separator, ends of lines and encoding."""
    old = path.read_bytes() if path.exists() else b""
    if old.strip() and records is not None and not records.places:
        raise DataError("ledger-has-errors", details=records.problems, table=ledger.sheet)
    said, encoding = text_and_encoding(old)
    headings = [column.heading for column in ledger.columns]
    lines: list[list[str]] = [] if said.strip() else [headings]
    if records is not None and records.places:
        places = {place: ledger.column(name).heading for name, place in records.places.items()}
        headings = [places.get(place, "") for place in range(max(places) + 1)]
    text, hinted = without_hint(said.encode())
    delimiter = hinted or separator(text)
    end = "\r\n" if "\r\n" in said else "\n"
    added = io.StringIO(newline="")
    csv.writer(added, delimiter=delimiter.decode(), lineterminator=end).writerows(
        [*lines, *(_row(each, ledger, headings) for each in found)]
    )
    start = "" if not said or said.endswith(("\n", "\r")) else end
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        stream.write((b"" if old else _UTF8_MARK) + f"{start}{added.getvalue()}".encode(encoding))
