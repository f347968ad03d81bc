"""Rows of a ledger under both names of their fields: value and 数值; a name that they have not is told with the nearest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any

import pandas
from pandas.api.typing import DataFrameGroupBy

from ..document.markup import FOR_THE_ANALYST
from ..errors import FactError
from ..facts.frame_cells import as_read, field_named, known_fields, refuse_missing
from ..facts.stated_words import bare
from ..findings import Said, language, nearest_of
from ..findings.words import few
from ..ledger.cells_when_asked import Cells, RowsWhenAsked
from ..ledger.columns import Shared


class _SaysOfItself:
    """What rows say of themselves, their own with each frame made of another, but not copied to its depth as pandas would:
    that takes longer than choosing the rows."""

    _attrs: Shared

    @property
    def attrs(self) -> Shared:
        """Headings, roles, source of the ledger and the like."""
        return self._attrs

    @attrs.setter
    def attrs(self, said: Mapping[Any, Any]) -> None:
        self._attrs = Shared(said)


class LedgerRows(_SaysOfItself, pandas.DataFrame):  # type: ignore[misc]  # attrs is a narrower dict here
    """A frame whose fields go by their English names and by their headings: ``rows.value``, ``rows["数值"]``, ``row.数值``."""

    @property
    def _constructor(self) -> type[LedgerRows]:
        return LedgerRows

    @property
    def _constructor_sliced(self) -> type[LedgerCells]:
        return LedgerCells

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_fields(self, key))

    def __getattr__(self, name: str) -> Any:  # type: ignore[misc]  # final for stubs only: pandas asks it for columns
        return self[field] if (field := _headed(self, name)) else _found(self, super().__getattr__, name)

    def __dir__(self) -> Iterable[str]:
        return [*super().__dir__(), *(each for each in headings(self) if each.isidentifier())]

    def groupby(self, by: Any = None, *args: Any, **named: Any) -> Any:
        """As pandas groups, by fields or headings."""
        groups = super().groupby(_fields(self, by), *args, **named)
        groups.__class__ = LedgerGroups
        return groups

    def sort_values(self, by: Any, *args: Any, **named: Any) -> Any:
        """As pandas sorts, by fields or headings."""
        return super().sort_values(_fields(self, by), *args, **named)

    def itertuples(self, index: bool = True, name: str | None = "Row") -> Iterator[Any]:
        """As pandas goes through rows; each knows its cells by both names."""
        rows = super().itertuples(index=index, name=name)
        first = next(rows, None)
        if first is None or name is None:
            return iter(() if first is None else [first, *rows])
        kind: Any = type(name, (type(first),), {"__slots__": (), "__getattr__": _cell_of(self, int(index))})
        return (kind._make(row) for row in (first, *rows))

    def __repr__(self) -> str:
        return repr(as_read(self))

    def _repr_html_(self) -> str:
        hint = self.attrs.get("nothing") or Said("show-with-table")
        table = as_read(self)._repr_html_()  # type: ignore[operator]  # pandas does not say
        return f'{table}<p class="{FOR_THE_ANALYST}">{escape(hint.text(language()))}</p>'


class LedgerRowsWhenAsked(LedgerRows, RowsWhenAsked):  # type: ignore[misc]  # attrs is a narrower dict here
    """Such rows before their cells are made."""


class LedgerGroups(DataFrameGroupBy):  # type: ignore[type-arg]  # it takes none when it runs
    """Groups of such rows."""

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_fields(self.obj, key))

    def __getattr__(self, name: str) -> Any:
        return self[field] if (field := _headed(self.obj, name)) else super().__getattr__(name)


class LedgerCells(_SaysOfItself, Cells):  # type: ignore[misc]  # attrs is a narrower dict here
    """A row or a column of such a frame."""

    @property
    def _constructor(self) -> type[LedgerCells]:
        return LedgerCells

    @property
    def _constructor_expanddim(self) -> type[LedgerRows]:
        return LedgerRows

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_fields(self, key) if _has_fields(self) else key)

    def __getattr__(self, name: str) -> Any:  # type: ignore[misc]  # final for stubs only: pandas asks it for columns
        return self[field] if (field := _headed(self, name)) else _found(self, super().__getattr__, name)

    def __repr__(self) -> str:
        return repr(as_read(self.to_frame()).iloc[:, 0])

    def __format__(self, spec: str) -> str:
        if sys._getframe(1).f_globals.get("__name__", "").startswith("pandas."):  # a message of its own
            return super().__format__(spec)
        raise FactError("column-in-words", name=str(self.name), number=len(self))


def headings(rows: pandas.DataFrame) -> list[str]:
    """The headings by which its fields go, too."""
    return [heading for field, heading in rows.attrs.get("headings", {}).items() if field in rows and heading != field]


def those_with(rows: pandas.DataFrame, field: str, value: object) -> pandas.DataFrame:
    """The rows that have that value in a field; where none has, they say so when they are shown."""
    found = rows[rows[field] == value]
    if len(rows) and not len(found):
        found.attrs["nothing"] = _nothing_such(rows, field, value)
    return found


def _nothing_such(rows: pandas.DataFrame, field: str, value: object) -> Said:
    values = list(dict.fromkeys(bare(cell) for cell in rows[field] if bare(cell)))
    near = nearest_of(bare(value), values)
    return Said("no-such-value", field=field, value=bare(value), nearest=near, allowed=few(values) if values else "—")


def _cell_of(rows: pandas.DataFrame, before: int) -> Callable[[Any, str], Any]:
    """How a named tuple of a row, with so many values before its cells, finds a cell that it does not know by the name."""

    def cell_of(row: Any, name: str) -> Any:
        [field] = known_fields(rows, [name])
        return row[before + rows.columns.tolist().index(field)]

    return cell_of


def _headed(rows: Any, name: str) -> str:
    """The field whose heading ``name`` is; "" where it is none."""
    field = name if name.startswith("_") or name in rows else field_named(rows, name)
    return "" if field == name else field


def _found(rows: Any, find: Callable[[str], Any], name: str) -> Any:
    """What pandas calls so; where it has nothing, the nearest name is told."""
    try:
        return find(name)
    except AttributeError:
        if name.startswith("_") or not _has_fields(rows):
            raise
    return refuse_missing(rows, [name], Said("rows-given"))


def _fields(rows: Any, key: Any) -> Any:
    """``key`` with fields in place of headings; what is neither a name nor names is as it was.

    Raises:
        UnknownField: a name is of no field.
    """
    if isinstance(key, str):
        return key if key in rows else _each(rows, [key])[0]
    return _each(rows, key) if isinstance(key, list) and any(isinstance(one, str) for one in key) else key


def _each(rows: Any, keys: list[Any]) -> list[Any]:
    known_fields(rows, [key for key in keys if isinstance(key, str) and key not in rows.index.names])
    return [field_named(rows, key) if isinstance(key, str) else key for key in keys]


def _has_fields(rows: Any) -> bool:
    """Whether these are rows or one row: of a column the labels are numbers of rows."""
    return not isinstance(rows, LedgerCells) or any(field in rows for field in rows.attrs.get("headings", ()))
