"""Against last time: what was stated then and is missing now, under another name or in another unit."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding, Place, nearest_of
from ..columns import DATE
from ..records import Records
from ..roles import Role
from .keys import key_part
from .opened_period import OpenedPeriod
from .stated_rows import MOST_ROWS

Key = tuple[str, ...]
Stated = dict[Key, tuple[int, frozenset[str]]]
_MOST = 12  # keys told one by one; where more are gone the ledger was made anew


def keys(opened: OpenedPeriod) -> None:
    """Report keys of the period before or of a year ago that are missing now, and units that changed."""
    for earlier in filter(None, (opened.previous, opened.year_before)):
        for stem, before in earlier.records.items():
            records = opened.records.get(stem)
            if records is None and len(before) and opened.records and not opened.workspace.made_of(opened.period):
                _ledger_missing(opened, before, earlier.period.label)
            elif (
                records is not None
                and 0 < len(before) <= MOST_ROWS
                and 0 < len(records) <= MOST_ROWS
                and _told_apart_by(records)
            ):
                now, then = dict(_units(records)), dict(_units(before))
                _missing(records, now, then, earlier.period.label)
                _units_changed(records, now, then, earlier.period.label)


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
            where = [now[new[near]][0]] if near else []
            records.report("key-missing", where, records.ledger.about, called, earlier=label, nearest=near)


def _is_of_lasting_things(records: Records, then: Stated) -> bool:
    """Whether the rows of a ledger are the same from period to period: measures, or one figure that no date tells apart."""
    ledger = records.ledger
    dated = any(ledger.column(name).kind == DATE for name in ledger.key)
    return bool(ledger.field(Role.MEASURE)) or (len(then) == 1 and bool(ledger.figures) and not dated)


def _units_changed(records: Records, now: Stated, then: Stated, label: str) -> None:
    field = records.ledger.field(Role.UNIT)
    for key, (position, units) in now.items() if field else ():
        before = then.get(key, (0, frozenset()))[1]
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


def _units(records: Records) -> Iterator[tuple[Key, tuple[int, frozenset[str]]]]:
    """Each key with its first row and the units in which it is stated."""
    parts = [key_part(records, name).spread() for name in _told_apart_by(records)]
    figures = [records.figures(column.field).spread() for column in records.ledger.figures]
    found: dict[Key, tuple[int, frozenset[str]]] = {}
    for position in range(len(records)):
        key = tuple(str(part[position]) for part in parts)
        units = frozenset(
            q.unit for figure in figures if (q := figure[position]) is not None and q.value is not None and q.unit
        )
        first, known = found.get(key, (position, frozenset()))
        found[key] = (first, known | units)
    yield from found.items()


def _called(records: Records, key: Key) -> str:
    """What a key is called: without the chapter and the initiative, which every neighbour has too."""
    above = records.ledger.fields(Role.SECTION, Role.INITIATIVE)
    names = zip(_told_apart_by(records), key, strict=True)
    return " · ".join(part for name, part in names if part and name not in above)


CHECKS = (keys,)
