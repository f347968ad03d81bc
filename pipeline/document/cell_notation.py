"""Cells as people write them: 指标!E5, the sheet's name and the letter and number that Excel shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..findings import nearest_of
from .source_rows import Rows, only_cell, rows_of

if TYPE_CHECKING:
    import pandas

_CELL = re.compile(r"(?P<letter>[A-Za-z]{0,3})(?P<first>\d*)(?::[A-Za-z]{0,3}(?P<last>\d+))?")
_CELL_BEHIND = re.compile(r"[!！](?=[^!！]*$)")
_EARLIER = re.compile(r"\.\./(?P<period>[^/]+)/")


class CellsAsked(NamedTuple):
    """Cells that somebody asks for, of one ledger: ``column`` is a heading ("": any), no rows mean all of them."""

    table: str
    column: str = ""
    first: int = 0
    last: int = 0

    def touches(self, rows: Rows) -> bool:
        """Whether some rows of a column are among them; a source without a column is whole rows."""
        in_rows = not self.first or (rows.first <= self.last and rows.last >= self.first)
        return rows.table == self.table and in_rows and (not self.column or rows.column in ("", self.column))

    @property
    def whole_rows(self) -> CellsAsked:
        """All cells of their rows."""
        return self._replace(column="")

    def in_its_period(self, period: str) -> tuple[str, CellsAsked]:
        """The period whose ledger it is, and the same cells as that period's own report names them.

        Args:
            period: that of the report that names them so: of it the ledgers of others are ``../2020H2/…``.
        """
        earlier = _EARLIER.match(self.table)
        return (earlier["period"], self._replace(table=self.table[earlier.end() :])) if earlier else (period, self)


class CellNotation:
    """The notation of some ledgers; another period's cells bear its name before: 2020H2 指标!E5.

    Args:
        ledgers: source → ``{"sheet": …, "names": [other names of it], "letters": {heading: letter}}``, as a stitched
            notebook has it under ``metadata.halfyear.ledgers``.
    """

    def __init__(self, ledgers: Mapping[str, Mapping[str, Any]]) -> None:
        self.ledgers = ledgers

    @classmethod
    def of_frames(cls, frames: Iterable[pandas.DataFrame]) -> CellNotation:
        """The notation of the ledgers that some frames hold."""
        return cls({str(frame.attrs["source"]): _named(frame.attrs) for frame in frames})

    def written(self, sources: str) -> str:
        """The cells of a ``data-source``, blanks between them; as they stand where they cannot be read or are not known."""
        try:
            return " ".join(dict.fromkeys(map(self.of, rows_of(sources))))
        except ValueError:
            return sources

    def of(self, rows: Rows) -> str:
        """One stretch: 指标!E5, 指标!E5:E9, whole rows 指标!5:9."""
        known = self.ledgers.get(rows.table)
        if known is None or (rows.column and rows.column not in known["letters"]):
            return rows.written
        letter, earlier = known["letters"].get(rows.column, ""), _EARLIER.match(rows.table)
        cells = f"{letter}{rows.first}" + (f":{letter}{rows.last}" if rows.last > rows.first or not letter else "")
        return f"{earlier['period'] + ' ' if earlier else ''}{known['sheet']}!{cells}"

    def read(self, text: str) -> CellsAsked | None:
        """The cells that are meant, by the name of the sheet, the ledger or its file, or as a ``data-source`` has them;
        None where no ledger is named so."""
        if "#" in text and (source := only_cell(text)) is not None and source.table in self.ledgers:
            return CellsAsked(source.table, source.column, source.row, source.row)
        name, *cell = _CELL_BEHIND.split(text.strip())
        period, _, sheet = name.strip("'").rpartition(" ")
        table = self._table(sheet, period) or self._table(f"{period} {sheet}".strip(), "")
        match = _CELL.fullmatch(unicodedata.normalize("NFKC", cell[0]).replace("$", "")) if cell else None
        if not table or (cell and match is None):
            return None
        if match is None:
            return CellsAsked(table)
        first = int(match["first"] or 0)
        return CellsAsked(table, self._heading(table, match["letter"].upper()), first, int(match["last"] or first))

    def near(self, text: str) -> str:
        """The sheet whose name is close to what was written."""
        return nearest_of(_CELL_BEHIND.split(text)[0], self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets there are."""
        return tuple(dict.fromkeys(known["sheet"] for known in self.ledgers.values()))

    def _table(self, name: str, period: str) -> str:
        for source, known in self.ledgers.items():
            earlier = _EARLIER.match(source)
            own = source[earlier.end() :] if earlier else source
            names = (known["sheet"], *known["names"], own, own.rpartition("/")[2])
            if name in names and period == (earlier["period"] if earlier else ""):
                return source
        return ""

    def _heading(self, table: str, letter: str) -> str:
        letters = self.ledgers[table]["letters"].items()
        return next((heading for heading, has in letters if has == letter), letter)


def _named(attrs: Mapping[Any, Any]) -> dict[str, Any]:
    headings, letters = attrs.get("headings", {}), attrs.get("letters", {})
    return {
        "sheet": str(attrs.get("sheet") or attrs["source"]),
        "names": [str(attrs[name]) for name in ("called", "stem") if attrs.get(name)],
        "letters": {headings.get(field, field): letter for field, letter in letters.items()},
    }
