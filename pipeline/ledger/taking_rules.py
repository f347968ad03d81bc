"""Proposed rules taken over into the ledger of rules (勾稽): rows added to its CSV file, none changed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from ..period import Period
from ..workspace import Workspace
from .checks.opened_period import OpenedPeriod
from .checks.proposals import Proposal, proposals
from .columns import Ledger
from .csv_text import separator
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
        UnknownPeriod: ``data/PERIOD`` does not exist.
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
    encoding = _encoding(old)
    headings = [column.heading for column in ledger.columns]
    lines: list[list[str]] = [] if old.strip() else [headings]
    if records is not None and records.letters:
        places = {place: ledger.column(name).heading for name, place in records.places.items()}
        headings = [places.get(place, "") for place in range(max(places) + 1)]
    text = io.StringIO()
    delimiter = separator(old).decode() if old.strip() else ","
    end = "\r\n" if b"\r\n" in old else "\n"
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(
        [*lines, *(_row(p, ledger, headings) for p in found)]
    )
    start = b"" if not old or old.endswith((b"\n", b"\r")) else end.encode(encoding)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        stream.write((b"" if old else _UTF8_MARK) + start + text.getvalue().encode(encoding))


def _encoding(old: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            old.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "utf-8"
