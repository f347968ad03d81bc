"""Against the last finished report of the same period: rows that it had, and that are gone or go by another name now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..document.coverage_record import COVERAGE, SEPARATOR, key_parts, read_coverage
from ..document.manifest import owned_files
from ..facts.frame_cells import as_dicts
from ..findings import Finding, Place, Said, Words
from ..findings.words import few, shown
from ..own_files import digest_of
from ..period import Period
from ..workspace import Workspace

if TYPE_CHECKING:
    import pandas

_MOST_NAMED = 12
_MOST_TRIED = 50  # new rows of which one may be a row that is gone
_Key = tuple[str, ...]
_Ledger = tuple[str, str]  # the folder as seen from the period's own ("" or ../2021-01/), and the name


class _Row(NamedTuple):
    """A row, its key as a record has it, and the parts of that by field."""

    number: int
    key: _Key
    parts: dict[str, str]


class _Renamed(NamedTuple):
    """The one part of a key that became another, "" where there was or is none."""

    field: str
    was: str
    now: str


def changed_keys(workspace: Workspace, period: Period, folder: Path) -> Iterator[Finding]:
    """What the finished report in ``folder`` says that the ledgers had, and they have no more.

    A key that is gone and a new one that differs from it in one part are told as one: it may be mistyped, or renamed.
    Nothing is said where no report stands, or its record is not as it was written, nor of ledgers so long that nobody
    knows their rows.
    """
    from .. import ledger
    from ..ledger.reading import MOST_KEPT
    from ..notebook.frames import with_sources

    recorded = _recorded(folder)
    for each in (period, *workspace.made_of(period)) if recorded else ():
        there, origin = workspace.data(each), "" if each == period else f"../{each}/"
        for name in ledger.tables(there):
            _, before = recorded.pop((origin, ledger.schema(there, name).sheet), ("", Counter()))
            if 0 < before.total() <= MOST_KEPT:
                yield from _of_ledger(with_sources(there, name, origin=origin), before)
    yield from (Finding("ledger-gone", Place(file), name) for (_, name), (file, _) in recorded.items())


def _recorded(folder: Path) -> dict[_Ledger, tuple[str, Counter[_Key]]]:
    """The file of each ledger, and the keys of its rows."""
    file = folder / COVERAGE
    if not file.is_file() or owned_files(folder).get(COVERAGE) != digest_of(file):
        return {}
    found: dict[_Ledger, tuple[str, Counter[_Key]]] = {}
    for row in read_coverage(file):
        origin, tables, rest = row["ledger"].partition("tables")
        _, keys = found.setdefault((origin, row["sheet"]), (origin + tables + rest.partition("#")[0], Counter()))
        keys.update([tuple(row["key"].split(SEPARATOR))] if row.get("key") else [])
    return found


def _of_ledger(frame: pandas.DataFrame, before: Counter[_Key]) -> Iterator[Finding]:
    rows = list(_rows(frame))
    gone = (before - Counter(row.key for row in rows)).elements()
    renamed: dict[_Renamed, list[int]] = defaultdict(list)
    lost = []
    for key, row in _paired(gone, [row for row in rows if row.key not in before]):
        if row is None:
            lost.append("·".join(key))
        else:
            renamed[_renamed(key, row)].append(row.number)
    attrs = frame.attrs
    place = Place(attrs["file"], "" if attrs["file"].endswith(".csv") else attrs["sheet"])
    for one, numbers in renamed.items():
        letter, heading = attrs["letters"].get(one.field, ""), attrs["headings"].get(one.field, "")
        cells = place._replace(rows=tuple(numbers), column=letter, heading=heading)
        yield Finding("key-changed", cells, one.now, {"was": _said(one.was)})
    if lost:
        yield Finding("rows-gone", place, params={"names": few(lost, _MOST_NAMED)})


def _said(was: str) -> Words | Said:
    return Words(shown(was, "zh"), shown(was, "en")) if was else Said("a-blank")


def _rows(frame: pandas.DataFrame) -> Iterator[_Row]:
    for number, row in zip(frame.index, as_dicts(frame), strict=True):
        parts = key_parts(row, frame)
        yield _Row(number, tuple(SEPARATOR.join(parts.values()).split(SEPARATOR)), parts)


def _paired(gone: Iterable[_Key], new: list[_Row]) -> Iterator[tuple[_Key, _Row | None]]:
    """Each key that is gone with the new row that is most like it, if one differs in a single part."""
    near: dict[_Key, list[_Row]] = defaultdict(list)
    for row in new:
        for rest in _but_one(row.key):
            near[rest].append(row)
    taken: set[int] = set()
    for key in gone:
        tried = [row for rest in _but_one(key) for row in near[rest] if row.number not in taken][:_MOST_TRIED]
        alike = [SequenceMatcher(None, *_renamed(key, row)[1:]).ratio() for row in tried]
        found = tried[alike.index(max(alike))] if tried else None
        taken |= {found.number} if found else set()
        yield key, found


def _but_one(key: _Key) -> Iterable[_Key]:
    """The key with one of its parts left out, or none."""
    return dict.fromkeys([key, *(key[:place] + key[place + 1 :] for place in range(len(key)))])


def _renamed(key: _Key, row: _Row) -> _Renamed:
    was, now = ("".join((Counter(a) - Counter(b)).elements()) for a, b in ((key, row.key), (row.key, key)))
    return _Renamed(next((name for name, text in row.parts.items() if text == now), ""), was, now)
