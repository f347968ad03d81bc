"""The figures that may stand at the top of the page (要点): each row's label, its figure, and what earlier periods state.

Which of them do stand there is seen when the page is made: only what its text states can be led to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..facts import Fact
from ..facts.element import plain
from ..facts.frame_cells import as_dicts
from ..period import Period
from ..vouch.ledger_record import Record
from ..workspace import Workspace

if TYPE_CHECKING:
    import pandas

_LEAST_PERIODS = 4  # for a line through them


def key_figures(workspace: Workspace, period: Period) -> list[dict[str, Any]]:
    """One entry a figure of the period's ledgers: ``source`` and ``label``, ``value``, ``printed`` with its unit, ``changes``
    in words (环比增长5%), ``past`` the values of all periods up to this one (None where one states none), if there are four."""
    from .. import ledger
    from ..notebook.comparison import BASES, with_bases
    from ..notebook.from_months import ledgers_of

    there = workspace.periods
    alike = [one for one in there if one.kind == period.kind and one < period]
    called = {"previous": period.called.before, "year_before": period.called.year_ago}
    figures: list[dict[str, Any]] = []
    for stem in ledgers_of(workspace, period):
        schema, rows = ledger.schema(workspace.data(period), stem), _rows(workspace, period, stem)
        bases = {name: _rows(workspace, period.bases[kind], stem) if period.bases[kind] in there else None
                 for name, kind in BASES.items() if kind in period.bases}  # fmt: skip
        earlier = [_rows(workspace, one, stem) for one in alike] if len(alike) + 1 >= _LEAST_PERIODS else []
        for column in schema.figures:
            how: dict[str, Any] = {"by": schema.compared_by, "value": column.field, "called": called}
            typed = schema.base_of(column.field)
            has_base = any(base is not None for base in bases.values()) or (
                typed and any(one.stated for one in rows[typed])
            )
            is_known = bool(schema.compared_by) and len(rows) > 0  # a row finds itself in another period
            compared = with_bases(rows, bases, typed=typed, **how) if is_known and has_base else rows
            past = [with_bases(rows, {"previous": one}, **how)["previous"].tolist() for one in earlier if is_known]
            figures += _entries(compared, column.field, period, past)
    return figures


def _rows(workspace: Workspace, period: Period, stem: str) -> pandas.DataFrame:
    from ..notebook.from_months import rows_of

    return rows_of(workspace, period, stem)


def _entries(
    rows: pandas.DataFrame, field: str, period: Period, past: list[list[Fact | None]]
) -> Iterator[dict[str, Any]]:
    attrs = rows.attrs
    for place, (row, values) in enumerate(zip(rows.index.tolist(), as_dicts(rows), strict=True)):
        fact = values[field]
        if not fact.stated:
            continue
        record = Record(attrs["stem"], row, {str(name): value for name, value in values.items()}, attrs["headings"], attrs["roles"])  # fmt: skip
        changes = [one for one in values.get("changes", ()) if one.difference is not None]
        line = [*(column[place] for column in past), fact]
        yield {
            "source": str(fact.sources),
            "label": _label(record, fact, period),
            "value": fact.quantity.plain,
            "printed": str(fact),
            "changes": [f"{one.kind}{plain(one.brief)}" for one in changes],
            "past": _through(line) if past else [],
        }


def _label(record: Record, fact: Fact, period: Period) -> str:
    """Subject and measure; before them the date of a figure that is not this period's."""
    subject, measure, _ = record.about(fact.sources.cells()[0])
    first = subject.partition("·")[0]
    dated = record.dated
    date = str(dated) if dated.last is not None and dated.last < period.first else ""
    return f"{date}{first if measure in first else f'{first}{measure}'}"


def _through(line: list[Fact | None]) -> list[float | None]:
    values = [None if one is None else float(one.value) for one in line]
    return values if sum(one is not None for one in values) >= _LEAST_PERIODS else []
