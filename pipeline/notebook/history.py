"""One figure through the periods: a row a period, beside it what the year before states."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas

from ..errors import FactError
from ..facts import Fact
from ..period import Period


def history_of(
    periods: Iterable[Period], stated: Callable[[Period], pandas.DataFrame | None], value: str, asked: str
) -> pandas.DataFrame:
    """The rows of one figure, the oldest period first.

    Columns: ``period`` in words, ``value`` the fact or None, ``year_before`` that of the same period a year ago or None.

    Args:
        stated: the rows that a period states of it; None where ``data/`` has no such period.

    Raises:
        FactError: a period states it more than once.
    """
    found: dict[Period, Fact | None] = {period: _only(stated(period), value, period, asked) for period in periods}
    before = {period: found.get(period.year_before) for period in found}
    return pandas.DataFrame(
        {
            "period": [period.label for period in found],
            "value": pandas.Series(list(found.values()), dtype=object),
            "year_before": pandas.Series(list(before.values()), dtype=object),
        }
    )


def _only(rows: pandas.DataFrame | None, value: str, period: Period, asked: str) -> Fact | None:
    facts: list[Any] = [] if rows is None else [one for one in rows[value] if isinstance(one, Fact) and one.stated]
    if len(facts) > 1:
        raise FactError("history-several", period=period.label, asked=asked, number=len(facts))
    return facts[0] if facts else None
