"""Which row of a sheet holds the headings, and which column is which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..findings import Finding, Nearest, nearest_of
from ..findings.place import letter
from .columns import Column, Ledger
from .grid import Grid

SEARCHED_ROWS = 10
_UNIT_IN_HEADING = re.compile(r"(.+?)[(（](.+?)[)）]")
_TITLE_CELLS = 2  # a title or 填报单位 above the headings fills no more


@dataclass
class Headings:
    """Where the fields of a ledger stand: ``first`` is the first data row (from 0), ``places`` field → column index.

    ``unknown`` are headings that no column has, by column index; ``shifted`` the rows whose cells a separator too many has shifted.
    """

    first: int = 0
    places: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    shifted: set[int] = field(default_factory=set)
    problems: list[Finding] = field(default_factory=list)


def find(grid: Grid, ledger: Ledger) -> Headings:
    """The headings of ``ledger`` in ``grid``: one row, or two of which the lower completes the upper.

    A missing optional column is left out; everything in doubt is a problem.
    """
    best = max(_candidates(grid, ledger), key=lambda found: (found[0], -found[2], -found[1]), default=(0, 0, 0))
    known, row, depth = best
    if not known:
        code = "no-headings" if grid.height else "empty-file"
        return Headings(problems=[grid.problem(code, allowed=tuple(ledger.headings()))])
    headings = Headings(first=max([row + depth, *_reaching_down(grid, row + depth - 1)]))
    headings.shifted = grid.shifted(row + depth - 1) if grid.widths else set()
    headings.problems += _shifted(grid, headings, grid.widths[row + depth - 1] if headings.shifted else 0)
    _place(grid, ledger, headings, row, depth)
    _read_as_nearest(grid, ledger, headings, row + depth)
    _look_above(grid, headings, row)
    _missing(grid, ledger, headings)
    return headings


def _candidates(grid: Grid, ledger: Ledger) -> list[tuple[int, int, int]]:
    """(known headings, row, depth) for every place where the headings could be, up to a row that names every column."""
    found, most = [], min(len(grid.columns), len(ledger.columns))
    for row in range(min(SEARCHED_ROWS, grid.height)):
        for depth in (1, 2):
            if row + depth > grid.height:
                continue
            if depth == 1 or any(_spans(grid, row, column) for column in grid.columns):
                names = [_named(grid, ledger, row, depth, column)[0] for column in grid.columns]
                found.append((len({column.field for column in names if column}), row, depth))
        if found[-1] == (most, row, 1):
            break
    return [best for best in found if best[0] >= min(2, len(ledger.columns))]


def _spans(grid: Grid, row: int, column: int) -> bool:
    """Whether a heading of ``row`` is merged downwards or across: only then do the headings take two rows."""
    return any(first <= row < last or (first == row and left != right) for first, left, last, right in grid.merges) or (
        not grid.text(row, column) and bool(grid.text(row + 1, column)) and not grid.merges
    )


def _shifted(grid: Grid, headings: Headings, width: int) -> list[Finding]:
    """Shifted rows; of those with a value beyond the headings that value is told."""
    beyond = [place for place in grid.columns if place >= width]
    silent = [row for row in sorted(headings.shifted) if not any(grid.text(row, place) for place in beyond)]
    return [grid.problem("row-shifted", rows=(row + 1,)) for row in silent]


def _reaching_down(grid: Grid, row: int) -> list[int]:
    """The first row below each heading of ``row`` that is merged over rows below it."""
    return [last + 1 for first, left, last, right in grid.merges if first <= row < last and left == right]


def _named(grid: Grid, ledger: Ledger, row: int, depth: int, column: int) -> tuple[Column | None, str]:
    """The column that the heading at ``column`` names, or None, and the heading as printed."""
    upper, lower = _merged_text(grid, row, column), grid.text(row + 1, column) if depth == 2 else ""
    words = [word for word in (lower, upper, upper + lower) if word]
    for word in words:
        bare = bare_heading(word)
        named = next((each for each in ledger.columns if each.heading == bare), None)
        if named:
            return named, word
    return None, words[0] if words else ""


def _merged_text(grid: Grid, row: int, column: int) -> str:
    """The text of a heading, also where it stands merged over several columns."""
    for first, left, last, right in grid.merges:
        if first <= row <= last and left <= column <= right:
            return grid.text(first, left)
    return grid.text(row, column)


def bare_heading(heading: str) -> str:
    """A heading without blanks, line breaks, a star for required and the unit in parentheses."""
    text = re.sub(r"[\s\u3000*＊：:]", "", heading)
    match = _UNIT_IN_HEADING.fullmatch(text)
    return match[1] if match else text


def _place(grid: Grid, ledger: Ledger, headings: Headings, row: int, depth: int) -> None:
    for index in sorted(grid.columns):
        column, printed = _named(grid, ledger, row, depth, index)
        where: dict[str, Any] = {"rows": (row + depth,), "column": index, "value": printed}
        if column is None:
            if printed:
                headings.unknown[index] = printed
            else:
                headings.problems += _nameless(grid, headings, index)
        elif column.field in headings.places:
            other = letter(headings.places[column.field])
            headings.problems.append(grid.problem("heading-twice", other=other, **where))
        else:
            headings.places[column.field] = index
            headings.problems += _unit_of(grid, column, printed, where)


def _read_as_nearest(grid: Grid, ledger: Ledger, headings: Headings, row: int) -> None:
    """Tell headings that no column has; the column that one was meant for is read there, so that one word is one problem."""
    allowed = tuple(ledger.headings())
    for index, printed in headings.unknown.items():
        near = nearest_of(bare_heading(printed), allowed) or Nearest(_between(ledger, headings, index))
        if near and ledger.column(near).field not in headings.places:
            headings.places[ledger.column(near).field] = index
        where: dict[str, Any] = {"rows": (row,), "column": index, "value": printed}
        headings.problems.append(grid.problem("unknown-heading", nearest=near, allowed=allowed, **where))


def _between(ledger: Ledger, headings: Headings, index: int) -> str:
    """The one heading that belongs between those at both sides and is not there; "" where that is not plain."""
    fields = [column.field for column in ledger.columns]
    at = {place: fields.index(name) for name, place in headings.places.items()}
    before = at.get(index - 1, -1 if index == 0 else None)
    if before is None or at.get(index + 1) != before + 2 or fields[before + 1] in headings.places:
        return ""
    return ledger.columns[before + 1].heading


def _nameless(grid: Grid, headings: Headings, index: int) -> list[Finding]:
    """Values under no heading."""
    cells = grid.columns[index]
    filled = [row for row in range(headings.first, grid.height) if cells[row] and grid.text(row, index)]
    if not filled:
        return []
    rows, value = tuple(row + 1 for row in filled), grid.text(filled[0], index)
    return [grid.problem("value-without-heading", rows=rows, column=index, value=value)]


def _unit_of(grid: Grid, column: Column, printed: str, where: dict[str, Any]) -> list[Finding]:
    """A unit in the heading has to be the column's own."""
    match = _UNIT_IN_HEADING.fullmatch(re.sub(r"\s", "", printed))
    if not match or not column.unit or match[2].removeprefix("单位：").removeprefix("单位:") == column.unit:
        return []
    return [grid.problem("heading-unit", found=match[2], unit=column.unit, **where)]


def _look_above(grid: Grid, headings: Headings, row: int) -> None:
    for above in range(row):
        merged = {
            left  # a group of headings, or a heading that reaches down to the row of headings
            for first, left, last, right in grid.merges
            if first <= above <= last and (left != right or last >= row)
        }
        filled = [column for column in grid.columns if grid.text(above, column) and column not in merged]
        if len(filled) > _TITLE_CELLS:
            value = grid.text(above, filled[0])
            headings.problems.append(grid.problem("text-above", rows=(above + 1,), column=filled[0], value=value))


def _missing(grid: Grid, ledger: Ledger, headings: Headings) -> None:
    for column in ledger.columns:
        if column.required and column.field not in headings.places:
            headings.problems.append(grid.problem("missing-column", rows=(headings.first,), missing=column.heading))
