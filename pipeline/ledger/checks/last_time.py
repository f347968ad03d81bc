"""Against last time: what was stated then and is missing now, under another name or in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ...findings import Finding, Place, nearest_of
from ..columns import DATE
from ..records import Records
from ..roles import Role
from .keys import key_part
from .opened_period import OpenedPeriod
from .stated_rows import MOST_ROWS

Key = tuple[str, ...]


class _Stated(NamedTuple):
    """A key's first row, if it is one of the period's own ledger, and the units and 口径 in which it is stated."""

    position: int
    units: frozenset[str]
    bases: frozenset[str]


Stated = dict[Key, _Stated]
_IN_A_MONTH = -1  # the position of a row that is not the ledger's own
_MOST = 12  # keys told one by one; where more are gone the ledger was made anew


def keys(opened: OpenedPeriod) -> None:
    """Report keys of the period before or of a year ago that are missing now, and units that changed."""
    for earlier in filter(None, (opened.previous, opened.year_before)):
        label = earlier.period.label
        for stem in dict.fromkeys(stem for each in (earlier, *earlier.months) for stem in each.records):
            before, there = _rows_of(earlier, stem), _rows_of(opened, stem)
            if before and stem not in opened.records and opened.records and not opened.months:
                _ledger_missing(opened, before[0], label)
            elif (
                before
                and there
                and all(len(each) <= MOST_ROWS for each in (*before, *there))
                and _told_apart_by(there[0])
            ):
                now, then = _stated(there), _stated(before)
                _missing(there[0], now, then, label)
                _bases_missing(there[0], now, then, label)
                _units_changed(there[0], now, then, label)
    for month in opened.months:
        told = (each for records in month.records.values() for each in records.problems if each.code == "key-missing")
        for each in told:
            place = each.place._replace(file=f"../{month.period}/{each.place.file}")
            opened.places.problems.append(replace(each, place=place))


def _rows_of(opened: OpenedPeriod, stem: str) -> list[Records]:
    """A ledger of a period, and those of the months it is made of, the last one first; what has no rows is left out."""
    each = (one.records.get(stem) for one in (opened, *reversed(opened.months)))
    return [records for records in each if records is not None and len(records)]


def _ledger_missing(opened: OpenedPeriod, before: Records, label: str) -> None:
    workbook = (opened.places.folder / "tables.xlsx").is_file()
    place = Place("tables.xlsx" if workbook else f"tables/{before.ledger.stem}.csv")
    found = opened.places.problems
    if not any(each.code == "ledger-missing" and each.value == before.ledger.sheet for each in found):
        found.append(Finding("ledger-missing", place, before.ledger.sheet, {"earlier": label}))


def _missing(records: Records, now: Stated, then: Stated, label: str) -> None:
    """Told is what has a near new name, and all else where the ledger goes on from period to period."""
    missing = [key for key in then if key not in now]
    new = {_called(records, key): key for key in now if key not in then}
    goes_on = _is_of_lasting_things(records, then) or len(missing) * 2 <= len(then)
    already = {each.value for each in records.problems if each.code == "key-missing"}
    for key in missing[:_MOST]:
        called = _called(records, key)
        near = nearest_of(called, list(new))
        if called not in already and (near or goes_on):
            where = [position] if near and (position := now[new[near]].position) != _IN_A_MONTH else []
            records.report("key-missing", where, records.ledger.about, called, earlier=label, nearest=near)


def _is_of_lasting_things(records: Records, then: Stated) -> bool:
    """Whether the rows of a ledger are the same from period to period: measures, or one figure that no date tells apart."""
    ledger = records.ledger
    dated = any(ledger.column(name).kind == DATE for name in ledger.key)
    return bool(ledger.field(Role.MEASURE)) or (len(then) == 1 and bool(ledger.figures) and not dated)


def _bases_missing(records: Records, now: Stated, then: Stated, label: str) -> None:
    """当期 and 本年累计 of one thing are two rows, of which one may be gone."""
    already = {each.value for each in records.problems if each.code == "key-missing"}
    for key in (key for key in then if key in now):
        for basis in sorted(then[key].bases - now[key].bases) if then[key].bases > now[key].bases else ():
            called = f"{_called(records, key)} · {basis}"
            if called not in already:
                records.report(
                    "key-missing", [], records.ledger.about, called, earlier=label, nearest=nearest_of("", [])
                )


def _units_changed(records: Records, now: Stated, then: Stated, label: str) -> None:
    field = records.ledger.field(Role.UNIT)
    for key, (position, units, _) in now.items() if field else ():
        if position == _IN_A_MONTH:
            continue
        before = then[key].units if key in then else frozenset[str]()
        already = any(
            each.code == "unit-changed" and int(records.rows[position]) in each.place.rows for each in records.problems
        )
        if units and before and units != before and not already:
            records.report("unit-changed", [position], field, _joined(units), earlier=label, unit=_joined(before))


def _joined(units: frozenset[str]) -> str:
    return "、".join(sorted(units))


def _told_apart_by(records: Records) -> tuple[str, ...]:
    """The fields by which a row is found again, dates left out: chapter, subject and measure above all."""
    ledger = records.ledger
    fields = ledger.compared_by or ((ledger.about,) if ledger.about else ())
    return tuple(name for name in fields if ledger.column(name).kind != DATE)


def _stated(each: list[Records]) -> Stated:
    """Each key with what is stated of it; positions are those of the first ledger."""
    found: Stated = {}
    for records in each:
        for key, position, units, basis in _rows(records):
            first = position if records is each[0] else _IN_A_MONTH
            known = found.get(key, _Stated(first, frozenset(), frozenset()))
            found[key] = known._replace(units=known.units | units, bases=known.bases | {basis} - {""})
    return found


def _rows(records: Records) -> Iterator[tuple[Key, int, frozenset[str], str]]:
    """The key of each row, its position, the units of its figures and its 口径."""
    parts = [key_part(records, name).spread() for name in _told_apart_by(records)]
    figures = [records.figures(column.field).spread() for column in records.ledger.figures]
    basis = records.ledger.field(Role.BASIS)
    bases = records.coded(basis).spread() if basis else [""] * len(records)
    for position in range(len(records)):
        stated = (q for figure in figures if (q := figure[position]) is not None and q.value is not None)
        key = tuple(str(part[position]) for part in parts)
        yield key, position, frozenset(q.unit for q in stated if q.unit), str(bases[position])


def _called(records: Records, key: Key) -> str:
    """What a key is called: without the chapter and the initiative, which every neighbour has too."""
    above = records.ledger.fields(Role.SECTION, Role.INITIATIVE)
    names = zip(_told_apart_by(records), key, strict=True)
    return " · ".join(part for name, part in names if part and name not in above)


CHECKS = (keys,)
