"""What a table says once: a unit that all figures of it or of a column have, and words that stand in every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..facts import DateFact, Fact, Sources, StatedWords
from ..facts.element import marked
from ..facts.figure_words import RATES
from ..facts.frame_cells import known_fields, there
from ..facts.stated_words import bare

if TYPE_CHECKING:
    import pandas

_OF_TIME = ("年", "月", "日")  # 2021年 is read as one
_OF_RATES = frozenset(RATES)
_BY_ITSELF = ("未", "无", "不", "持平")  # 均未注明, but 均为当期


class Units(NamedTuple):
    """``table`` is the unit over the table, ``columns`` those in the headings of fields; ``mixed`` fields say it in each cell."""

    table: str
    columns: dict[str, str]
    mixed: frozenset[str]

    def of(self, field: str) -> str:
        """The unit that the cells of a field leave out."""
        return "" if field in self.mixed else self.columns.get(field, self.table)

    def heading(self, field: str, title: str) -> str:
        """The markup of a field's heading with its unit, unless it says it."""
        unit = self.columns.get(field, "")
        return f"{marked(title)}（{marked(unit)}）" if unit and not title.endswith(f"（{unit}）") else marked(title)


def units_of(rows: pandas.DataFrame, fields: Sequence[str], wanted: str) -> Units:
    """The unit that all counts have, the one ``wanted`` where some have it, and those of whole columns beside it.

    A figure that reads as one with its unit (2021年, 第1位, 由64%上升到81%) keeps it, and so do rates and counts of one column.
    """
    figures = {field: [cell for cell in rows[field] if isinstance(cell, Fact) and cell.stated] for field in fields}
    units = {field: {cell.unit for cell in cells} for field, cells in figures.items() if cells}
    there_are = set().union(*units.values()) - {""}
    counted = there_are - _OF_RATES
    one = next(iter(counted)) if len(counted) == 1 else ""
    if wanted:
        table = wanted if not there_are or wanted in there_are else one
    else:
        counts = [cell for cells in figures.values() for cell in cells if cell.unit not in _OF_RATES]
        table = one if _has_one(counts, one) else ""
    columns = {
        field: unit
        for field, (unit, *others) in units.items()
        if not others and unit not in ("", table) and _has_one(figures[field], unit)
    }
    return Units(
        table, columns, frozenset(field for field, own in units.items() if own & _OF_RATES and own - _OF_RATES)
    )


def _has_one(cells: Iterable[Fact], unit: str) -> bool:
    """Whether all have that unit, and none reads as one with it."""
    return unit not in ("", *_OF_TIME) and all(
        cell.unit == unit and not cell.quantity.rank and not cell.quantity.said and cell.quantity.origin is None
        for cell in cells
    )


def constants_of(rows: pandas.DataFrame, fields: Sequence[str]) -> list[str]:
    """The fields whose words or date are the same in all of several rows; figures that are equal are figures still.

    Two columns are left at least.
    """
    if len(rows) < 2:
        return []
    found = [field for field in fields if _is_constant(rows[field].tolist())]
    return found if len(fields) - len(found) > 1 else []


def _is_constant(cells: Sequence[Any]) -> bool:
    worded = all(isinstance(cell, str | DateFact) and str(cell).strip() for cell in cells)
    return worded and len({str(cell) for cell in cells}) == 1


def says_more(rows: pandas.DataFrame, fields: Iterable[str]) -> bool:
    """Whether a table of these fields adds anything to a sentence that has the others: a figure, or words that differ.

    Example:
        >>> rows = reform.table("indicators", measure="办件量")
        >>> says_more(rows, ["value"]), says_more(rows, ["as_of", "basis"])
        (True, False)
    """
    cells = [rows[field].tolist() for field in known_fields(rows, fields)]
    figures = any(isinstance(cell, Fact) and cell.stated for column in cells for cell in column)
    return figures or any(len({str(cell) for cell in column}) > 1 for column in cells)


def remark(constants: Mapping[str, str], rows: pandas.DataFrame, inside: Sequence[bool]) -> str:
    """口径：均未注明；截至：均为2021年6月。 – each with the cells of all rows, of those that may leave where some may not."""
    free = [not one for one in inside] if not all(inside) else [True] * len(rows)
    said = (
        f"{marked(title)}：均{_together([cell for cell, cited in zip(rows[field], free, strict=True) if cited])}"
        for field, title in constants.items()
    )
    return f"{'；'.join(said)}。" if constants else ""


def _together(cells: Sequence[Any]) -> str:
    first = cells[0]
    text = bare(first)
    sources = Sources(parts=tuple(cell.sources for cell in cells if isinstance(cell, DateFact | StatedWords)))
    said: object = text
    if isinstance(first, DateFact):
        said = DateFact(first.when, sources)
    elif isinstance(first, StatedWords) and sources:
        said = StatedWords(text, sources)
    return f"{'' if text.startswith(_BY_ITSELF) else '为'}{marked(said)}"


def gathered(rows: pandas.DataFrame, field: str) -> list[tuple[Any, pandas.DataFrame]]:
    """The rows of each group, those of none first, then in the order in which groups appear; nothing is gathered where
    each group is one row, or all are one group."""
    if not field:
        return []
    groups: dict[str, list[int]] = {"": []}
    for place, cell in enumerate(rows[field]):
        groups.setdefault(bare(cell) if there(cell) else "", []).append(place)
    found = [places for places in groups.values() if places]
    if not 1 < len(found) < len(rows):
        return []
    return [(rows[field].iloc[places[0]], rows.iloc[places]) for places in found]
