"""Coverage, the other direction of the audit: what became of every row of the ledgers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..document.passages import read_passages
from ..facts import Fact
from ..facts.frame_cells import as_dicts
from ..facts.stated_words import bare
from ..findings import Finding, Place, Said
from ..ledger.roles import NOT_SAID, Role
from .left_out import Requests, near_key, why_left_out
from .standing import Standing, standings

if TYPE_CHECKING:
    import pandas

STATED, STATED_THERE_ONLY, KEPT_BACK, FOR_REFERENCE, LEFT_OUT = STATES = (
    "stated", "stated-there-only", "kept-back", "for-reference", "left-out",
)  # fmt: skip
REFERENCE = "备查"  # the 公开属性 of a row that no report states
_PUBLIC = ("", "主动公开")
# What a row may be there for, where it states no figure: the words themselves, else whatever is its own.
_OWN = frozenset(Role) - NOT_SAID - {Role.SECTION, Role.INITIATIVE, Role.CLASS, Role.STATUS, Role.UNIT, Role.QUALIFIER, Role.BASIS, Role.BASE, Role.TABLE}  # fmt: skip
_NAMES = (Role.SUBJECT, Role.DOCUMENT_NAME, Role.INITIATIVE_NAME)
_MOST_PLACES = 5
SEPARATOR = " · "  # between the parts of a key
Rows = frozenset[tuple[str, int]]  # (ledger, row)
_Found = list[tuple[str, int, int, str]]  # (column, first row, last row, where)


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


def coverage(
    body: str, frames: Iterable[pandas.DataFrame], asked: Requests, *, withheld: Rows | None = None
) -> Coverage:
    """What became of each row of ``frames``, the ledgers of the report's own period.

    A row is stated where its figure stands in the document or behind a figure that does; where it has none, or is told
    by its name as well, where its words do; one of which all of this is in a chapter's closing block of what no other
    part took is stated there only. In a public edition a row is kept back that must not leave, or that went
    with one that must: the internal edition states it.

    Args:
        body: the semantic body of the report. asked: what notebooks and prose ask for, to say why a row was left out.
        withheld: of a public edition, the rows that the internal one states; None for an internal edition.
    """
    found = list(standings(read_passages(body)))
    there = _by_table(one for one in found if not one.place.rest)
    only_there = _by_table(one for one in found if one.place.rest)
    rows: list[CoveredRow] = []
    findings: list[Finding] = []
    for frame in frames:
        source = frame.attrs["source"]
        covered = list(_covered(frame, there.get(source, []), only_there.get(source, []), asked, withheld))
        rows += covered
        findings += _findings(frame, covered)
    return Coverage(tuple(rows), tuple(findings))


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


def _by_table(found: Iterable[Standing]) -> dict[str, _Found]:
    """(column, first row, last row, where) of each table."""
    tables: dict[str, _Found] = {}
    for one in found:
        where = f"{one.place.title or one.place.section} {one.place.text('zh')}".strip()
        for rows in one.rows:
            tables.setdefault(rows.table, []).append((rows.column, rows.first, rows.last, where))
    return tables


def _covered(
    frame: pandas.DataFrame, there: _Found, only_there: _Found, asked: Requests, withheld: Rows | None
) -> Iterator[CoveredRow]:
    places, closing = _places(frame, there), _places(frame, only_there)
    unmet = asked.unmet(frame) if closing else asked
    source, sheet, headings = frame.attrs["source"], frame.attrs.get("sheet", ""), frame.attrs.get("headings", {})
    for row, record in zip(frame.index.tolist(), as_dicts(frame), strict=True):
        telling = _telling(record, frame)
        named = [headings.get(name, name) for name in telling]
        where, state, why, field = _where(named, places.get(row, {})), STATED, None, ""
        if not where:
            where, state = _where(named, closing.get(row, {})), STATED_THERE_ONLY
        if not where:
            state = _not_stated(record, frame, withheld, (source, row))
        if state == LEFT_OUT:
            why, field = why_left_out(record, frame, asked)
        elif state == STATED_THERE_ONLY:
            why, field = near_key(record, frame, unmet)
        key = SEPARATOR.join(key_parts(record, frame).values()) if withheld is None or where else ""
        yield CoveredRow(source, sheet, row, state, where, why, field or next(iter(telling), ""), key)


def key_parts(record: Mapping[Hashable, Any], frame: pandas.DataFrame) -> dict[str, str]:
    """What a row is known by within its period: the fields that are filled in, and their texts."""
    texts = ((name, bare(record[name])) for name in frame.attrs.get("known_by", ()))
    return {name: text for name, text in texts if text}


def _places(frame: pandas.DataFrame, found: _Found) -> dict[int, dict[str, list[str]]]:
    """Row → heading → where it stands."""
    index = frame.index.to_numpy()
    places: dict[int, dict[str, list[str]]] = {}
    for column, first, last, where in found:
        begin, end = index.searchsorted(first), index.searchsorted(last, side="right")
        for row in index[begin:end].tolist():
            said = places.setdefault(row, {}).setdefault(column, [])
            if len(said) < _MOST_PLACES and where not in said:
                said.append(where)
    return places


def _telling(record: Mapping[Hashable, Any], frame: pandas.DataFrame) -> list[str]:
    """The fields by one of which the row counts as stated."""
    roles = frame.attrs.get("roles", {})
    given = [str(name) for name, value in record.items() if isinstance(value, Fact) and value.stated]
    figures = [name for name in given if roles.get(name) != Role.BASE]
    if figures:
        by_name = [] if Role.MEASURE in roles.values() else [name for name in record if roles.get(name) in _NAMES]
        return [*figures, *map(str, by_name)]
    said = [str(name) for name in record if roles.get(name) in _OWN and str(record[name])]
    words = [name for name in said if roles[name] == Role.WORDS]
    return words or said


def _where(headings: Sequence[str], places: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(where for heading in (*headings, "") for where in places.get(heading, ())))


def _not_stated(
    record: Mapping[Hashable, Any], frame: pandas.DataFrame, withheld: Rows | None, row: tuple[str, int]
) -> str:
    roles = frame.attrs.get("roles", {})
    disclosed = next((str(value) for name, value in record.items() if roles.get(name) == Role.DISCLOSURE), "")
    if disclosed == REFERENCE or Role.RULE in roles.values():  # a declared rule is there for the checks
        return FOR_REFERENCE
    return KEPT_BACK if withheld is not None and (row in withheld or disclosed not in _PUBLIC) else LEFT_OUT


def _findings(frame: pandas.DataFrame, covered: Sequence[CoveredRow]) -> Iterator[Finding]:
    """One finding for all rows of which the same is to be told for one reason."""
    reasons: dict[tuple[str, str, Said | None], list[int]] = {}
    for one in covered:
        if one.state in (LEFT_OUT, STATED_THERE_ONLY):
            code = "near-a-key" if one.state == STATED_THERE_ONLY and one.why else one.state
            reasons.setdefault((code, one.field, one.why), []).append(one.row)
    attrs = frame.attrs
    for (code, field, why), rows in reasons.items():
        file = attrs.get("file", attrs["source"])
        sheet = attrs.get("sheet", "") if not file.endswith(".csv") else ""
        letter, heading = attrs.get("letters", {}).get(field, ""), attrs.get("headings", {}).get(field, "")
        params = {"why": why} if why else {}
        yield Finding(code, Place(file, sheet, tuple(rows), letter, heading), params=params)
