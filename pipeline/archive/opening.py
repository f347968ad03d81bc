"""The finished reports of a workspace and the ledgers they were built from, for their archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataError
from ..workspace import Workspace

if TYPE_CHECKING:
    import pandas

    from ..ledger import Ledger
    from .collection import Archive
    from .finished import FinishedReport


def archive(workspace: Workspace, outputs: Path, published: Path | None = None) -> Archive:
    """What there is to show of the reports in ``outputs``, and of the corrections of those in the folder ``published``.

    Raises:
        ReleaseError: there is no finished report; with what was left out and why. Or nothing is published there.
    """
    from ..vouch import Ledgers
    from .collection import Archive

    return Archive.of(outputs, lambda report: Ledgers.of(_frames(workspace, report)), published)


def _frames(workspace: Workspace, report: FinishedReport) -> Iterator[pandas.DataFrame]:
    """The report's own ledgers, and its months', that are to the byte what they were when it was built, and can be read."""
    from .. import ledger
    from ..own_files import digest_of

    for period in (report.period, *report.period.months_within):
        folder, origin = workspace.root / "data" / str(period), "" if period == report.period else f"../{period}/"
        for name in ledger.tables(folder) if folder.is_dir() else ():
            try:
                frame = ledger.read(folder, name)
            except DataError:
                continue
            file = frame.attrs["source"].partition("#")[0]
            if report.inputs.get(f"data/{period}/{file}") == digest_of(folder / file):
                schema = ledger.schema(folder, name)
                frame.attrs |= {"told_by": _telling(schema), "source": origin + frame.attrs["source"]}
                yield frame


def _telling(schema: Ledger) -> tuple[str, ...]:
    """The fields by which a row finds itself in another period; in a ledger without a key, those it must fill in."""
    names = schema.compared_by or tuple(column.field for column in schema.columns if column.required)
    return tuple(name for name in names if schema.column(name).kind not in ("date", "figure"))
