"""Source records in: declarations, reading, checks, problems told exactly, templates for a new period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts.unprintable import Undrawn, not_asked
from ..findings import Finding
from .columns import Column, Ledger
from .declared_ledgers import DeclaredLedgers, built_in, ledgers_for, ledgers_in
from .prose_requests import asked
from .reading import broken_files, read, schema, shared, state, tables
from .roles import Role, fields_of
from .row_requests import KeyAsked, RowsAsked, files_asked, keys_asked, keys_in_prose, rows_asked

if TYPE_CHECKING:
    from pathlib import Path

    from ..period import Period
    from ..workspace import Workspace

__all__ = [
    "TABLES", "Column", "DeclaredLedgers", "KeyAsked", "Ledger", "Role", "RowsAsked", "asked", "broken_files", "check", "fields_of", "files_asked",
    "keys_asked", "keys_in_prose", "ledgers_for", "ledgers_in", "new", "read", "rows_asked", "schema", "shared",
    "state", "tables",
]  # fmt: skip

TABLES = built_in()


def check(workspace: Workspace, period: Period | str, undrawn: Undrawn = not_asked) -> list[Finding]:
    """Every problem in the ledgers of ``period``, errors and warnings, in the order of files, sheets and cells.

    Nothing is written and no kernel started. What the sections' prose needs is not looked at here. ``undrawn`` says of a text
    which of its characters no font has.

    Raises:
        UnknownPeriod: ``data/PERIOD`` does not exist. WorkspaceError: the notebooks' titles cannot be read.
    """
    from .checks import check as check_all

    return check_all(workspace, period, undrawn)


def new(workspace: Workspace, period: Period, from_: Period | None = None, *, xlsx: bool = False) -> list[Path]:
    """Make ``data/PERIOD``: tables with their headings, prose with its placeholders, ``report.toml`` moved on.

    Initiatives that are not completed, documents and declared sums are taken over from ``from_`` (by default the newest
    period before of its kind) and marked 结转待核. Where rows come again, what they are about is there, its figures blank and those
    of the period before beside them. With ``xlsx`` the tables are one workbook. Nothing is overwritten.

    Raises:
        WorkspaceError: the folder holds something already. UnknownPeriod: ``from_`` has no folder.
        DataError: what is to be carried over cannot be read.
    """
    from .template import new as make

    return make(workspace, period, from_, xlsx=xlsx)
