"""The rows that a ledger's months make: what each counts decides how, and what cannot be made of them is told."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas

from .. import ledger
from ..facts import Fact, Sources, TotalFact
from ..facts.frame_cells import as_dicts, records_of
from ..facts.quantity import Quantity
from ..facts.stated_words import bare
from ..findings import Finding, Place
from ..findings.words import few
from ..ledger.columns import Shared
from ..ledger.roles import Role
from ..period import Period
from .named_rows import LedgerRows

_CURRENT, _NOT_SAID = "当期", ("未注明", "")
MOST_NAMED = 12


class MadeOfMonths(NamedTuple):
    """A ledger's ``rows`` for the whole period, its own and those ``taken`` of each month's ledger, and what could not be made."""

    rows: pandas.DataFrame
    taken: tuple[pandas.DataFrame, ...]
    findings: tuple[Finding, ...]


class _Made(NamedTuple):
    """A row made of months' rows, and those."""

    values: Mapping[Hashable, Any]
    record: Sources


class _Row(NamedTuple):
    month: Period
    number: int  # in the ledger of its month
    values: Mapping[Hashable, Any]


class Making:
    """The rows of one ledger: the period's ``own`` and those made out of the months' ``frames``."""

    def __init__(
        self, schema: ledger.Ledger, period: Period, own: pandas.DataFrame, frames: Mapping[Period, pandas.DataFrame]
    ) -> None:
        self._schema, self._period, self._own, self._frames = schema, period, own, frames
        self._basis = schema.field(Role.BASIS)
        self._key = schema.compared_by if self._basis or schema.added_up else schema.key
        self._figures = [column.field for column in schema.figures]
        bases = [column.field for column in schema.columns if column.role == Role.BASE]
        nothing = Fact(Quantity(state="blank"), Sources())
        self._unstated: dict[Hashable, Any] = dict.fromkeys(
            bases, nothing
        )  # what a month states is of the month before
        self._taken: dict[Period, set[int]] = {month: set() for month in frames}
        self._findings: list[Finding] = []

    def made(self) -> MadeOfMonths:
        """Them, with what is to be told of them."""
        alike = self._alike()
        numbered = zip(self._own.index.tolist(), as_dicts(self._own), strict=True)
        stands = [self._stands(number, values, alike) for number, values in numbered]
        own = self._own[pandas.Series(stands, index=self._own.index, dtype=bool)]
        typed = self._typed(row for row, stays in zip(as_dicts(self._own), stands, strict=True) if not stays)
        stated = {self._about(row) for row in as_dicts(own)}
        of_months = (row for about, rows in alike.items() if about not in stated for row in self._one(rows))
        rows = [_Made(row, record) for row, record in zip(as_dicts(own), records_of(own), strict=True)]
        rows += (
            _Made({**row, **self._unstated, **typed.pop(self._like(row), {})}, record) for row, record in of_months
        )
        made = LedgerRows([row.values for row in rows], columns=own.columns, index=pandas.RangeIndex(1, len(rows) + 1, name="row"), dtype=object)  # fmt: skip
        totals = {name: [row for row, cell in made[name].items() if isinstance(cell, TotalFact)] for name in self._figures}  # fmt: skip
        last = list(self._frames.values())[-1]
        made.attrs |= {**last.attrs, **self._own.attrs}
        made.attrs["records"] = Shared(dict(zip(made.index.tolist(), (row.record for row in rows), strict=True)))
        made.attrs["totals"] = Shared({name: found for name, found in totals.items() if found})
        made.attrs["unfilled"] = not rows and any(frame.attrs["unfilled"] for frame in (self._own, last))
        taken = (frame[frame.index.isin(list(self._taken[month]))] for month, frame in self._frames.items())
        return MadeOfMonths(made, (own, *taken), tuple(self._findings))

    def _stands(self, number: int, values: Mapping[Hashable, Any], of_months: Container[tuple[str, ...]]) -> bool:
        """Whether a row of the period's own stays: one that states nothing gives way to the months; of others blanks are told."""
        words = self._schema.field(Role.WORDS)
        blank = [name for name in self._figures if values[name].quantity.state == "blank"]
        nothing = bool(self._figures) and blank == self._figures and not values.get(words)
        if nothing and self._about(values) in of_months:
            return False
        if nothing and words:
            self._findings.append(self._told("not-filled-value", self._own, number, values, blank[0]))
        else:
            unfilled = (name for name in blank if (base := self._schema.base_of(name)) and values[base].stated)
            self._findings += (self._told("not-filled-figure", self._own, number, values, name) for name in unfilled)
        return True

    def _alike(self) -> dict[tuple[str, ...], list[_Row]]:
        """The rows of all months by what they are about, the oldest month first."""
        found: dict[tuple[str, ...], list[_Row]] = {}
        for month, frame in self._frames.items():
            for number, values in zip(frame.index.tolist(), as_dicts(frame), strict=True):
                found.setdefault(self._about(values), []).append(_Row(month, number, values))
        return found

    def _about(self, values: Mapping[Hashable, Any]) -> tuple[str, ...]:
        """What a row is about and what it counts; single cases, which have no key, are one thing."""
        names = (*self._key, self._basis) if self._key and self._basis else self._key
        return tuple(bare(str(values[name])) for name in names)

    def _like(self, values: Mapping[Hashable, Any]) -> tuple[str, ...]:
        """What a row of the months is about to which one of the period's own gives way; without a key, what it must say."""
        if self._key:
            return self._about(values)
        must = (column.field for column in self._schema.columns if column.kind == "string" and column.required)
        return tuple(bare(str(values[name])) for name in (*must, *filter(None, [self._basis])))

    def _typed(self, rows: Iterable[Mapping[Hashable, Any]]) -> dict[tuple[str, ...], dict[Hashable, Any]]:
        """What the period's own rows that gave way state of the period before (上期值), by what they are about."""
        found: dict[tuple[str, ...], dict[Hashable, Any]] = {}
        for values in rows:
            stated = {base: values[base] for base in self._unstated if values[base].stated}
            found.setdefault(self._like(values), {}).update(stated)
        return found

    def _record(self, row: _Row) -> Sources:
        return Sources.cell(self._frames[row.month].attrs["source"], row.number)

    def _one(self, alike: Sequence[_Row]) -> Iterator[_Made]:
        """What becomes of rows that are about the same."""
        last = alike[-1]
        if not self._key:
            yield from self._each_apart(alike)
        elif self._is_counted(alike):
            values = dict(last.values) | {name: self._added_up(alike, name) for name in self._figures}
            yield _Made(values, Sources(parts=tuple(map(self._record, alike))))
        elif self._basis and self._is_old(alike):
            newest = str(list(self._frames)[-1])
            self._tell(last, "not-filled-row-of-months", months=newest)
            yield _Made(
                {**last.values, **{name: _blank(last.values[name]) for name in self._figures}}, self._record(last)
            )
        else:
            yield from self._take(row for row in alike if row.month == last.month)

    def _each_apart(self, alike: Sequence[_Row]) -> Iterator[_Made]:
        """The rows of a ledger without a key: levels of the newest month, and what counts, which a month without rows leaves blank."""
        newest = list(self._frames)[-1]
        levels = [row for row in alike if self._is_level(row.values)]
        yield from self._take(row for row in levels if row.month == newest)
        self._tell_gone(levels)
        counted = [row for row in alike if not self._is_level(row.values)]
        if not counted:
            return
        there = {row.month for row in alike}
        missing = [str(month) for month in self._frames if month not in there]
        if missing:
            self._tell(counted[-1], "not-filled-row-of-months", months=few(missing, MOST_NAMED))
        if missing or len(self._frames) < len(self._period.months_within):
            blank = ({**row.values, **{name: _blank(row.values[name]) for name in self._figures}} for row in counted)
            yield from map(_Made, blank, map(self._record, counted))
        else:
            yield from self._take(counted)

    def _is_level(self, values: Mapping[Hashable, Any]) -> bool:
        """Whether a row says how far something has come, not what one month added."""
        return bool(self._basis) and values[self._basis] not in (_CURRENT, *_NOT_SAID)

    def _is_old(self, alike: Sequence[_Row]) -> bool:
        """Whether months state a figure of these rows, and the newest neither states it nor says anything in its place."""
        newest, words = list(self._frames)[-1], self._schema.field(Role.WORDS)
        if not any(row.values[name].stated for row in alike for name in self._figures):
            return False
        now = [row.values for row in alike if row.month == newest]
        said = any(values[name].quantity.state != "blank" for values in now for name in self._figures)
        return not (said or any(values.get(words) for values in now))

    def _is_counted(self, alike: Sequence[_Row]) -> bool:
        """Whether the figures of rows are of their months alone, or do not say of what."""
        if not any(row.values[name].stated for row in alike for name in self._figures):
            return False
        return not self._is_level(alike[-1].values) if self._basis else self._schema.added_up

    def _take(self, rows: Iterable[_Row]) -> Iterator[_Made]:
        for row in rows:
            self._taken[row.month].add(row.number)
            yield _Made(row.values, self._record(row))

    def _added_up(self, alike: Sequence[_Row], name: str) -> Fact:
        """The sum over the months; blank, and told, where one of them does not state it or nothing may be added up."""
        facts: list[Fact] = [row.values[name] for row in alike]
        stated = [fact for fact in facts if fact.stated]
        if not stated:
            return facts[-1]
        known = {row.month for row, fact in zip(alike, facts, strict=True) if fact.quantity.state != "blank"}
        missing = [str(month) for month in self._period.months_within if month in self._frames and month not in known]
        code, params = "", {}
        if self._basis and alike[-1].values[self._basis] in _NOT_SAID:
            code = "not-filled-basis-of-month"
        elif not all(fact.quantity.adds_up for fact in stated):
            if (
                not missing and len({fact.quantity for fact in stated}) == 1
            ):  # a year, a rank that is the same all along
                list(self._take(alike[-1:]))
                return stated[-1]
            code = "not-filled-rate-of-months"
        elif len({fact.unit for fact in stated}) > 1:
            code = "not-filled-units-of-months"
        elif missing:
            code, params = "not-filled-row-of-months", {"months": few(missing, MOST_NAMED)}
        if code:
            month, number, values = alike[-1]
            self._findings.append(self._told(code, self._frames[month], number, values, name, **params))
        if code or len(self._frames) < len(self._period.months_within):
            return _blank(facts[-1])
        list(self._take(alike))
        added: Fact = sum(stated[1:], stated[0])
        return added

    def _tell_gone(self, levels: Sequence[_Row]) -> None:
        """Tell each kind of level that months state and the newest does not: there is no figure of it to stand."""
        newest = list(self._frames)[-1]
        kinds = {self._like(row.values): row for row in levels}
        for last in kinds.values():
            if last.month != newest:
                self._tell(last, "not-filled-row-of-months", months=str(newest))

    def _tell(self, row: _Row, code: str, **params: Any) -> None:
        """Tell it once, at the row's first figure."""
        for name in self._figures[:1]:
            self._findings.append(self._told(code, self._frames[row.month], row.number, row.values, name, **params))

    def _told(
        self, code: str, frame: pandas.DataFrame, number: int, values: Mapping[Hashable, Any], name: str, **params: Any
    ) -> Finding:
        attrs = frame.attrs
        sheet = "" if attrs["file"].endswith(".csv") else attrs["sheet"]
        place = Place(attrs["file"], sheet, (number,), attrs["letters"].get(name, ""), attrs["headings"][name])  # fmt: skip
        about = (bare(values[field]) for field in self._schema.fields(Role.SUBJECT, Role.MEASURE))
        return Finding(code, place, "·".join(filter(None, about)), {"period": self._period.label, **params})


def _blank(fact: Fact) -> Fact:
    return Fact(Quantity(unit=fact.unit, state="blank"), fact.sources)
