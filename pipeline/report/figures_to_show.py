"""The figures that may stand at the top of the page (要点): each row's label, its figure, and what earlier periods state.

Which of them do stand there is seen when the page is made: only what its text states can be led to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..facts import DateFact, Fact, Sources, StatedWords
from ..facts.element import plain
from ..facts.frame_cells import as_dicts, records_of
from ..period import Period
from ..vouch.ledger_record import Record
from ..workspace import Workspace

if TYPE_CHECKING:
    import pandas

_JOINT = re.compile("·(?![^“]*”)(?![^《]*》)")  # a dot within a name joins nothing
_LEAST_PERIODS = 4  # for a line through them


class KeyFigure(NamedTuple):
    """A figure of the period's ledgers.

    ``entry`` says of it ``source`` and ``label``, ``value``, ``printed`` with its unit, ``changes`` in words (环比增长5%), and
    ``past``, the values of all periods up to this one (None where one states none), if there are four; ``cells`` are
    those of a table's row: the label, the figure, what earlier periods state and how it stands to them.
    """

    entry: dict[str, Any]
    cells: dict[str, Any]


def key_figures(workspace: Workspace, period: Period, *, edition: str = "") -> list[KeyFigure]:
    """The figures of the period's ledgers, in their order. An ``entry`` of the ``public`` edition knows no internal rows of
    earlier periods; ``cells`` are for a table, which that edition withholds with them."""
    import numpy

    from .. import ledger
    from ..notebook.comparison import BASES, stated_then, with_bases
    from ..notebook.from_months import ledgers_of, rows_of
    from ..notebook.table_markup import inside

    there = workspace.periods
    alike = [one for one in there if one.kind == period.kind and one < period]
    called = {"previous": period.called.before, "year_before": period.called.year_ago}
    figures: list[KeyFigure] = []

    def then(one: Period, stem: str) -> pandas.DataFrame:
        return rows_of(workspace, one, stem, origin=f"../{one}/")  # as the report of another names its sources

    def may_leave(rows: pandas.DataFrame) -> pandas.DataFrame:
        return rows[~numpy.array(inside(rows), bool)] if edition == "public" and len(rows) else rows

    for stem in ledgers_of(workspace, period):
        schema, rows = ledger.schema(workspace.data(period), stem), rows_of(workspace, period, stem)
        bases = {name: then(period.bases[kind], stem) if period.bases[kind] in there else None
                 for name, kind in BASES.items() if kind in period.bases}  # fmt: skip
        is_known = bool(schema.compared_by) and len(rows) > 0  # a row finds itself in another period
        columns = [column.field for column in schema.figures if any(fact.stated for fact in rows[column.field])]
        is_line = is_known and len(columns) > 0 and len(alike) + 1 >= _LEAST_PERIODS
        earlier = [may_leave(then(one, stem)) for one in alike] if is_line else []
        open_bases = {name: None if base is None else may_leave(base) for name, base in bases.items()}
        for value in columns:
            typed = schema.base_of(value)
            has_base = any(base is not None for base in bases.values()) or (
                typed and any(one.stated for one in rows[typed])
            )
            how: dict[str, Any] = {"by": schema.compared_by, "value": value, "alike": schema.compared_if}
            compared = changed = rows
            if is_known and has_base:
                against: dict[str, Any] = {"called": called, "typed": typed, **how}
                compared = with_bases(rows, bases, **against)
                changed = with_bases(rows, open_bases, **against) if edition == "public" else compared
            past = [stated_then(rows, one, **how) for one in earlier]
            figures += _entries(compared, changed, rows.attrs, value, period, past)
    return figures


def _entries(
    rows: pandas.DataFrame,
    changed: pandas.DataFrame,
    attrs: Mapping[Any, Any],
    field: str,
    period: Period,
    past: list[list[Fact | None]],
) -> Iterator[KeyFigure]:
    """``attrs`` are those of the ledger: of a row what it says itself names its figure, not what it is compared with; how it has
    ``changed`` is said beside it."""
    from ..notebook.comparison import COMPARED

    each = zip(rows.index.tolist(), records_of(rows), as_dicts(rows), as_dicts(changed), strict=True)
    for place, (row, whole, values, other) in enumerate(each):
        fact = values[field]
        if not fact.stated:
            continue
        own = {str(name): value for name, value in values.items() if name in attrs["headings"]}
        record = Record(attrs["stem"], row, own, attrs["headings"], attrs["roles"])
        changes = [one for one in other.get("changes", ()) if one.difference is not None]
        line = [*(column[place] for column in past), fact]
        label = _label(record, fact, period, whole)
        entry = {
            "source": str(fact.sources),
            "label": plain(label),
            "value": fact.quantity.plain,
            "printed": str(fact),
            "changes": [f"{one.kind}{plain(one.brief)}" for one in changes],
            "past": _through(line) if past else [],
        }
        yield KeyFigure(entry, {**{name: values.get(name) for name in COMPARED}, "label": label, "value": fact})


def _label(record: Record, fact: Fact, period: Period, row: Sources) -> str:
    """Subject and measure, in the document words of the row; before them the date of a figure that is not this period's."""
    subject, measure, _ = record.about(fact.sources.cells()[0])
    first = _JOINT.split(subject, maxsplit=1)[0]
    dated = record.dated
    earlier = dated.last is not None and dated.last < period.first
    date = next((cell for cell in record.fields.values() if isinstance(cell, DateFact) and cell.when == dated), dated)
    return f"{date if earlier else ''}{StatedWords(first if measure in first else f'{first}{measure}', row)}"


def _through(line: list[Fact | None]) -> list[float | None]:
    values = [None if one is None else float(one.value) for one in line]
    return values if sum(one is not None for one in values) >= _LEAST_PERIODS else []
