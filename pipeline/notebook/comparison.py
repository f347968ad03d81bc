"""A half-year beside the one before and beside the year before (环比, 同比), matched row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts import Fact
from ..facts.compare import Change, change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas

BASES = {"previous": "环比", "year_before": "同比"}


def with_bases(
    rows: pandas.DataFrame, bases: Mapping[str, pandas.DataFrame | None], *, by: Sequence[str], value: str
) -> pandas.DataFrame:
    """``rows`` with what earlier periods state of the same thing.

    Added columns: ``previous`` and ``year_before``, the earlier fact or None; ``change``, what to say after the figure
    in a sentence ("" where there is no earlier period); ``change_rate``, the same for a table cell.

    Args:
        bases: ``previous`` and ``year_before`` → that period's rows, None where there is no such period.
        by: the fields that tell what a row is about. value: the field compared.
    """
    compared = rows.copy()
    compared.attrs = dict(rows.attrs)
    for name in BASES:
        known = _by_key(bases.get(name), by, value)
        compared[name] = [known.get(key) for key in _keys(rows, by)]
        compared[name] = compared[name].astype(object)
    changes = [
        [change(row[value], row[name], kind) for name, kind in BASES.items() if bases.get(name) is not None]
        for row in compared.to_dict("records")
    ]
    compared["change"] = [_sentence(each) for each in changes]
    compared["change_rate"] = ["，".join(one.brief for one in each) for each in changes]
    return compared


def totals(rows: pandas.DataFrame, by: str, value: str) -> pandas.DataFrame:
    """One row a kind: the sum of ``value`` over the rows of that kind, in the order in which kinds first appear."""
    summed = rows.groupby(by, sort=False)[[value]].sum().reset_index()
    summed.attrs = dict(rows.attrs)
    return summed


def _keys(rows: pandas.DataFrame, by: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(map(str, key)) for key in rows[list(by)].itertuples(index=False, name=None)]


def _by_key(rows: pandas.DataFrame | None, by: Sequence[str], value: str) -> dict[tuple[str, ...], Fact]:
    """What each key states; a key stated twice says nothing that could be compared."""
    if rows is None or rows.empty:
        return {}
    found: dict[tuple[str, ...], list[Fact]] = {}
    for key, fact in zip(_keys(rows, by), rows[value], strict=True):
        found.setdefault(key, []).append(fact)
    return {key: facts[0] for key, facts in found.items() if len(facts) == 1 and facts[0].stated}


def _sentence(changes: list[Change]) -> str:
    said = [text for one in changes if (text := f"{one}")]
    return "".join(f"，{text}" for text in said)
