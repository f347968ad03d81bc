"""Which rows below the headings are records, and what merged cells mean for them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any

from ..findings import Finding
from ..findings.place import letter
from .columns import DATE, FIGURE, TEXT, Ledger
from .distinct import Coded
from .grid import AROUND, Grid

if TYPE_CHECKING:
    import numpy as np


def filled(grid: Grid, ledger: Ledger, places: dict[str, int], first: int) -> np.ndarray:
    """The positions from ``first`` at which something stands in ``places``, the columns of the ledger's fields.

    Required columns are looked at first: what is blank there has to be looked at in the others.
    """
    import numpy as np

    positions = np.arange(first, grid.height)
    blank = np.ones(len(positions), bool)
    required = [places[column.field] for column in ledger.columns if column.required and column.field in places]
    for place in [*required, *(index for index in places.values() if index not in required)]:
        left = np.flatnonzero(blank)
        if not len(left):
            break
        cells = Coded.of(grid.columns[place][positions[left]])
        blank[left[cells.where(lambda text: text.strip(AROUND))]] = False
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


_NO_RECORD = re.compile(
    r"(?:附?注|备注|说明|制表|填[表报][人者]?|(?:填[表报]|报送)(?:单位|科室|日期|时间)|[审复校]核人?|(?:单位)?负责人|联系人|联系电话|日期)"
    r"\s*\d*[：:].*|(?:合计|总计|小计|共计|累计)[：:]?",
    re.DOTALL,
)


def not_records(grid: Grid, ledger: Ledger, places: dict[str, int], positions: np.ndarray) -> dict[int, Finding]:
    """The rows that are none of the ledger's: a note below it, who filled it in, a bare total, one word alone."""
    fields = {place: name for name, place in places.items()}
    found = {}
    for position in _lacking(grid, ledger, places, positions):
        (place, text), *others = [(at, text) for at in sorted(fields) if (text := grid.text(position, at))]
        known = bool(_NO_RECORD.fullmatch(text))
        if known or (not others and ledger.column(fields[place]).kind == TEXT):
            where: dict[str, Any] = {"rows": (position + 1,), "column": place, "value": text}
            found[position] = grid.problem("no-record" if known else "row-of-one-cell", **where)
    return found


def _lacking(grid: Grid, ledger: Ledger, places: dict[str, int], positions: np.ndarray) -> list[int]:
    """The positions at which a required cell is blank, unless it is covered by a merged one."""
    import numpy as np

    lacking = np.zeros(len(positions), bool)
    for column in ledger.columns:
        if column.required and column.field in places and column.kind == TEXT:
            lacking |= Coded.of(grid.columns[places[column.field]][positions]).where(
                lambda text: not text.strip(AROUND)
            )
    covered = {row for top, _, bottom, _ in grid.merges for row in range(top + 1, min(bottom, grid.height) + 1)}
    return [position for position in positions[lacking].tolist() if position not in covered]


def unmerge(
    grid: Grid, ledger: Ledger, places: dict[str, int], first: int, skipped: Container[int]
) -> Iterator[Finding]:
    """Put a text merged over several rows into each of them; the problems: merged figures, and merges across columns.

    Rows in ``skipped`` are not looked at. Cells that a problem is about are told with it.
    """
    fields = {place: name for name, place in places.items()}
    for top, left, bottom, right in grid.merges:
        text = grid.text(top, left)
        if bottom < first or not text or top in skipped:
            continue
        where: dict[str, Any] = {
            "rows": tuple(range(top + 1, min(bottom + 2, grid.height + 1))),
            "column": left,
            "value": text,
        }
        column = ledger.column(fields[left]) if left in fields else None
        is_figure = column is not None and column.kind == FIGURE
        if left != right or is_figure:
            heading = column.heading if column else ""
            yield grid.problem("merged-across" if left != right else "merged-value", heading=heading, **where)
            for place in range(left, right + 1):
                grid.told.setdefault(place, set()).update(where["rows"])
        else:
            grid.columns[left][top : bottom + 1] = text
