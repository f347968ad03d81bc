"""A period made of its months: what its own ledgers do not state, out of those of the months in data/.

What a row counts decides how: 当期 is added up, 时点 and what was added up since the year or the office began stand as the last
month states them, and one that it does not state is blank and told. A ledger without 口径 says in its declaration whether
its figures are ``added_up``; else all its rows stand, of those with one key the last. Nothing is guessed: where a month is
missing, or a figure does not say what it counts, the sum is blank and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas

from .. import ledger
from ..findings import Finding, Place
from ..findings.words import few
from ..ledger.places import keep
from ..period import Period
from ..workspace import Workspace
from .frames import unreadable, with_sources
from .rows_of_months import MOST_NAMED, MadeOfMonths, Making

_KEPT: dict[tuple[str, str, str], tuple[tuple[pandas.DataFrame, ...], MadeOfMonths]] = {}


def ledgers_of(workspace: Workspace, period: Period) -> tuple[str, ...]:
    """The stems of the ledgers that a period has, its own and those of the months it is made of, in their order."""
    own, months = ledger.tables(workspace.data(period)), workspace.made_of(period)
    if not months:
        return own
    there = {*own, *(stem for month in months for stem in ledger.tables(workspace.data(month)))}
    return tuple(stem for stem in ledger.ledgers_for(workspace.data(period)) if stem in there)


def rows_of(workspace: Workspace, period: Period, name: str, *, origin: str = "") -> pandas.DataFrame:
    """The ledger ``name`` of a period as :func:`with_sources` gives it; what its months make of it has their cells as sources."""
    made = of_months(workspace, period, name, origin=origin)
    return with_sources(workspace.data(period), name, origin=origin) if made is None else made.rows


def of_months(workspace: Workspace, period: Period, name: str, *, origin: str = "") -> MadeOfMonths | None:
    """The ledger ``name`` with what the months in data/ make of it; None where the period is not made of months.

    What the period's own ledger states stands first, and the months make nothing that is about the same; its rows that
    state nothing give way to what the months make.
    """
    if not (months := workspace.made_of(period)):
        return None
    folder = workspace.data(period)
    schema, own = ledger.schema(folder, name), with_sources(folder, name, origin=origin)
    each = {month: with_sources(workspace.data(month), name, origin=f"../{month}/") for month in months}
    key, frames = (str(folder), schema.stem, origin), (own, *each.values())
    known, made = _KEPT.get(key, ((), None))
    if made is None or tuple(map(id, known)) != tuple(map(id, frames)):
        made = Making(schema, period, own, each).made()
        keep(_KEPT, key, (frames, made))
    return made


def findings(workspace: Workspace, period: Period) -> Iterator[Finding]:
    """What is wrong where a period is made of its months: errors in theirs, months missing, figures that are not added up."""
    if not (months := workspace.made_of(period)):
        return
    if errors := [problem for month in months for problem in unreadable(workspace, month)]:
        yield from errors
        return
    if missing := [str(month) for month in period.months_within if month not in months]:
        place = Place("report.toml", key="from_months")
        yield Finding("not-filled-months", place, params={"months": few(missing, MOST_NAMED)})
    for name in ledgers_of(workspace, period):
        made = of_months(workspace, period, name)
        yield from made.findings if made is not None else ()
