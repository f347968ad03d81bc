"""Tables of a semantic body as calls of the template."""

from __future__ import annotations

from collections.abc import Callable

from ..column_alignment import Columns, alignment, columns_of
from ..table_plan import MOST_OF_A_HEAD, Cell, TablePlan, divisible_rows, divisible_spans, lines_of, table_height


def table_call(cells: list[Cell], plan: TablePlan, written: Callable[[Cell], str], *, whole: bool) -> str:
    """The call that sets a table under ``plan``; ``written`` gives the markup of a cell's contents.

    Rows of a ``whole`` table grow by half a line of the page, of one that may break by whole lines: the text after it
    stands on the grid either way. A row that could be taller than a page is divided where the page ends, and so is a
    head that would leave no room under it: such a one is not repeated.
    """
    placed, step = columns_of(cells, plan), 0.5 if whole else 1
    divisible, spans = divisible_rows(cells, plan), divisible_spans(cells, plan)
    heads = [cell for cell in cells if _in_head(cell)]
    repeated = bool(heads) and table_height(heads, plan) <= MOST_OF_A_HEAD

    def cell_call(cell: Cell) -> str:
        open_row = any(row in divisible for row in range(cell.row, cell.row + cell.rows))
        options = [*_spans(cell), *_alignment(cell, placed)]
        options += ["breakable: true"] if open_row or cell in spans else []
        return _cell(cell, plan, options, 0 if open_row else step, written(cell))

    head = "".join(cell_call(cell) for cell in heads)
    body = "".join(cell_call(cell) for cell in cells if not _in_head(cell))
    columns = "".join(f"{width:.2f}pt, " for width in plan.widths)
    header = f"table.header({head}), " if repeated else head
    return f"grid-table({plan.size}pt, ({columns}), {header}\n{body})"


def _cell(cell: Cell, plan: TablePlan, options: list[str], step: float, written: str) -> str:
    """A cell: its lines are closer together where it has several; in a row that may be divided they flow."""
    long = lines_of(cell, plan) > 1 or "\n" in written
    heading = "true" if _in_head(cell) else "false"
    flowing = f"close-lines[{written}]" if step == 0 else f"lines({step}, {heading}, [{written}])"
    shown = flowing if long else f"[{written}]"
    face = "heading-cell" if _in_head(cell) else "row-head" if cell.element.tag == "th" else ""
    return f"table.cell({', '.join([*options, f'{face}({shown})' if face else shown])}), "


def _spans(cell: Cell) -> list[str]:
    return [f"{name}: {count}" for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)) if count > 1]


def _alignment(cell: Cell, columns: Columns) -> list[str]:
    """The options that differ from those of all cells, which are centred."""
    side, inset = alignment(cell, columns)
    if inset:
        return [f"align: {side}, inset: (right: {inset:.2f}pt, left: 2pt)"]
    return [] if side == "center" else [f"align: {side}"]


def _in_head(cell: Cell) -> bool:
    return next(cell.element.iterancestors("thead", "table")).tag == "thead"
