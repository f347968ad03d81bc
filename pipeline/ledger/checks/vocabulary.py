"""Cells one by one: required, allowed values, slugs (by the pandera models), figures and dates (by reading them)."""

from __future__ import annotations

import numpy as np

from ...findings import nearest_of
from ..columns import CHOICE, SLUG, STATED, TEXT, WHEN
from ..model import failures
from ..records import Records
from .halfyear import HalfYear


def cells(half_year: HalfYear) -> None:
    """Report every cell that its column does not allow."""
    for stem, records in half_year.records.items():
        _allowed(stem, records)
        for column in records.ledger.columns:
            if column.kind == STATED:
                records.figures(column.field)
            elif column.kind == WHEN:
                records.dates(column.field)
            elif not records.grid.clean:
                records.coded(column.field)  # looks for characters that no one meant


def _allowed(stem: str, records: Records) -> None:
    tested = [c for c in records.ledger.columns if records.has(c.field) and (c.required or c.kind in (CHOICE, SLUG))]
    texts = {column.heading: records.coded(column.field).values for column in tested if len(records)}
    for heading, code, text in failures(stem, texts):
        column = records.ledger.column(heading)
        if code not in ("required", "choice", "slug"):
            continue  # figures and dates are told with their reason when they are read
        nearest = nearest_of(text, column.choices)
        where = _places(records, column.field, text)
        records.report(code, where, column.field, text, allowed=column.choices, nearest=nearest)


def _places(records: Records, name: str, text: str) -> np.ndarray:
    coded = records.coded(name)
    return coded.positions(coded.values.index(text))


def references(half_year: HalfYear) -> None:
    """Report sections, initiatives and ledgers that do not exist under the name given."""
    for records in half_year.records.values():
        for column in records.ledger.columns:
            if column.kind == TEXT and column.refers_to:
                names = _names(half_year, column.refers_to)
                allowed = names[: len(names) // 2] if column.refers_to != "initiative" else names
                for text in set(records.coded(column.field).values) - {"", *names}:
                    where = _places(records, column.field, text)
                    params = {"allowed": tuple(allowed) or ("—",), "nearest": nearest_of(text, names)}
                    records.report(f"unknown-{column.refers_to}", where, column.field, text, **params)


def _names(half_year: HalfYear, kind: str) -> list[str]:
    """The names a reference of that kind may use: all as a reader knows them, then all as files are called."""
    if kind == "section":
        sections = half_year.workspace.sections
        return [section.title for section in sections] + [section.name for section in sections]
    if kind == "initiative":
        initiatives = half_year.records.get("initiatives")
        return [name for name in initiatives.coded("name").values if name] if initiatives else []
    from ..columns import TABLES

    return [ledger.sheet for ledger in TABLES.values()] + list(TABLES)
