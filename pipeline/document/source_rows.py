"""What a ``data-source`` names: stretches of rows of a ledger's column."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from ..facts import Cell

_PLACE = re.compile(r"(\d+)(?:-(\d+))?(?:;col=(\S+))?")


class Rows(NamedTuple):
    """A stretch of one column that a source names: rows ``first`` to ``last``."""

    table: str
    column: str
    first: int
    last: int

    @property
    def written(self) -> str:
        """As it stands in the document."""
        last = f"-{self.last}" if self.last > self.first else ""
        return f"{self.table}#row={self.first}{last}" + (f";col={self.column}" if self.column else "")

    @property
    def cell(self) -> Cell | None:
        """The one cell it is, if it is one."""
        return Cell(self.table, self.column, self.first) if self.first == self.last else None


@lru_cache(maxsize=1024)
def rows_of(written: str) -> tuple[Rows, ...]:
    """What a fact's ``data-source`` names; a run of a million rows stays one stretch.

    Raises:
        ValueError: it is not written as sources are.
    """
    return tuple(map(_rows, written.split()))


def only_cell(written: str) -> Cell | None:
    """The cell, where ``data-source`` names exactly one; None also where it is not written as sources are."""
    try:
        stretches = rows_of(written)
    except ValueError:
        return None
    return stretches[0].cell if len(stretches) == 1 else None


def few_cells(written: str, most: int) -> bool:
    """Whether ``data-source`` names no more than ``most`` cells, written as sources are."""
    try:
        return sum(rows.last - rows.first + 1 for rows in rows_of(written)) <= most
    except ValueError:
        return False


def _rows(reference: str) -> Rows:
    table, mark, rest = reference.rpartition("#row=")
    match = _PLACE.fullmatch(rest)
    if not (table and mark and match):
        msg = f"{reference!r} is not a source; it is written table#row=2;col=heading"
        raise ValueError(msg)
    return Rows(unquote(table), unquote(match[3] or ""), int(match[1]), int(match[2] or match[1]))
