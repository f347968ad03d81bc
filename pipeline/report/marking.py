"""A copy of the ledgers in which every problem stands on its cell, and every row that the last build left out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..document.coverage_record import COVERAGE, read_coverage
from ..errors import ReleaseError, WorkspaceError
from ..findings import Finding, Place, Said, Words
from ..leftovers import temporary
from ..period import Period
from ..renaming import rename
from ..workspace import Workspace

if TYPE_CHECKING:
    from ..ledger.places import Places

_NAME = "{period}-台账问题.xlsx"


@dataclass(frozen=True)
class Marked:
    """The copy, and how many rows it shows as left out."""

    file: Path
    left_out: int


def mark(workspace: Workspace, period: Period, problems: Sequence[Finding], outputs: Path) -> Marked:
    """Write the copy beside ``outputs``, the folder of the period's report; the ledgers stay as they are.

    An earlier copy is replaced as long as nobody saved it.

    Raises:
        WorkspaceError: something else of that name is there.
    """
    from ..ledger.marked_workbook import marked
    from ..ledger.own_workbook import is_untouched
    from ..ledger.places import Places

    target = outputs.with_name(_NAME.format(period=period))
    if os.path.lexists(target) and not is_untouched(target):
        raise WorkspaceError("copy-edited", file=target)
    folder = workspace.data(period)
    changed = _changed_since(folder, period, outputs)
    places = Places.of(folder)
    left_out = [one for one in _left_out(outputs, places) if one.place.file not in changed]
    notes = [Said("marked-title", period=Words(period.label, str(period))), Said("marked-copy-only")]
    if not (outputs / COVERAGE).is_file():
        notes.append(Said("marked-not-built", period=period))
    elif changed:
        notes.append(Said("marked-changed", names=tuple(changed)))
    content = marked(places, [*problems, *left_out], [each.text("zh") for each in notes])
    target.parent.mkdir(parents=True, exist_ok=True)
    with temporary(".mark", target.parent) as staging:
        (staging / target.name).write_bytes(content)
        rename(staging / target.name, target)
    return Marked(target, sum(one.code == "left-out" for one in left_out))


def _left_out(outputs: Path, places: Places) -> Iterator[Finding]:
    """The rows that the last build says it left out, or put into a chapter's closing alone."""
    for row in read_coverage(outputs / COVERAGE):
        if code := _code(row):
            stem = places.ledgers.stem_of(row["sheet"])
            name, sheet = next(iter(places.found.get(stem, ())), (row["ledger"], ""))
            yield Finding(code, Place(name, sheet, (int(row["row"]),)), params={"why": row["why"]})


def _code(row: dict[str, str]) -> str:
    """What is to be said of a row, "" where nothing is: it is left out, or stands in its chapter's closing alone."""
    if row["state"] == "stated-there-only":
        return "near-a-key" if row["why"] else row["state"]
    return row["state"] if row["state"] == "left-out" else ""


def _changed_since(folder: Path, period: Period, outputs: Path) -> list[str]:
    """The ledgers' files that are not what the last build read: its rows may be others now."""
    from ..document.manifest import MANIFEST, read_manifest
    from ..own_files import digests

    try:
        then = read_manifest(outputs / MANIFEST)["inputs"]
    except ReleaseError:
        return []
    now = {name: there for name, there in digests(folder).items() if name.startswith("tables")}
    return [name for name, there in now.items() if then.get(f"data/{period}/{name}") != there]
