"""Columns of which one is the sum of others in every row but one: 受理数量 = 许可数量 + 不予许可数量."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..records import Records
from ..roles import Role
from .stated_rows import exact_amounts

_MOST_COLUMNS = 8
_LOOKED_AT = 200


@dataclass(frozen=True)
class ColumnSum:
    """The column that is a sum, those it is the sum of, and in which rows that holds and does not."""

    records: Records
    whole: str
    parts: tuple[str, ...]
    holding: tuple[int, ...]
    broken: tuple[int, ...]


def column_sums(records: Records) -> Iterator[ColumnSum]:
    """Each sum of two or three columns that holds in two rows or more."""
    if records.ledger.field(Role.MEASURE) or len(records) < 2:
        return
    by_unit: dict[str, list[str]] = defaultdict(list)
    for column in records.ledger.figures:
        by_unit[column.unit].append(column.field)
    for fields in by_unit.values():
        amounts = {name: exact_amounts(records, name) for name in fields[:_MOST_COLUMNS]}
        for whole in amounts:
            others = [name for name in amounts if name != whole]
            for parts in (*combinations(others, 2), *combinations(others, 3)):
                found = _held(records, amounts, whole, parts)
                if found is not None:
                    yield found


def _held(records: Records, amounts: dict[str, np.ndarray], whole: str, parts: tuple[str, ...]) -> ColumnSum | None:
    first = {name: amounts[name][:_LOOKED_AT] for name in (whole, *parts)}
    if len(records) > _LOOKED_AT and np.isclose(sum(first[name] for name in parts), first[whole]).mean() < 0.5:
        return None  # a long ledger is gone through for what its beginning promises
    terms = np.stack([amounts[name] for name in parts])
    stated = ~np.isnan(terms).any(axis=0) & ~np.isnan(amounts[whole])
    telling = stated & ((terms > 0).sum(axis=0) > 1)  # with zeros beside it a figure is the sum of itself
    holds = telling & (np.abs(terms.sum(axis=0) - amounts[whole]) < 1e-9 * np.maximum(1, amounts[whole]))
    if holds.sum() < 2:
        return None
    broken = stated & ~holds & (np.abs(terms.sum(axis=0) - amounts[whole]) > 0)
    return ColumnSum(records, whole, parts, _places(holds), _places(broken))


def _places(mask: np.ndarray) -> tuple[int, ...]:
    return tuple(np.flatnonzero(mask).tolist())
