"""The folder of a new period, ready to be filled in. Nothing that is there is touched."""

from __future__ import annotations

from pathlib import Path

from ..errors import DataError, WorkspaceError
from ..leftovers import shared_mode, temporary
from ..period import Period
from ..renaming import rename
from ..workspace import Workspace
from . import stubs
from .carry_over import carried, opened, running
from .coming_again import Moved, StartingRow
from .csv_text import as_csv
from .declared_ledgers import DeclaredLedgers, ledgers_in
from .places import WORKBOOK
from .recurring import side_by_side


def new(workspace: Workspace, period: Period, from_: Period | None = None, *, xlsx: bool = False) -> list[Path]:
    """Make ``data/PERIOD``: tables with their headings, prose with its placeholders, ``report.toml`` moved on.

    Initiatives that are not completed, documents and declared sums are taken over from ``from_`` (by default the newest
    period before of its kind) and marked 结转待核. Where rows come again, what they are about is there, its figures blank and those
    of the period before beside them. With ``xlsx`` the tables are one workbook. The folder appears whole or not
    at all.

    Returns:
        The files written.

    Raises:
        WorkspaceError: the folder holds something already. UnknownPeriod: ``from_`` has no folder.
        DataError: what is to be carried over cannot be read.
    """
    target = workspace.root / "data" / str(period)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WorkspaceError("data-there", period=period)
    files = _files(workspace, period, from_ or _newest(workspace, period), xlsx=xlsx)
    with temporary(".new", target.parent) as staging:
        for name, content in files.items():
            (staging / name).parent.mkdir(exist_ok=True)
            (staging / name).write_bytes(content)
        staging.chmod(shared_mode())
        rename(staging, target)
    return [target / name for name in files]


def _newest(workspace: Workspace, period: Period) -> Period | None:
    """The newest of the same kind, else of any."""
    before = [there for there in workspace.periods if there < period]
    return max([there for there in before if there.kind == period.kind] or before, default=None)


def _files(workspace: Workspace, period: Period, from_: Period | None, *, xlsx: bool) -> dict[str, bytes]:
    """Every file of the folder by its name in it."""
    ledgers = ledgers_in(workspace.root)
    if ledgers.problems:
        raise DataError("declarations-have-errors", details=ledgers.problems)
    earlier = opened(workspace.data(from_)) if from_ else {}
    settings = (from_, workspace.settings(from_)) if from_ else None
    files = {"report.toml": stubs.report_toml(period, settings).encode()}
    titles = {section.name: section.title for section in workspace.sections}
    known = period.base in workspace.periods and period.base != from_
    base = opened(workspace.data(period.base)) if known else earlier if period.base == from_ else {}
    rows = carried(earlier, base, ledgers, titles, Moved(from_ or period, period))
    files |= _workbook(period, ledgers, rows, list(titles.values())) if xlsx else _tables(ledgers, rows)
    for name, text in stubs.prose(workspace, period, from_, earlier, running(earlier)):
        files[f"prose/{name}"] = text.encode()
    return files


def _tables(ledgers: DeclaredLedgers, rows: dict[str, list[StartingRow]]) -> dict[str, bytes]:
    files = {}
    for stem, ledger in ledgers.items():
        columns = side_by_side(ledger)
        lines = [[row.texts[column.field] for column in columns] for row in rows[stem]]
        files[f"tables/{stem}.csv"] = as_csv([[column.heading for column in columns], *lines])
    return files


def _workbook(
    period: Period, ledgers: DeclaredLedgers, rows: dict[str, list[StartingRow]], sections: list[str]
) -> dict[str, bytes]:
    from .template_workbook import workbook

    return {WORKBOOK: workbook(period, ledgers, rows, sections)}
