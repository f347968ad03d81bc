"""A period beside the one before and beside the year before (环比, 同比), matched row by row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas

from ..facts import Fact
from ..facts.compare import Change, Kind, change
from ..facts.frame_cells import without_totals
from ..ledger.roles import Role, fields_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    _Row = Mapping[Hashable, Any]

BASES: dict[str, Kind] = {"previous": "环比", "year_before": "同比"}


def with_bases(
    rows: pandas.DataFrame,
    bases: Mapping[str, pandas.DataFrame | None],
    *,
    by: Sequence[str],
    value: str,
    called: Mapping[str, str],
    typed: str = "",
) -> pandas.DataFrame:
    """``rows`` with what earlier periods state of the same thing.

    Added columns: ``previous`` and ``year_before``, the earlier fact or None; ``change``, what to say after the figure
    in a sentence ("" where there is no earlier period); ``change_rate``, the same for a table cell.

    Args:
        bases: ``previous`` and ``year_before`` → that period's rows, None where there is no such period.
        by: the fields that tell what a row is about. value: the field compared. called: what the report calls the
            period of ``previous`` and of ``year_before`` (上月, 上年同期). typed: the field of the rows themselves with what
            the first of ``bases`` stated (上期值), which stands in where that period's rows do not say it.
    """
    compared = rows.copy()
    compared.attrs = dict(rows.attrs)
    found: dict[str, list[_Row]] = {}
    for name in BASES:
        known = _by_key(bases.get(name), by)
        found[name] = [known.get(key, {}) for key in _keys(rows, by)]
        if typed and name == next(iter(bases), ""):
            found[name] = _with_typed(found[name], compared, value, typed)
        compared[name] = pandas.Series([_stated(row, value) for row in found[name]], index=rows.index, dtype=object)
    basis = fields_of(compared, Role.BASIS)
    changes = [
        [
            _change(row, found[name][place], value, kind, basis, called[name])
            for name, kind in BASES.items()
            if bases.get(name) is not None or found[name][place]
        ]
        for place, row in enumerate(compared.to_dict("records"))
    ]
    compared["change"] = [_sentence(each) for each in changes]
    compared["change_rate"] = ["，".join(one.brief for one in each) for each in changes]
    return compared


def _with_typed(found: list[_Row], rows: pandas.DataFrame, value: str, typed: str) -> list[_Row]:
    """The earlier rows; where one does not say the figure, this period's own with the figure typed beside it."""
    own = rows.to_dict("records")
    return [
        before if _stated(before, value) or not row[typed].stated else {**row, value: row[typed]}
        for before, row in zip(found, own, strict=True)
    ]


def totals(rows: pandas.DataFrame, by: str, values: Sequence[str]) -> pandas.DataFrame:
    """One row a kind: the sums of ``values`` over the rows of that kind but a 合计, in the order in which kinds first appear."""
    summed = without_totals(rows, values[0]).groupby(by, sort=False)[list(values)].sum().reset_index()
    summed.attrs = {name: said for name, said in rows.attrs.items() if name != "totals"}
    return summed


def _keys(rows: pandas.DataFrame, by: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(map(str, key)) for key in rows[list(by)].itertuples(index=False, name=None)]


def _by_key(rows: pandas.DataFrame | None, by: Sequence[str]) -> dict[tuple[str, ...], _Row]:
    """The row of each key; a key that stands twice says nothing that could be compared."""
    if rows is None or rows.empty:
        return {}
    keys = _keys(rows, by)
    times = Counter(keys)
    return {key: row for key, row in zip(keys, rows.to_dict("records"), strict=True) if times[key] == 1}


def _stated(row: _Row, value: str) -> Fact | None:
    return row[value] if value in row and row[value].stated else None


def _change(row: _Row, base: _Row, value: str, kind: Kind, basis: Sequence[str], called: str) -> Change:
    """Counts over different spans (口径) are not compared."""
    comparable = not base or all(row[name] == base.get(name, "") for name in basis)
    return change(row[value], _stated(base, value), kind, comparable=comparable, called=called)


def _sentence(changes: list[Change]) -> str:
    said = [text for one in changes if (text := f"{one}")]
    return "".join(f"，{text}" for text in said)
