"""Which rows below the headings hold something, and what merged cells mean for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..findings import Finding
from ..findings.place import letter
from .columns import DATE, FIGURE, Ledger
from .grid import AROUND, Grid

if TYPE_CHECKING:
    import numpy as np


def filled(grid: Grid, ledger: Ledger, places: dict[str, int], first: int) -> np.ndarray:
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


_OF_FIGURES = ("number-format", "rounded")  # what is no fault where words are wanted


def as_words(grid: Grid, ledger: Ledger, places: dict[str, int]) -> None:
    """Where a ledger wants words, a number under a format is what stands in its cell: 007, 1,250.50, 2021年6月."""
    for name, place in places.items():
        words = grid.words.get(place)
        if words and ledger.column(name).kind not in (FIGURE, DATE):
            grid.columns[place][list(words)] = list(words.values())
            grid.told.pop(place, None)
            grid.problems = [each for each in grid.problems if not _is_of_figures(each, letter(place), words)]


def _is_of_figures(problem: Finding, column: str, words: dict[int, str]) -> bool:
    same = problem.place.column == column and problem.code in _OF_FIGURES
    return same and all(row - 1 in words or problem.code == "rounded" for row in problem.place.rows)


def unmerge(grid: Grid, ledger: Ledger, places: dict[str, int], first: int) -> Iterator[Finding]:
    """Put a text merged over several rows into each of them; the problems: merged figures, and merges across columns."""
    fields = {place: name for name, place in places.items()}
    for top, left, bottom, right in grid.merges:
        text = grid.text(top, left)
        if bottom < first or not text:
            continue
        where: dict[str, Any] = {
            "rows": tuple(range(top + 1, min(bottom + 2, grid.height + 1))),
            "column": left,
            "value": text,
        }
        column = ledger.column(fields[left]) if left in fields else None
        if left != right:
            yield grid.problem("merged-across", **where)
        elif column and column.kind == FIGURE:
            yield grid.problem("merged-value", heading=column.heading, **where)
        else:
            grid.columns[left][top : bottom + 1] = text
