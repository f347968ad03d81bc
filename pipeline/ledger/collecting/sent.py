"""Rows as somebody sent them, and by what a row is known again in another workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...facts.quantity import StatedError
from ...facts.when import When
from ...findings import Finding, Place
from ..columns import DATE, Ledger
from ..declared_ledgers import DeclaredLedgers
from ..grid import CARRIED
from ..places import Places
from ..records import Records
from ..roles import Role

# What tells rows apart in a ledger that declares no key.
_APART = (
    Role.SECTION, Role.INITIATIVE, Role.INITIATIVE_NAME, Role.INITIATIVE_CODE, Role.SUBJECT, Role.MEASURE, Role.ITEM, Role.CLASS,
    Role.PLACE, Role.CIRCUMSTANCE, Role.DOCUMENT_NAME, Role.DOCUMENT_NUMBER, Role.OFFICE, Role.TABLE, Role.AS_OF,
)  # fmt: skip
_FILLED_IN = (Role.FIGURE, Role.WORDS, Role.DETAIL, Role.NOTE)
CARRIED_OVER, LISTED, FILLED = range(3)  # how much somebody has made of a row
Known = tuple[str, tuple[str, ...], int]  # ledger, key, and which of the rows with that key
_SEVERAL: Known = ("", (), 0)  # of one party, in a group of rows that are alike


@dataclass(frozen=True)
class SentRow:
    """One row of a workbook: its texts by field, none of them blank, and the letters of the columns they stand in."""

    known: Known
    sender: str
    file: str
    sheet: str
    row: int
    values: Mapping[str, str]
    letters: Mapping[str, str]

    def place(self, ledger: Ledger, field: str = "") -> Place:
        """The cell of a field, or the row."""
        heading = ledger.column(field).heading if field else ""
        return Place(self.file, self.sheet, (self.row,), self.letters.get(field, ""), heading)


def key_fields(ledger: Ledger) -> tuple[str, ...]:
    """The fields by which a row is known: the declared key, else those whose role tells rows apart."""
    return ledger.key or ledger.fields(*_APART)


def aligned(parties: Iterable[Sequence[SentRow]], ledgers: DeclaredLedgers) -> dict[Known, Known]:
    """What rows are known by across workbooks: one sent out may come back with another date or 口径.

    So these do not count in a key, as long as nobody has two rows that only they tell apart.
    """
    found: dict[Known, Known] = {}
    for unsettled in ((Role.BASIS, Role.AS_OF), (Role.AS_OF,)):
        groups: dict[Known, set[Known]] = {}
        for party in parties:
            alike: dict[Known, list[Known]] = {}
            for row in party:
                if row.known not in found:
                    alike.setdefault(_without(ledgers[row.known[0]], row.known, unsettled), []).append(row.known)
            for key, rows in alike.items():
                groups.setdefault(key, set()).update(rows if len(rows) == 1 else [*rows, _SEVERAL])
        found |= {known: key for key, group in groups.items() if _SEVERAL not in group for known in group}
    return found


def _without(ledger: Ledger, known: Known, unsettled: Sequence[Role]) -> Known:
    fields = zip(key_fields(ledger), known[1], strict=True)
    return (known[0], tuple("" if ledger.column(name).role in unsettled else part for name, part in fields), 0)


def rank(ledger: Ledger, values: Mapping[str, str]) -> int:
    """Whether the row is as it was carried over, only listed (its figures and words are blank), or filled in."""
    if CARRIED in values.get(ledger.field(Role.NOTE), ""):
        return CARRIED_OVER
    wanted = ledger.fields(*_FILLED_IN)
    stated = ledger.fields(Role.FIGURE, Role.WORDS)
    return FILLED if not stated or any(values.get(name) for name in wanted) else LISTED


def read_sent(path: Path, ledgers: DeclaredLedgers, sender: str) -> tuple[list[SentRow], list[Finding]]:
    """The rows of all ledgers in a workbook, and its problems."""
    places = Places.of_workbook(path, ledgers)
    rows, problems = [], [_of_its_kind(problem, path) for problem in places.problems]
    for records in places.records().values():
        problems += records.problems
        rows += sent_rows(records, sender)
    return rows, problems


def _of_its_kind(problem: Finding, path: Path) -> Finding:
    """What does not call itself a workbook is not damaged, but another kind of file."""
    other = problem.code == "broken-workbook" and path.suffix.lower() != ".xlsx"
    return Finding("collect-not-workbook", problem.place) if other else problem


def sent_rows(records: Records, sender: str) -> list[SentRow]:
    """The rows of one ledger that has been read."""
    ledger, letters, grid = records.ledger, records.letters, records.grid
    texts = {name: records.coded(name).spread() for name in letters}
    read = [
        (number, {name: str(column[position]) for name, column in texts.items() if str(column[position])})
        for position, number in enumerate(records.rows.tolist())
    ]
    named = numbered((ledger, values) for _, values in read)
    return [
        SentRow(known, sender, grid.file, grid.sheet, number, values, letters)
        for known, (number, values) in zip(named, read, strict=True)
    ]


def numbered(rows: Iterable[tuple[Ledger, Mapping[str, str]]]) -> list[Known]:
    """What each row is known by; rows with one key are counted."""
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    found = []
    for ledger, values in rows:
        key = ledger.stem, tuple(_part(ledger, name, values.get(name, "")) for name in key_fields(ledger))
        found.append((*key, seen[key]))
        seen[key] += 1
    return found


def _part(ledger: Ledger, name: str, text: str) -> str:
    """A part of a key: dates by what they mean, words without blanks."""
    if ledger.column(name).kind == DATE and text:
        try:
            return str(When.parse(text).value)
        except StatedError:
            return text
    return "".join(text.split())
