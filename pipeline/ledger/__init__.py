"""Source records in: schemas, reading, checks, problems told exactly, templates for a new half-year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import schemas as _schemas  # noqa: F401  the ledgers enter TABLES as their classes are made
from .columns import TABLES
from .problems import Problem
from .reading import read, tables

if TYPE_CHECKING:
    from ..period import Period
    from ..workspace import Workspace

__all__ = ["TABLES", "Problem", "check", "read", "tables"]


def check(workspace: Workspace, period: Period | str) -> list[Problem]:
    """Every problem in the ledgers of ``period``, errors and warnings, in the order of files, sheets and cells.

    Nothing is written and no kernel started. What the sections' prose needs is not looked at here.

    Raises:
        UnknownPeriod: ``data/PERIOD`` does not exist. WorkspaceError: the notebooks' titles cannot be read.
    """
    from .checks import check as check_all

    return check_all(workspace, period)
