"""Cells of a frame of facts: which fields there are, and whether a cell is there at all."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UnknownField
from ..findings import Said, nearest_of
from .sources import Sources
from .stated_words import bare

if TYPE_CHECKING:
    import pandas
    from typing_extensions import TypeIs


def refuse_missing(rows: pandas.DataFrame, fields: Iterable[str], what: Said) -> None:
    """Refuse fields that the rows do not have.

    Raises:
        UnknownField: names them, those there are, and the nearest.
    """
    missing = [field for field in fields if field_named(rows, field) not in rows]
    if missing:
        there, headings = list(map(str, rows.keys())), rows.attrs.get("headings", {})
        near = nearest_of(missing[0], [*there, *headings.values()])
        both = [f"{field}（{headings[field]}）" if headings.get(field, field) != field else field for field in there]
        raise UnknownField("no-column", what=what, missing=missing, there=both, nearest=near)


def known_fields(rows: pandas.DataFrame, names: Iterable[str], what: Said | None = None) -> list[str]:
    """The fields that are called so, by themselves or by their headings.

    Raises:
        UnknownField: there is none of a name.
    """
    names = list(names)
    refuse_missing(rows, names, what or Said("rows-given"))
    return [field_named(rows, name) for name in names]


def headed(rows: pandas.DataFrame, columns: Mapping[str, str] | Iterable[str]) -> dict[str, str]:
    """Field → what stands above its column: as given, or as the ledger calls it where names alone are given."""
    if isinstance(columns, Mapping):
        return {field_named(rows, name): head for name, head in columns.items()}
    fields = [field_named(rows, name) for name in columns]
    return {field: rows.attrs.get("headings", {}).get(field, field) for field in fields}


def field_named(rows: pandas.DataFrame, name: str) -> str:
    """The field that is called so, by itself or by its heading in the ledger; ``name`` itself where there is none."""
    if name in rows:
        return name
    fields: dict[str, str] = {head: field for field, head in rows.attrs.get("headings", {}).items() if field in rows}
    return fields.get(name, name)


def records_of(rows: pandas.DataFrame) -> Iterator[Sources]:
    """What each row is a record of: that row of its ledger, or those of the months' ledgers that it was made of."""
    made = rows.attrs.get("records")
    return (
        map(made.__getitem__, rows.index.tolist()) if made else Sources.down(rows.attrs["source"], rows.index.tolist())
    )


def is_frame(rows: object) -> TypeIs[pandas.DataFrame]:
    """Whether ``rows`` is a frame, told without loading pandas."""
    return hasattr(rows, "itertuples")


def there(cell: Any) -> bool:
    """Whether there is a cell at all: a merge leaves None or NaN where nothing matched."""
    return cell is not None and not (isinstance(cell, float) and cell != cell)


def as_read(rows: pandas.DataFrame) -> pandas.DataFrame:
    """The rows as a reader sees them: text without markup or sources."""
    from pandas import DataFrame

    return DataFrame(rows).map(lambda cell: bare(cell) if there(cell) else "")


def as_dicts(rows: pandas.DataFrame) -> list[dict[Hashable, Any]]:
    """Each row, its cells by field: what ``to_dict`` gives, which looks at the type of each cell and takes thirty times as long."""
    return [dict(zip(rows.columns, cells, strict=True)) for cells in rows.to_numpy(object).tolist()]


def stated(rows: pandas.DataFrame, field: str) -> pandas.DataFrame:
    """The rows whose field states a number: blank, ``/`` and 不适用 are left out.

    Raises:
        FactError: the rows have no such field.

    Example:
        >>> rows = reform.table("indicators")
        >>> len(rows), len(stated(rows, "value"))
        (16, 6)
    """
    refuse_missing(rows, [field], Said("rows-given"))
    return rows[
        rows[field].map(lambda cell: bool(getattr(cell, "stated", False))).astype(bool)
    ]  # None and NaN state nothing


def is_total(rows: pandas.DataFrame, field: str) -> pandas.Series:
    """Which rows of a ledger's frame are, in that field, the total of others: by name, and because these come to it.

    Where only totals are left of a ledger they are what is wanted, and none is told.
    """
    totals = rows.attrs.get("totals", {}).get(field_named(rows, field), ()) if rows.index.name == "row" else ()
    found = rows.index.isin(totals)
    return rows.index.to_series().isin(totals if not found.all() else ())


def without_totals(rows: pandas.DataFrame, field: str) -> pandas.DataFrame:
    """The rows that are parts in that field: what may be added up or drawn side by side."""
    total = is_total(rows, field)
    return rows[~total] if total.any() else rows
