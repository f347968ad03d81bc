"""Which rows below the headings hold something, and what merged cells mean for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..findings import Finding
from .columns import STATED, Ledger
from .grid import AROUND, Grid

if TYPE_CHECKING:
    import numpy as np


def filled(grid: Grid, ledger: type[Ledger], places: dict[str, int], first: int) -> np.ndarray:
    """The positions from ``first`` at which something stands; ``places`` are the columns of the ledger's fields.

    Required columns are looked at first: what is blank there has to be looked at in the others.
    """
    import numpy as np
    import pandas as pd

    positions = np.arange(first, grid.height)
    blank = np.ones(len(positions), bool)
    required = [places[column.field] for column in ledger.columns if column.required and column.field in places]
    for place in [*required, *(index for index in grid.columns if index not in required)]:
        left = np.flatnonzero(blank)
        if not len(left):
            break
        codes, texts = pd.factorize(grid.columns[place][positions[left]], use_na_sentinel=False)
        some = np.fromiter((bool(str(text).strip(AROUND)) for text in texts), bool, len(texts))
        blank[left[some[codes]]] = False
    return positions[~blank]


def unmerge(grid: Grid, ledger: type[Ledger], places: dict[str, int], first: int) -> Iterator[Finding]:
    """Put a text merged over several rows into each of them; the problems: merged figures, and merges across columns."""
    fields = {place: name for name, place in places.items()}
    for top, left, bottom, right in grid.merges:
        text = grid.text(top, left)
        if bottom < first or not text:
            continue
        where = {"rows": tuple(range(top + 1, bottom + 2)), "column": left, "value": text}
        column = ledger.column(fields[left]) if left in fields else None
        if left != right:
            yield grid.problem("merged-across", **where)
        elif column and column.kind == STATED:
            yield grid.problem("merged-value", heading=column.heading, **where)
        else:
            grid.columns[left][top : bottom + 1] = text
