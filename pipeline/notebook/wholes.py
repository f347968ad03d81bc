"""A whole and its parts: what each kind comes to, the total below them, figures that can stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas

from ..facts import Fact, Quantity, Sources, count
from ..facts.frame_cells import is_total, known_fields, without_totals
from ..ledger.roles import Role, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TOTAL = "合计"


def broken_down(rows: pandas.DataFrame, by: str, value: str = "", *, unit: str = "") -> str:
    """撤销3件、维持12件: what the figures of each kind come to; a row without a kind or a figure is in none.

    Without ``value`` the rows of each kind are counted, in ``unit``: 新增2项、取消1项.

    Example:
        >>> say(broken_down(law.table("cases"), "kind", "count"))
        行政诉讼7件、行政复议1件
    """
    [by] = known_fields(rows, [by])
    if not value:
        return "、".join(f"{kind}{count(some, unit)}" for kind, some in rows[[by]].groupby(by, sort=False))
    [value] = known_fields(rows, [value])
    parts = without_totals(rows, value)
    parts = _those(parts, (bool(kind) and fact.stated for kind, fact in zip(parts[by], parts[value], strict=True)))
    units = parts[value].map(lambda fact: fact.unit)
    return "、".join(
        f"{kind}{some[value].sum()}" for (kind, _), some in parts[[by, value]].groupby([by, units], sort=False)
    )


def added_up(basis: str) -> str:
    """The 口径 where a figure was added up since the year or the office began, to be said with it; else nothing.

    Example:
        >>> added_up("本年累计"), added_up("当期")
        ('本年累计', '')
    """
    return basis if basis.endswith("累计") else ""


def side_by_side(rows: pandas.DataFrame, value: str) -> pandas.DataFrame:
    """The rows whose figures have the unit, and were added up as, most have: what one chart can show.

    Example:
        >>> len(side_by_side(reform.table("indicators", measure="办件量"), "value"))
        3
    """
    basis = fields_of(rows, Role.BASIS)
    alike = [
        (fact.unit, *(added_up(row) for row in bases)) if fact.stated else None
        for fact, *bases in zip(rows[value], *(rows[name] for name in basis), strict=True)
    ]
    counted = [key for key in alike if key is not None]
    usual = max(dict.fromkeys(counted), key=counted.count, default=None)
    return _those(rows, (key in (None, usual) for key in alike))


def _those(rows: pandas.DataFrame, wanted: Iterable[bool]) -> pandas.DataFrame:
    return rows[pandas.Series(list(wanted), index=rows.index, dtype=bool)]  # an empty list would choose no columns


def with_total(rows: pandas.DataFrame, *, per: str, label: str, values: Sequence[str]) -> pandas.DataFrame:
    """``rows`` with, after those of each ``per``, their 合计, where the ledger does not state it.

    The added column ``whole`` says which rows stand for all of their ``per``: its total, or its only row.

    Args:
        label: the field that names a part. values: the fields of figures; where the parts have several units there is no sum.

    Example:
        >>> licences = with_total(disclosure.table("licences"), per="year", label="category", values=["accepted"])
        >>> list(licences.whole)
        [True]
    """
    per, label, *values = known_fields(rows, [per, label, *values])
    made = [_with_total(some, per, label, values) for _, some in rows.groupby(per, sort=False)] if len(rows) else []
    found = pandas.concat(made) if made else rows.assign(whole=False)
    found.index.name = rows.index.name
    found.attrs = {name: said for name, said in rows.attrs.items() if name != "totals"}
    return found


def _with_total(rows: pandas.DataFrame, per: str, label: str, values: Sequence[str]) -> pandas.DataFrame:
    whole = is_total(rows, values[0]) | rows[label].isin(["", TOTAL])
    if len(rows) == 1 or whole.any():
        return rows.assign(whole=whole if len(rows) > 1 else True)
    total = {per: rows[per].iloc[0], label: TOTAL, **{value: _sum(rows[value]) for value in values}, "whole": True}
    return pandas.concat([rows.assign(whole=False), pandas.DataFrame([total], index=[0])]).fillna(
        ""
    )  # no row of a ledger


def _sum(facts: Iterable[Fact]) -> Fact:
    stated = [fact for fact in facts if fact.stated]
    if not stated or len({fact.unit for fact in stated}) > 1:
        return Fact(Quantity(state="blank"), Sources())
    return sum(stated[1:], stated[0])
