"""Where a fact came from: cells of ledgers, joined without cost and spelled out only when printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import NamedTuple
from urllib.parse import quote, unquote

_GRAMMAR = re.compile(r"[\s;%\"<>&]+|#(?=row=)")  # what would break a reference, or the attribute it stands in
_REFERENCE = re.compile(r"(?P<table>\S+?)#row=(?P<first>\d+)(?:-(?P<last>\d+))?(?:;col=(?P<column>\S+))?")

_Column = tuple[str, str]  # a table, and the heading of a column of it; "" is the whole row


class Cell(NamedTuple):
    """A ledger cell: ``tables/indicators.csv``, the column's Chinese heading ("" = the whole row), the row as Excel shows it."""

    table: str
    column: str
    row: int


class Sources:
    """The source cells of one fact.

    One cell, or rows of one column that follow one another, or what several others are together. Joining is constant time,
    so that a sum over a million rows stays linear; the cells are gathered, sorted and written as ranges when asked for.
    """

    __slots__ = ("_column", "_first", "_last", "_parts")

    def __init__(
        self, column: _Column | None = None, first: int = 0, last: int = 0, parts: tuple[Sources, ...] = ()
    ) -> None:
        self._column, self._first, self._last, self._parts = column, first, last, parts

    @classmethod
    def cell(cls, table: str, row: int, column: str = "") -> Sources:
        """One cell, or with no column a whole row."""
        return cls((table, column), int(row), int(row))

    @classmethod
    def down(cls, table: str, rows: Iterable[int], column: str = "") -> Iterator[Sources]:
        """The cells of a column, one a row."""
        each = list(rows)
        return map(cls, repeat((table, column)), each, each)

    @classmethod
    def parse(cls, text: str) -> Sources:
        """Read back what ``str`` wrote.

        Raises:
            ValueError: a reference is not ``table#row=2;col=heading``.
        """
        found: list[Sources] = []
        for reference in text.split():
            match = _REFERENCE.fullmatch(reference)
            if match is None:
                msg = f"{reference!r} is not a source; it is written table#row=2;col=heading"
                raise ValueError(msg)
            column = (unquote(match["table"]), unquote(match["column"] or ""))
            first, last = int(match["first"]), int(match["last"] or match["first"])
            found += [cls(column, first, last)] if first <= last else []
        return cls(parts=tuple(found))

    def __or__(self, other: Sources) -> Sources:
        return Sources(parts=(self, other))

    def moved(self, table: str) -> Sources:
        """The same rows and columns of another table."""
        return Sources(
            parts=tuple(Sources((table, column), first, last) for (_, column), first, last in self._stretches())
        )

    def cells(self) -> list[Cell]:
        """Every cell once, in order of table, column and row."""
        return [Cell(*column, row) for column, rows in self._rows() for row in rows]

    def _rows(self) -> list[tuple[_Column, list[int]]]:
        """Each column and the rows of its cells, in their order."""
        found: dict[_Column, set[int]] = defaultdict(set)
        for column, first, last in self._stretches():
            if first == last:
                found[column].add(first)
            else:
                found[column].update(range(first, last + 1))
        return [(column, sorted(found[column])) for column in sorted(found)]

    def _stretches(self) -> Iterator[tuple[_Column, int, int]]:
        """A column, its first row and its last, of all that these sources are made of."""
        waiting, seen = [self], set()
        while waiting:
            node = waiting.pop()
            if node._column is not None:
                yield node._column, node._first, node._last
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.extend(node._parts)

    def __bool__(self) -> bool:
        return next(self._stretches(), None) is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sources) and self.cells() == other.cells()

    def __hash__(self) -> int:
        return hash(tuple(self.cells()))

    def __str__(self) -> str:
        """``tables/a.csv#row=2;col=数值 tables/b.csv#row=3-9;col=数量``: one reference a run of rows."""
        return self._references(_escaped)

    def text(self, _lang: str = "") -> str:
        """The same in a message, names as they stand in the file: 满意率（%）, not 满意率（%25）."""
        return self._references(str)

    def _references(self, name: Callable[[str], str]) -> str:
        return " ".join(
            f"{name(table)}#row={first}{f'-{last}' if last > first else ''}"
            + (f";col={name(column)}" if column else "")
            for (table, column), rows in self._rows()
            for first, last in _runs(rows)
        )

    def __repr__(self) -> str:
        return f"Sources({str(self)!r})"


def _escaped(name: str) -> str:
    return _GRAMMAR.sub(lambda match: quote(match[0], safe=""), name)


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of the rows that follow one another."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
