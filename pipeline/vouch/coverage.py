"""Coverage, the other direction of the audit: what became of every row of the ledgers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..document.coverage_record import (
    FOR_REFERENCE,
    KEPT_BACK,
    LEFT_OUT,
    NOT_FILLED,
    SEPARATOR,
    STATED,
    STATED_THERE_ONLY,
    Coverage,
    CoveredRow,
    Rows,
    key_parts,
)  # fmt: skip
from ..document.passages import read_passages
from ..facts import Fact
from ..facts.frame_cells import as_dicts
from ..findings import Finding, Place, Said
from ..ledger.roles import NOT_SAID, Role, fields_of
from .left_out import Requests, near_key, why_left_out
from .standing import Standing, standings

if TYPE_CHECKING:
    import pandas

REFERENCE = "备查"  # the 公开属性 of a row that no report states
_PUBLIC = ("", "主动公开")
# What a row may be there for, where it states no figure: the words themselves, else whatever is its own.
_OWN = frozenset(Role) - NOT_SAID - {Role.SECTION, Role.INITIATIVE, Role.CLASS, Role.STATUS, Role.UNIT, Role.QUALIFIER, Role.BASIS, Role.BASE, Role.TABLE}  # fmt: skip
_NAMES = (Role.SUBJECT, Role.DOCUMENT_NAME, Role.INITIATIVE_NAME)
_MOST_PLACES = 5
_TOLD = {STATED_THERE_ONLY: "stated-there-only", NOT_FILLED: "left-unfilled", LEFT_OUT: "left-out"}
_Found = list[tuple[str, int, int, str]]  # (column, first row, last row, where)


def coverage(
    body: str, frames: Iterable[pandas.DataFrame], asked: Requests, *, withheld: Rows | None = None
) -> Coverage:
    """What became of each row of ``frames``, the ledgers of the report's own period.

    A row is stated where its figure stands in the document or behind a figure that does; where it has none, or is told
    by its name as well, where its words do; one of which all of this is in a chapter's closing block of what no other
    part took is stated there only. In a public edition a row is kept back that must not leave, or that went
    with one that must: the internal edition states it. One that holds nothing yet is not filled in: whether its name is
    what a chapter asks for shows when it is.

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
        if state == LEFT_OUT and (field := _still_blank(record, frame)):
            state = NOT_FILLED
        elif state == LEFT_OUT:
            why, field = why_left_out(record, frame, asked)
        elif state == STATED_THERE_ONLY:
            why, field = near_key(record, frame, unmet)
        key = SEPARATOR.join(key_parts(record, frame).values()) if withheld is None or where else ""
        yield CoveredRow(source, sheet, row, state, where, why, field or next(iter(telling), ""), key)


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


def _still_blank(record: Mapping[Hashable, Any], frame: pandas.DataFrame) -> str:
    """The first figure of a row that is there for figures or words and holds neither, "" of any other.

    Without a column for words it is there for figures where last time's are stated: else its name may say it all.
    """
    figures, words = fields_of(frame, Role.FIGURE), fields_of(frame, Role.WORDS)
    if any(record[name].quantity.state != "blank" for name in figures) or any(str(record[name]) for name in words):
        return ""
    is_for_figures = words or any(record[name].stated for name in fields_of(frame, Role.BASE))
    return figures[0] if figures and is_for_figures else ""


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
        if one.state in _TOLD:
            code = "near-a-key" if one.state == STATED_THERE_ONLY and one.why else _TOLD[one.state]
            reasons.setdefault((code, one.field, one.why), []).append(one.row)
    attrs = frame.attrs
    for (code, field, why), rows in reasons.items():
        file = attrs.get("file", attrs["source"])
        sheet = attrs.get("sheet", "") if not file.endswith(".csv") else ""
        letter, heading = attrs.get("letters", {}).get(field, ""), attrs.get("headings", {}).get(field, "")
        params = {"why": why} if why else {}
        yield Finding(code, Place(file, sheet, tuple(rows), letter, heading), params=params)
