"""Whether a report says one thing of one thing: figures that contradict each other, names written two ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, NamedTuple

from ..document.passages import Passage, read_passages
from ..document.sentences import sentence_around
from ..document.source_rows import few_cells, only_cell
from ..findings import Finding
from ..ledger.roles import Role
from .ledgers import Ledgers
from .names import offices_written_two_ways, titles_written_two_ways
from .notebook_cells import Cells

_TELLING = ("", "sum", "change", "count")  # what the cells alone determine; a difference does where there are two


class _Statement(NamedTuple):
    """A figure that the report states, and where; ``start`` is its place in the passage."""

    about: tuple[str, ...]
    value: str
    qualifier: str
    printed: str
    sources: str
    passage: Passage
    start: int


def consistency(
    body: str, *, ledgers: Ledgers, offices: Iterable[str] = (), notebook: Mapping[str, Any] | None = None
) -> tuple[Finding, ...]:
    """Contradictions (errors) and names written two ways (warnings).

    Two figures contradict each other where they have the same subject, measure, as-of date and 累计 in the ledgers, and what else
    their keys tell apart (the office, where there is a row for each), or are
    the same sum, change or count of the same cells or difference of the same two, and yet differ, however many decimals
    each was rounded to. What is a part of its row's key, such as the day of an event that comes again, contradicts no other row,
    nor does a row of a ledger of single cases, which has no key. Shares, ratios and products may differ though their cells do not: of a total's parts each has a
    share of its own.

    Args:
        body: the semantic body or the HTML page of a report. ledgers: what its facts name as sources.
        offices: names of offices known besides those of the ledgers. notebook: as ``audit`` takes it.
    """
    passages, cells = read_passages(body), Cells(notebook)
    found = [*_contradictions(passages, ledgers, cells), *titles_written_two_ways(passages, ledgers, cells)]
    return (*found, *offices_written_two_ways(passages, ledgers, offices, cells))


def _contradictions(passages: Sequence[Passage], ledgers: Ledgers, cells: Cells) -> Iterator[Finding]:
    first: dict[tuple[str, ...], list[_Statement]] = {}
    for statement in (one for passage in passages for one in _statements(passage, ledgers)):
        said = first.setdefault(statement.about, [])
        other = next((one for one in said if not _agree(one, statement)), None)
        if other is not None and not any(_same(one, statement) for one in said):
            yield _contradiction(statement, other, cells, ledgers)
        said.append(statement)


def _statements(passage: Passage, ledgers: Ledgers) -> Iterator[_Statement]:
    if passage.place.kind == "chart":
        said = [
            (fact.value, fact.qualifier, fact.printed, fact.derivation, fact.sources, 0) for fact in passage.carried
        ]
    else:
        said = [
            (
                mark.said("value"),
                mark.said("data-qualifier"),
                passage.text[mark.start : mark.end],
                mark.said("data-derivation"),
                mark.said("data-source"),
                mark.start,
            )
            for mark in passage.marks
            if mark.kind == "fact"
        ]
    for value, qualifier, printed, derivation, sources, start in said:
        about = _about(derivation, sources, ledgers)
        value = value.removeprefix("-") if derivation == "change" else value  # a sentence has its sign in a word
        if about:
            yield _Statement(about, value, qualifier, printed, sources, passage, start)


def _about(derivation: str, written: str, ledgers: Ledgers) -> tuple[str, ...]:
    """What a figure is the figure of; nothing where that cannot be told."""
    cell = only_cell(written)
    if derivation or cell is None:
        telling = derivation in _TELLING or (derivation == "difference" and few_cells(written, 2))
        return (derivation, written) if written and telling else ()
    record = ledgers.record(cell)
    if record is None or record.tells_rows_apart(cell.column):
        return "", written
    subject, measure, when = record.about(cell)
    basis = record.said(Role.BASIS)
    since = (basis,) if basis.endswith("累计") else ()
    elsewhere = cell.table.rpartition("tables")[0]  # ../2020H2/: what states no date is that period's
    return (subject, measure, when or elsewhere, *since, *filter(None, record.apart)) if subject else ("", written)


def _agree(one: _Statement, other: _Statement) -> bool:
    if one.qualifier != other.qualifier:
        return False
    try:
        first, second = Decimal(one.value), Decimal(other.value)
    except InvalidOperation:
        return one.value == other.value
    places = max(first.as_tuple().exponent, second.as_tuple().exponent)
    step = Decimal(1).scaleb(int(places))
    return first.quantize(step, ROUND_HALF_UP) == second.quantize(step, ROUND_HALF_UP)


def _same(one: _Statement, other: _Statement) -> bool:
    return (one.value, one.qualifier) == (other.value, other.qualifier)


def _contradiction(statement: _Statement, other: _Statement, cells: Cells, ledgers: Ledgers) -> Finding:
    params = {
        "about": "，".join(filter(None, statement.about)),
        "other": other.passage.place.reported(),
        "other_found": other.printed,
        "other_sentence": sentence_around(other.passage.text, other.start),
        "sources": ledgers.called(statement.sources),
        "other_sources": ledgers.called(other.sources),
        "sentence": sentence_around(statement.passage.text, statement.start),
    }
    return Finding("contradiction", cells.place(statement.passage), statement.printed, params)
