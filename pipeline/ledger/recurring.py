"""Ledgers whose rows come again every period: by what a row is known, and what stands beside its figures of last time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .columns import DATE, FIGURE, Column, Ledger
from .roles import Role

if TYPE_CHECKING:
    from .records import Records

Key = tuple[str, ...]
BASE_HEADING = "上期值"
_ZH = "data 里有上一期台账的，以那里的为准，这里只供对照；没有的，在这里填，作环比的基数。"
_EN = "What the period before stated; the base of 环比 only where `data/` does not hold it."


def keys(ledger: Ledger) -> tuple[str, ...]:
    """The fields by which a row is known again: without a key it is counted with those of the same subject."""
    return ledger.compared_by if ledger.key else ledger.fields(Role.SUBJECT)


def row_keys(records: Records) -> list[Key]:
    """What each row is known again by."""
    parts = [records.coded(name).spread() for name in keys(records.ledger)]
    return [tuple(map(str, key)) for key in zip(*parts, strict=True)]


def recurs(ledger: Ledger) -> bool:
    """Whether the rows come again with other figures: not those of one day, one batch or one event."""
    once = any(ledger.column(name).role == Role.ITEM or _dated(ledger.column(name)) for name in ledger.key)
    return bool(ledger.figures and keys(ledger)) and not ledger.carried and (ledger.yearly or not once)


def _dated(column: Column) -> bool:
    return column.kind == DATE and column.required


def with_base_columns(ledger: Ledger) -> Ledger:
    """The ledger; one whose rows come again has a column of last time's value for each of its figures."""
    if not recurs(ledger):
        return ledger
    taken = {name for column in ledger.columns for name in (column.field, column.heading)}
    bases = (_base(column, alone=len(ledger.figures) == 1) for column in ledger.figures)
    free = (column for column in bases if not taken & {column.field, column.heading})
    return replace(ledger, columns=(*ledger.columns, *free))


def _base(figure: Column, *, alone: bool) -> Column:
    return Column(
        field=f"{figure.field}_before",
        heading=BASE_HEADING if alone else f"上期{figure.heading}",
        role=Role.BASE,
        zh=_ZH,
        en=_EN,
        kind=FIGURE,
        unit=figure.unit,
        unit_from=figure.unit_from,
        base_of=figure.field,
    )


def side_by_side(ledger: Ledger) -> list[Column]:
    """The columns as they are filled in: last time's value stands beside its figure."""
    beside = {column.base_of: column for column in ledger.columns if column.base_of}
    own = [column for column in ledger.columns if not column.base_of]
    return [each for column in own for each in (column, beside.get(column.field)) if each]
