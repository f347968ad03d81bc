"""What a batch is asked to make: its file, its units, and the reports in the order they can be made."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import UsageError, WorkspaceError
from ..findings import Place, Said, nearest_of, system_reason
from ..formats import format_names
from ..period import Period
from ..report.request import EDITIONS
from .units_table import Unit, read_units

_SETTINGS: Mapping[str, type[Any]] = {
    "periods": list, "units": str, "formats": list, "edition": str, "outputs": str, "cell_timeout": int, "shared": bool,
}  # fmt: skip
_WANTED = {
    list: Said("wanted-texts"),
    str: Said("wanted-text"),
    int: Said("wanted-positive"),
    bool: Said("wanted-truth"),
}


@dataclass(frozen=True)
class Report:
    """One report of a batch: that of a unit for a period, made from those of its ``units`` where it has any."""

    unit: Unit
    period: Period
    units: tuple[Unit, ...] = ()

    @property
    def name(self) -> str:
        """``370104 2021H1``, by which a batch calls it."""
        return f"{self.unit.code} {self.period}"


@dataclass(frozen=True)
class Batch:
    """A batch as its file says it.

    ``periods`` are in time order: what a report is compared with comes before it.
    ``outputs`` is where finished reports go, in a folder a unit; None for each workspace's own ``outputs/``.
    ``cell_timeout`` is in seconds, None for what each report.toml says. ``shared`` says that workers see these folders
    under the same paths; else files are sent to them and back.
    """

    file: Path
    periods: tuple[Period, ...]
    units: tuple[Unit, ...]
    formats: tuple[str, ...]
    edition: str = "internal"
    outputs: Path | None = None
    cell_timeout: int | None = None
    shared: bool = True

    @cached_property
    def below(self) -> dict[str, tuple[Unit, ...]]:
        """Code → the units whose upper office it is."""
        found: dict[str, tuple[Unit, ...]] = {}
        for unit in self.units:
            found[unit.upper] = (*found.get(unit.upper, ()), unit)
        return found

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """All reports, of earlier periods first, those of lower units before that of the office above them."""
        ordered = [unit for top in self.below.get("", ()) for unit in self._from_below(top)]
        return tuple(Report(unit, period, self.below.get(unit.code, ())) for period in self.periods for unit in ordered)

    def unit_at(self, root: Path) -> Unit:
        """The unit whose workspace a folder is.

        Raises:
            UsageError: it is none's.
        """
        for unit in self.units:
            if unit.folder.resolve() == root.resolve():
                return unit
        raise UsageError("unit-not-here", file=self.file.name, folder=root)

    def below_of(self, upper: Unit) -> tuple[Unit, ...]:
        """The units whose reports an upper office rolls up.

        Raises:
            UsageError: there are none.
        """
        if upper.code not in self.below:
            raise UsageError("unit-none-below", unit=upper.name)
        return self.below[upper.code]

    def _from_below(self, unit: Unit) -> Iterator[Unit]:
        for lower in self.below.get(unit.code, ()):
            yield from self._from_below(lower)
        yield unit

    def finished(self, unit: Unit, period: Period) -> Path:
        """The folder that a unit's finished report stands in."""
        return (self.outputs / unit.code if self.outputs else unit.folder / "outputs") / str(period)


def read_batch(file: Path) -> Batch:
    """Read a batch file (TOML) and the table of units (CSV) that it names; paths start where the file lies.

    Raises:
        UsageError: the file cannot be opened.
        WorkspaceError: it is not TOML, lacks a setting, or has an unknown one or one of a wrong kind.
        DataError: the table of units has errors; carries them all, each with its cell.
        UnknownPeriod: a period is not one.
    """
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError("batch-no-file", value=str(file), reason=system_reason(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError("settings-not-toml", Place(file.name), reason=error) from error
    _checked(said, file.name)
    base = file.resolve().parent
    formats = tuple(dict.fromkeys(said.get("formats", format_names())))
    return Batch(
        file=file.resolve(),
        periods=tuple(sorted({Period.parse(text) for text in said["periods"]})),
        units=read_units(base / said["units"], said["units"], base),
        formats=formats,
        edition=said.get("edition", "internal"),
        outputs=base / said["outputs"] if said.get("outputs") else None,
        cell_timeout=said.get("cell_timeout"),
        shared=said.get("shared", True),
    )


def _checked(said: Mapping[str, Any], file: str) -> None:
    for key, value in said.items():
        if key not in _SETTINGS:
            near = nearest_of(key, _SETTINGS)
            raise WorkspaceError("settings-unknown", Place(file, key=key), allowed=tuple(_SETTINGS), nearest=near)
        kind = _SETTINGS[key]
        right = type(value) is kind and (kind is not int or value > 0)  # true is no number
        if not right or (kind is list and not (value and all(isinstance(one, str) for one in value))):
            raise WorkspaceError("settings-type", Place(file, key=key), value=str(value), wanted=_WANTED[kind])
    if lacking := tuple(name for name in ("periods", "units") if name not in said):
        raise WorkspaceError("settings-lacks", Place(file), names=lacking)
    for key, allowed in (("formats", format_names()), ("edition", EDITIONS)):
        for value in [said[key]] if isinstance(said.get(key), str) else said.get(key, ()):
            if value not in allowed:
                near = nearest_of(value, allowed)
                raise WorkspaceError(
                    "batch-setting", Place(file, key=key), value=value, allowed=tuple(allowed), nearest=near
                )
