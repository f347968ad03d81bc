"""Where a fact came from: cells of ledgers, joined without cost and spelled out only when printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote

_GRAMMAR = re.compile(r"[\s;%\"<>&]+|#(?=row=)")  # what would break a reference, or the attribute it stands in
_REFERENCE = re.compile(r"(?P<table>\S+?)#row=(?P<first>\d+)(?:-(?P<last>\d+))?(?:;col=(?P<column>\S+))?")


class Cell(NamedTuple):
    """A ledger cell: ``tables/indicators.csv``, the column's Chinese heading ("" = the whole row), the row as Excel shows it."""

    table: str
    column: str
    row: int


class Sources:
    """The source cells of one fact.

    Joining is constant time, so that a sum over a million rows stays linear; the cells are gathered,
    sorted and written as ranges when asked for.
    """

    __slots__ = ("_cells", "_parts")

    def __init__(self, cells: tuple[Cell, ...] = (), parts: tuple[Sources, ...] = ()) -> None:
        self._cells, self._parts = cells, parts

    @classmethod
    def cell(cls, table: str, row: int, column: str = "") -> Sources:
        """One cell, or with no column a whole row."""
        return cls((Cell(table, column, int(row)),))

    @classmethod
    def parse(cls, text: str) -> Sources:
        """Read back what ``str`` wrote.

        Raises:
            ValueError: a reference is not ``table#row=2;col=heading``.
        """
        cells: list[Cell] = []
        for reference in text.split():
            match = _REFERENCE.fullmatch(reference)
            if match is None:
                msg = f"{reference!r} is not a source; it is written table#row=2;col=heading"
                raise ValueError(msg)
            first = int(match["first"])
            rows = range(first, int(match["last"] or first) + 1)
            cells += (Cell(unquote(match["table"]), unquote(match["column"] or ""), row) for row in rows)
        return cls(tuple(cells))

    def __or__(self, other: Sources) -> Sources:
        return Sources(parts=(self, other))

    def cells(self) -> list[Cell]:
        """Every cell once, in order of table, column and row."""
        return sorted(set(self._walk()))

    def _walk(self) -> Iterator[Cell]:
        waiting, seen = [self], set()
        while waiting:
            node = waiting.pop()
            if id(node) not in seen:
                seen.add(id(node))
                yield from node._cells
                waiting.extend(node._parts)

    def __bool__(self) -> bool:
        return next(self._walk(), None) is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sources) and self.cells() == other.cells()

    def __hash__(self) -> int:
        return hash(tuple(self.cells()))

    def __str__(self) -> str:
        """``tables/a.csv#row=2;col=数值 tables/b.csv#row=3-9;col=数量``: one reference a run of rows."""
        return " ".join(
            f"{_escaped(first.table)}#row={first.row}{f'-{last}' if last > first.row else ''}"
            + (f";col={_escaped(first.column)}" if first.column else "")
            for first, last in _runs(self.cells())
        )

    def __repr__(self) -> str:
        return f"Sources({str(self)!r})"


def _escaped(name: str) -> str:
    return _GRAMMAR.sub(lambda match: quote(match[0], safe=""), name)


def _runs(cells: list[Cell]) -> Iterator[tuple[Cell, int]]:
    """Neighbouring rows of one column together: their first cell and their last row."""
    first: Cell | None = None
    last = 0
    for cell in cells:
        if first is not None and cell[:2] == first[:2] and cell.row == last + 1:
            last = cell.row
            continue
        if first is not None:
            yield first, last
        first, last = cell, cell.row
    if first is not None:
        yield first, last
