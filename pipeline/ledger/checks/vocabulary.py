"""Cells one by one: required, allowed values and slugs by their columns, figures and dates by reading them."""

from __future__ import annotations

import numpy as np

from ...findings import nearest_of
from ..columns import DATE, FIGURE, TEXT, Column
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .stated_rows import SUMMED


def cells(opened: OpenedPeriod) -> None:
    """Report every cell that its column does not allow."""
    for records in opened.records.values():
        cells_of(records)


def cells_of(records: Records) -> None:
    """Report every cell of one table that its column does not allow."""
    _allowed(records)
    for column in records.ledger.columns:
        if column.kind == FIGURE:
            records.figures(column.field)
        elif column.kind == DATE:
            records.dates(column.field)
        elif not records.grid.clean:
            records.coded(column.field)  # looks for characters that no one meant


def _allowed(records: Records) -> None:
    for column in records.ledger.columns if len(records) else ():
        if records.has(column.field):
            for text in records.coded(column.field).values if _held(column) else ():
                code = column.fault(text)
                if code:
                    params = {"allowed": column.choices, "nearest": nearest_of(text, column.choices)}
                    where = _places(records, column.field, text)
                    if code == "required" and (base := records.ledger.base_of(column.field)):
                        where = where[
                            records.coded(base).where(lambda beside: not beside)[where]
                        ]  # else told as not filled in
                    if len(where):
                        records.report(code, where, column.field, text, **params)


def _held(column: Column) -> bool:
    """Whether a text by itself may be refused: the many of other columns need not be looked at."""
    return column.required or bool(column.choices) or column.role == Role.INITIATIVE_CODE


def _places(records: Records, name: str, text: str) -> np.ndarray:
    coded = records.coded(name)
    return coded.positions(coded.values.index(text))


def references(opened: OpenedPeriod) -> None:
    """Report sections, initiatives and ledgers that do not exist under the name given."""
    for records in opened.records.values():
        for column in records.ledger.columns:
            if column.kind == TEXT and column.refers_to:
                names = _names(opened, column.refers_to)
                allowed = names[: len(names) // 2] if column.refers_to != "initiative" else names
                for text in set(records.coded(column.field).values) - {"", *names}:
                    if column.role == Role.INITIATIVE and SUMMED.search(text):
                        continue  # a total over them is none of them
                    where = _places(records, column.field, text)
                    params = {"allowed": tuple(allowed) or ("—",), "nearest": nearest_of(text, names)}
                    records.report(f"unknown-{column.refers_to}", where, column.field, text, **params)


def _names(opened: OpenedPeriod, kind: str) -> list[str]:
    """The names a reference of that kind may use: all as a reader knows them, then all as files are called."""
    if kind == "section":
        sections = opened.workspace.sections
        return [section.title for section in sections] + [section.name for section in sections]
    if kind == "initiative":
        named = opened.having(Role.INITIATIVE_NAME)
        return [name for records, field in named for name in records.coded(field).values if name]
    return [*opened.places.ledgers.sheets, *opened.places.ledgers]


CHECKS = (
    cells,
    references,
)
