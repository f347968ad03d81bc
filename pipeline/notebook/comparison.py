"""A period beside the one before and beside the year before (环比, 同比), matched row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas

from ..facts import Fact
from ..facts.compare import NO_BASE, Change, Kind, change
from ..facts.frame_cells import as_dicts, without_totals
from ..facts.stated_words import bare
from ..ledger.columns import Shared
from ..ledger.roles import Role, fields_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from ..period import Period

    _Row = Mapping[Hashable, Any]

YEAR_SO_FAR = "本年累计"
BASES: dict[str, Kind] = {"previous": "环比", "year_before": "同比"}
COMPARED = tuple(field for name in BASES for field in (name, f"{name}_change"))  # of a table, in their order


def with_bases(
    rows: pandas.DataFrame,
    bases: Mapping[str, pandas.DataFrame | None],
    *,
    by: Sequence[str],
    value: str,
    called: Mapping[str, str],
    typed: str = "",
    alike: Sequence[str] = (),
) -> pandas.DataFrame:
    """``rows`` with what earlier periods state of the same thing.

    Added columns: ``previous`` and ``year_before``, the earlier fact or None; ``change``, what to say after the figure
    in a sentence ("" where there is no earlier period); ``change_rate``, the same for a table cell; ``changes``, each change;
    ``previous_change`` and ``year_before_change``, each as a figure with its sign, or why there is none.

    Args:
        bases: ``previous`` and ``year_before`` → that period's rows, None where there is no such period.
        by: the fields that tell what a row is about. value: the field compared. called: what the report calls the
            period of ``previous`` and of ``year_before`` (上月, 上年同期). typed: the field of the rows themselves with what
            the first of ``bases`` stated (上期值), which stands in where that period's rows do not say it.
            alike: the fields that must say the same for figures to be compared, besides 口径 (``compared_if``).
    """
    compared = rows.copy()
    compared.attrs = dict(rows.attrs)
    added = {"previous": called["previous"], "year_before": called["year_before"], "change_rate": "增减"}
    compared.attrs["headings"] = Shared({**added, **rows.attrs.get("headings", {})})
    basis = (*fields_of(compared, Role.BASIS), *alike)
    called_here = {name: compared.attrs["headings"].get(name, name) for name in alike}
    own = as_dicts(rows)
    found: dict[str, list[_Row | None]] = {}
    for name, kind in BASES.items():
        known = _by_key(bases.get(name), by)
        then: list[_Row | None] = [_alike(known.get(_key(row, by), ()), row, basis) for row in own]
        if typed and name == next(iter(bases), ""):
            then = _with_typed(then, own, value, typed)
        is_told = bases.get(name) is not None
        found[name] = [
            before if (before or is_told) and _has(kind, row, basis) else None  # an empty row is of what was not there
            for before, row in zip(then, own, strict=True)
        ]
        stated = [_stated(before, value) if before else None for before in found[name]]
        compared[name] = pandas.Series(stated, index=rows.index, dtype=object)
    changes = [
        [
            _change(row, base, value, kind, basis, called[name], called_here)
            for name, kind in BASES.items()
            if (base := found[name][place]) is not None
        ]
        for place, row in enumerate(own)
    ]
    for name, kind in BASES.items():
        cells = [
            next((_cell(one, row[value]) for one in each if one.kind == kind), None)
            for each, row in zip(changes, own, strict=True)
        ]
        compared[f"{name}_change"] = pandas.Series(cells, index=rows.index, dtype=object)
    compared["change"] = [_sentence(each) for each in changes]
    compared["change_rate"] = [_brief(each) for each in changes]
    compared["changes"] = pandas.Series(changes, index=rows.index, dtype=object)
    return compared


def stated_then(
    rows: pandas.DataFrame, then: pandas.DataFrame, *, by: Sequence[str], value: str, alike: Sequence[str] = ()
) -> list[Fact | None]:
    """What the rows of an earlier period state of the same thing as each of ``rows``: ``previous`` of :func:`with_bases` alone,
    None where it counts something else."""
    basis = (*fields_of(rows, Role.BASIS), *alike)
    names = [*dict.fromkeys([*by, *basis, value])]
    known = _by_key(then[[name for name in names if name in then]], by)
    found = [(row, _alike(known.get(_key(row, by), ()), row, basis)) for row in as_dicts(rows[names])]
    return [
        _stated(before, value) if before and _has("环比", row, basis) and _comparable(row, before, basis) else None
        for row, before in found
    ]


def headings(period: Period) -> dict[str, str]:
    """The columns of a table that set a figure beside earlier ones, with their headings: 上期, 环比, 上年同期, 同比."""
    called = {"previous": period.called.before, "year_before": period.called.year_ago}
    return {field: called.get(field) or BASES[field.removesuffix("_change")] for field in COMPARED}


def _with_typed(found: list[_Row | None], own: Sequence[_Row], value: str, typed: str) -> list[_Row | None]:
    """The earlier rows; where one does not say the figure, this period's own with the figure typed beside it."""
    return [
        before if (before and _stated(before, value)) or not row[typed].stated else {**row, value: row[typed]}
        for before, row in zip(found, own, strict=True)
    ]


def totals(rows: pandas.DataFrame, by: str, values: Sequence[str]) -> pandas.DataFrame:
    """One row a kind: the sums of ``values`` over the rows of that kind but a 合计, in the order in which kinds first appear,
    with the 口径 that its rows state (several joined by 、)."""
    kinds = without_totals(rows, values[0]).groupby(by, sort=False)
    summed = kinds[list(values)].sum()
    for name in fields_of(rows, Role.BASIS):
        if name not in (by, *values):
            summed[name] = kinds[name].agg(lambda cells: "、".join(sorted(map(bare, {*cells} - {""}))))
    summed = summed.reset_index()
    summed.attrs = {name: said for name, said in rows.attrs.items() if name != "totals"}
    return summed


def _key(row: _Row, by: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(row[field]) for field in by)


def _by_key(rows: pandas.DataFrame | None, by: Sequence[str]) -> dict[tuple[str, ...], list[_Row]]:
    found: dict[tuple[str, ...], list[_Row]] = {}
    for row in as_dicts(rows) if rows is not None else ():
        found.setdefault(_key(row, by), []).append(row)
    return found


def _has(kind: Kind, row: _Row, basis: Sequence[str]) -> bool:
    """What the year has come to grows with each period of it: it is compared with the year before alone."""
    return kind == "同比" or not any(YEAR_SO_FAR in row[name] for name in basis)


def _alike(rows: Sequence[_Row], row: _Row, basis: Sequence[str]) -> _Row | None:
    """Of the rows of a key the one of the same 口径, else the only one; empty where there is none, None where what is there
    stands twice and says nothing that could be compared."""
    same = [one for one in rows if all(one.get(name, "") == row[name] for name in basis)] or rows
    return {} if not same else same[0] if len(same) == 1 else None


def _stated(row: _Row, value: str) -> Fact | None:
    return row[value] if value in row and row[value].stated else None


def _change(
    row: _Row, base: _Row, value: str, kind: Kind, basis: Sequence[str], called: str, alike: Mapping[str, str]
) -> Change:
    """Counts over different spans (口径) are not compared, nor what differs in a field of ``alike``, which is named."""
    spans = _comparable(row, base, [name for name in basis if name not in alike])
    differing = "、".join(heading for name, heading in alike.items() if not _comparable(row, base, (name,)))
    return change(row[value], base.get(value), kind, comparable=spans, differing=differing, called=called)


def _comparable(row: _Row, base: _Row, basis: Sequence[str]) -> bool:
    return not base or all(row[name] == base.get(name, "") for name in basis)


def _nowhere(changes: list[Change]) -> str:
    """What is in none of two earlier periods is said once: 上月、上年同期均无此项."""
    without = [one.brief.removesuffix(NO_BASE) for one in changes if one.brief.endswith(NO_BASE)]
    return f"{'、'.join(without)}均{NO_BASE}" if len(without) == len(changes) > 1 else ""


def _cell(one: Change, current: Fact) -> Fact | str | None:
    """A change as a figure with its sign; of a rank its words, and where there is no figure, why: 持平, 无此项, 不可比."""
    if one.difference and not current.quantity.rank:
        return one.difference
    return next((short for short in (NO_BASE, "不可比") if one.brief.endswith(short)), one.brief or None)


def _brief(changes: list[Change]) -> str:
    """For a table cell; of two changes each says which it is."""
    if nowhere := _nowhere(changes):
        return nowhere
    kinds = [one.kind if len(changes) > 1 and one.difference is not None else "" for one in changes]
    return "，".join(kind + one.brief for kind, one in zip(kinds, changes, strict=True) if one.brief)


def _sentence(changes: list[Change]) -> str:
    said = [nowhere] if (nowhere := _nowhere(changes)) else [text for one in changes if (text := f"{one}")]
    return "".join(f"，{text}" for text in said)
