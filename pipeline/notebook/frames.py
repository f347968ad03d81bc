"""A ledger's frame as notebooks get it: dates and words know their cells too, and another period's cells say which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from .. import ledger
from ..document.cell_notation import CellNotation
from ..document.source_note import SourceNotes
from ..errors import DataError, WorkspaceError
from ..facts import DateFact, Fact, Sources, StatedWords, TotalFact
from ..facts.printed import word_sources
from ..findings import Finding
from ..ledger.cells_when_asked import cells_of, made, when_asked
from ..ledger.places import keep
from ..ledger.reading import MOST_KEPT
from ..period import Period
from ..workspace import Workspace
from .named_rows import LedgerRows, LedgerRowsWhenAsked

_BLANK = StatedWords()
_NAMED: dict[str, Mapping[str, Any]] = {}  # what people call the ledgers and their columns that were read
word_sources(SourceNotes({"ledgers": _NAMED}).worded)
_KEPT: dict[tuple[str, str, str], tuple[pd.DataFrame, pd.DataFrame]] = {}  # the last one of each ledger


def with_sources(folder: Path, name: str, *, origin: str = "") -> pd.DataFrame:
    """The ledger ``name`` of ``data/PERIOD`` with every date as a ``DateFact``, every text as ``StatedWords``.

    A 编号 is for files and links, not for readers, and stays a ``str``.

    It is one and the same frame as long as its file stays the same: take rows of it or a copy.

    Args:
        origin: where another period's tables stand as seen from this one (``../2020H2/``); put before each source.

    ``attrs["headings"]`` gives the Chinese heading of each field; ``attrs["unfilled"]`` says that it is there and empty.

    Raises:
        UsageError: there is no ledger of that name. DataError: it cannot be read; its problems name the files as its sources do.
    """
    try:
        read = ledger.shared(folder, name)
    except DataError as error:
        if error.code == "ledger-has-errors":
            error.details = tuple(_of_origin(problem, origin) for problem in error.details)
        raise
    known, rows = _KEPT.get((str(folder), name, origin), (None, None))
    if rows is None or known is not read:
        schema = ledger.schema(folder, name)
        rows = _with_sources(read, schema, origin)
        rows.attrs["unfilled"] = rows.empty and schema.stem in ledger.tables(folder)
        if len(rows) <= MOST_KEPT:
            keep(_KEPT, (str(folder), name, origin), (read, made(rows)))
        _NAMED.update(CellNotation.of_frames([rows]).ledgers)
    return rows


def unreadable(workspace: Workspace, period: Period) -> Iterator[Finding]:
    """What cannot be read of the ledgers of an earlier period, or of a month that another is made of: its files, then cells."""
    folder, origin = workspace.data(period), f"../{period}/"
    if set(period.months_within) & set(workspace.periods):  # whether it is made of them its report.toml says
        try:
            workspace.settings(period)
        except WorkspaceError as error:
            yield from () if error.code == "settings-missing" else (error.finding,)
    if broken := ledger.broken_files(folder):
        yield from (_of_origin(problem, origin) for problem in broken)
        return
    for name in ledger.tables(folder):
        try:
            with_sources(folder, name, origin=origin)
        except DataError as error:
            yield from error.details


def _of_origin(problem: Finding, origin: str) -> Finding:
    return replace(problem, place=problem.place._replace(file=origin + problem.place.file))


def _with_sources(read: pd.DataFrame, schema: ledger.Ledger, origin: str) -> LedgerRows:
    source = origin + read.attrs["source"]

    def cells(read: pd.DataFrame, field: str) -> pd.Series:
        column, values = schema.column(field), cells_of(read, field)
        sources = Sources.down(source, read.index.tolist(), column.heading)
        each: list[Any]
        if column.kind == "date":
            each = list(map(DateFact, values, sources))
        elif column.kind == "string" and column.role != ledger.Role.INITIATIVE_CODE:
            each = [StatedWords(text, cell) if text else _BLANK for text, cell in zip(values, sources, strict=True)]
        elif column.kind == "figure" and origin:
            each = [_moved(fact, source) for fact in values]
        else:
            return values
        return pd.Series(each, index=read.index, dtype=object)

    rows = when_asked(LedgerRowsWhenAsked, read, cells)
    rows.attrs = {**read.attrs, "source": source, "file": origin + read.attrs["file"]} | schema.attrs()
    return rows


def _moved(fact: Fact, source: str) -> Any:
    """The same figure as another period's: its cells, and those of its parts, say which."""
    cells = fact.sources.moved(source)
    if isinstance(fact, TotalFact):
        parts = {cell._replace(table=source): _moved(part, source) for cell, part in fact.parts.items()}
        return TotalFact(fact.quantity, cells, fact.derivation, parts=parts)
    return Fact(fact.quantity, cells, fact.derivation)
