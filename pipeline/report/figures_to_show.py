"""The figures that may stand at the top of the page (要点): each row's label, its figure, and what earlier periods state.

Which of them do stand there is seen when the page is made: only what its text states can be led to.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..facts import Fact
from ..facts.compare import change
from ..facts.element import plain
from ..facts.stated_words import bare
from ..period import Period
from ..vouch.ledger_record import Record
from ..workspace import Workspace

if TYPE_CHECKING:
    import pandas

_LEAST_PERIODS = 4  # for a line through them
_KINDS = {"previous": "环比", "year_before": "同比"}
_Key = tuple[str, ...]


def key_figures(workspace: Workspace, period: Period) -> list[dict[str, Any]]:
    """One entry a figure of the period's ledgers: ``source`` and ``label``, ``value``, ``printed`` with its unit, ``changes``
    in words (环比增长5%), ``past`` the values of all periods up to this one (None where one states none), if there are four."""
    from .. import ledger

    alike = [one for one in workspace.periods if one.kind == period.kind and one <= period]
    found: list[dict[str, Any]] = []
    for stem in ledger.tables(workspace.data(period)):
        schema = ledger.schema(workspace.data(period), stem)
        frame = ledger.shared(workspace.data(period), stem)
        for column in schema.figures:
            past = {one: _by_key(workspace, one, stem, column.field, schema.compared_by) for one in alike}
            bases = {name: _by_key(workspace, period.bases[kind], stem, column.field, schema.compared_by)
                     for name, kind in _KINDS.items() if period.bases.get(kind) in workspace.periods}  # fmt: skip
            found += _of_column(frame, column.field, schema.compared_by, bases, past)
    return found


def _of_column(
    frame: pandas.DataFrame,
    field: str,
    by: tuple[str, ...],
    bases: Mapping[str, Mapping[_Key, Fact]],
    past: Mapping[Period, Mapping[_Key, Fact]],
) -> Iterator[dict[str, Any]]:
    attrs = frame.attrs
    for row, values in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        fact = values[field]
        if not (isinstance(fact, Fact) and fact.stated):
            continue
        key = _key(values, by)
        subject, measure, _ = Record(attrs["stem"], row, _named(values), attrs["headings"], attrs["roles"]).about(
            fact.sources.cells()[0]
        )
        changes = [change(fact, base[key], _KINDS[name]) for name, base in bases.items() if key in base]  # type: ignore[arg-type]  # 环比, 同比
        line = [float(facts[key].value) if key in facts else None for facts in past.values()]
        yield {
            "source": str(fact.sources),
            "label": _label(subject, measure),
            "value": fact.quantity.plain,
            "printed": str(fact),
            "changes": [f"{one.kind}{plain(one.brief)}" for one in changes if one.difference is not None],
            "past": line if sum(one is not None for one in line) >= _LEAST_PERIODS else [],
        }


def _label(subject: str, measure: str) -> str:
    first = subject.partition("·")[0]
    return first if measure in first else f"{first}{measure}"


def _by_key(workspace: Workspace, period: Period, stem: str, field: str, by: tuple[str, ...]) -> dict[_Key, Fact]:
    """What a period states in that column, by what tells a row from the others."""
    from .. import ledger

    folder = workspace.data(period)
    if not by or stem not in ledger.tables(folder):
        return {}
    frame = ledger.shared(folder, stem)
    rows = frame.to_dict("records")
    return {_key(row, by): row[field] for row in rows if isinstance(row[field], Fact) and row[field].stated}


def _key(row: Mapping[Hashable, Any], by: tuple[str, ...]) -> _Key:
    return tuple(bare(row[name]) for name in by)


def _named(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}
