"""The table of units that a batch names: read and held as any ledger is, each fault with its cell."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataError, WorkspaceError
from ..findings import ERROR, Nearest, nearest_of

if TYPE_CHECKING:
    from ..ledger.records import Records

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")


@dataclass(frozen=True)
class Unit:
    """One office: its ``code`` (行政区划代码), ``name``, the code of the office ``upper`` to it ("" for the topmost), the
    ``folder`` of its workspace, and the ``row`` of the table of units that names it."""

    code: str
    name: str
    upper: str
    folder: Path
    row: int


def read_units(path: Path, shown: str, base: Path) -> tuple[Unit, ...]:
    """The units of a table whose folders start at ``base``.

    Raises:
        DataError: the table has errors; carries them all, each with its cell.
        WorkspaceError: it names no unit.
    """
    from ..ledger.single_table import records_of

    records = records_of(path, shown, Path(__file__).with_name("units.toml"))
    units = tuple(_units(records, base))
    if not any(one.severity == ERROR for one in records.problems):
        _ill_named(records, units)
        _astray(records, units)
        _alike(records, [(unit.upper, unit.name) for unit in units], "name", "duplicate", key=("上级", "名称"))
        _alike(records, [(unit.folder.resolve(), unit.folder.name) for unit in units], "folder", "unit-folder-shared")
    if problems := [one for one in records.problems if one.severity == ERROR]:
        raise DataError("units-have-errors", details=problems, file=shown)
    if not units:
        raise WorkspaceError("units-empty", file=shown)
    return units


def _units(records: Records, base: Path) -> Iterator[Unit]:
    fields = [records.coded(name).spread().tolist() for name in ("code", "name", "upper", "folder")]
    for code, name, upper, folder, row in zip(*fields, records.rows.tolist(), strict=True):
        yield Unit(code, name, upper, Path(os.path.normpath(base / (folder or code))), row)


def _ill_named(records: Records, units: Sequence[Unit]) -> None:
    """A code names folders, and stands before a colon in front of cells."""
    for place, unit in enumerate(units):
        if not _CODE.fullmatch(unit.code):
            records.report("unit-code", [place], "code", unit.code)


def _astray(records: Records, units: Sequence[Unit]) -> None:
    """Units whose upper office is not in the table, or that are above themselves."""
    above = {unit.code: unit.upper for unit in units}
    for place, unit in enumerate(units):
        upper = unit.upper
        if upper and upper not in above:
            records.report("unit-unknown", [place], "upper", upper, nearest=_nearest_upper(unit, above))
        if unit.code in _upwards(upper, above):
            records.report("unit-circle", [place], "upper", unit.upper, unit=unit.code)


def _nearest_upper(unit: Unit, above: Mapping[str, str]) -> Nearest:
    """The code that a unit's 上级 may have meant: of an office with units, if one is close; of none that is the unit itself or
    below it."""
    codes = [code for code in above if unit.code not in _upwards(code, above)]
    return nearest_of(unit.upper, [code for code in codes if code in above.values()]) or nearest_of(unit.upper, codes)


def _upwards(code: str, above: Mapping[str, str]) -> set[str]:
    """A code and those above it, as far as they go."""
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        code = above.get(code, "")
    return seen


def _alike(records: Records, said: Sequence[tuple[object, str]], field: str, code: str, **details: object) -> None:
    """Tell what several units have that each must have of its own; of each the second is what it is called."""
    sharing: dict[tuple[object, str], list[int]] = defaultdict(list)
    for place, one in enumerate(said):
        sharing[one].append(place)
    for (_, called), places in sharing.items():
        if len(places) > 1:
            records.report(code, places, field, called, **details)
