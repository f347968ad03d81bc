"""Tables of a semantic body as calls of the template."""

from __future__ import annotations

from collections.abc import Callable

from ..column_alignment import Columns, alignment, columns_of
from ..table_plan import (
    MOST_OF_A_HEAD,
    Cell,
    TablePlan,
    divisible_rows,
    divisible_spans,
    heading_pieces,
    in_row_of,
    lines_of,
    side_apart,
    table_height,
)


def table_call(cells: list[Cell], plan: TablePlan, written: Callable[[Cell], str], *, whole: bool, again: str) -> str:
    """The call that sets a table under ``plan``; ``written`` gives the markup of a cell's contents.

    A table that is not ``whole`` may be divided between rows. A row that could be taller than a page is divided where the
    page ends, and so is a head that would leave no room under it: such a one is not repeated.

    Args:
        again: what stands over the head on further pages (表1（续）), as Typst.
    """
    placed = columns_of(cells, plan)
    divisible, spans = divisible_rows(cells, plan), divisible_spans(cells, plan)
    heads = [cell for cell in cells if _in_head(cell)]
    repeated = bool(heads) and table_height(heads, plan) <= MOST_OF_A_HEAD

    def cell_call(cell: Cell) -> str:
        open_row = any(row in divisible for row in range(cell.row, cell.row + cell.rows))
        options = [*_spans(cell), *_alignment(cell, placed), *_rule(cell)]
        options += ["breakable: true"] if open_row or cell in spans else []
        call = _cell(cell, plan, options, written(cell), flowing=open_row)
        return f"table.header(level: 2, {call}), " if in_row_of("group", cell.element) else call

    head = "".join(cell_call(cell) for cell in heads)
    body = "".join(cell_call(cell) for cell in cells if not _in_head(cell))
    columns = "".join(f"{width:.2f}pt, " for width in plan.widths)
    continued = "" if whole else f"continued({len(plan.widths)}, {again}), "
    header = f"table.header({continued}{head}), " if repeated else head
    return f"grid-table({plan.size}pt, ({columns}), {header}\n{body})"


def _cell(cell: Cell, plan: TablePlan, options: list[str], written: str, *, flowing: bool) -> str:
    """A cell: its lines are closer together where it has several; in a row that may be divided they flow."""
    long = lines_of(cell, plan) > 1 or "\n" in written
    pieces = [cell.width_of(piece) * plan.size for piece in heading_pieces(cell)]
    heading = f", piece: {max(pieces) if len(pieces) > 1 else 0:.2f}pt" if _heads_rows(cell) else ""
    close = f"close-lines[{written}]" if flowing else f"lines([{written}]{heading})"
    shown = close if long else f"[{written}]"
    faces = ["row-head"] if cell.element.tag == "th" and not _heads_rows(cell) and not _names_record(cell) else []
    faces += ["heading-cell"] if _stands_out(cell) else []
    for face in faces:
        shown = f"{face}({shown})"
    return f"table.cell({', '.join([*options, shown])}), "


def _spans(cell: Cell) -> list[str]:
    return [f"{name}: {count}" for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)) if count > 1]


def _alignment(cell: Cell, columns: Columns) -> list[str]:
    """The options that differ from those of all cells, which are centred."""
    side, inset = alignment(cell, columns)
    if inset:
        return [f"align: {side}, inset: (right: {inset:.2f}pt, left: 2pt)"]
    return [] if side == "center" else [f"align: {side}"]


def _rule(cell: Cell) -> list[str]:
    """A total is set apart from its parts by a stronger rule."""
    if not in_row_of("total", cell.element):
        return []
    return [f"stroke: ({side_apart(cell.element)}: 1.2pt)"]


def _heads_rows(cell: Cell) -> bool:
    """Whether a cell heads the rows under it: those of the table, or of a group."""
    return _in_head(cell) or in_row_of("group", cell.element)


def _stands_out(cell: Cell) -> bool:
    return _heads_rows(cell) or _part(cell) == "thead" or in_row_of("total", cell.element)


def _in_head(cell: Cell) -> bool:
    """Whether a cell stands over a column. A single record set down the page has none: each row is headed by its field."""
    return _part(cell) == "thead" and not _is_record(cell)


def _names_record(cell: Cell) -> bool:
    return _part(cell) == "thead" and cell.column > 0


def _is_record(cell: Cell) -> bool:
    return "record" in next(cell.element.iterancestors("table")).classes


def _part(cell: Cell) -> str:
    return str(next(cell.element.iterancestors("thead", "table")).tag)
