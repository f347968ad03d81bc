"""``coverage.csv`` beside a report: what became of every row of the ledgers, and what each row is known by."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..facts.stated_words import bare
from ..findings import Finding, Said

if TYPE_CHECKING:
    import pandas

COVERAGE = "coverage.csv"
STATED, STATED_THERE_ONLY, KEPT_BACK, FOR_REFERENCE, NOT_FILLED, LEFT_OUT = STATES = (
    "stated", "stated-there-only", "kept-back", "for-reference", "not-filled", "left-out",
)  # fmt: skip
SEPARATOR = " · "  # between the parts of a key
Rows = frozenset[tuple[str, int]]  # (ledger, row)


class CoveredRow(NamedTuple):
    """A row of a ledger and what became of it: ``where`` it stands, or ``why`` not and the ``field`` that tells.

    ``key`` is what the row is known by; of a row that a public edition does not state it is blank, as it may not leave.
    """

    ledger: str
    sheet: str
    row: int
    state: str
    where: tuple[str, ...] = ()
    why: Said | None = None
    field: str = ""
    key: str = ""


@dataclass(frozen=True)
class Coverage:
    """Every row of the ledgers of a period, in their order, and the findings about those left out."""

    rows: tuple[CoveredRow, ...]
    findings: tuple[Finding, ...]

    @property
    def stated(self) -> Rows:
        """The rows that the report states."""
        return frozenset((row.ledger, row.row) for row in self.rows if row.state in (STATED, STATED_THERE_ONLY))

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in STATES}


def write_coverage(found: Coverage, file: Path) -> None:
    """Write ``coverage.csv``: UTF-8 with BOM, one line a ledger row."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["ledger", "sheet", "row", "state", "where", "why", "key"])
        writer.writerows(
            (*one[:4], "；".join(one.where), one.why.text("zh") if one.why else "", one.key) for one in found.rows
        )


def read_coverage(file: Path) -> list[dict[str, str]]:
    """The lines of ``coverage.csv`` by its columns; none where there is no such file."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def key_parts(record: Mapping[Hashable, Any], frame: pandas.DataFrame) -> dict[str, str]:
    """What a row is known by within its period: the fields that are filled in, and their texts."""
    texts = ((name, bare(record[name])) for name in frame.attrs.get("known_by", ()))
    return {name: text for name, text in texts if text}
