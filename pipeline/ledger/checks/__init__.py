"""Everything that is held against a half-year's ledgers before a kernel starts."""

from __future__ import annotations

from ...findings import Finding
from ...period import Period
from ...workspace import Workspace
from . import dates, figures, filled, keys, personal_data, precision, rules, sums, unmoved, vocabulary
from .halfyear import HalfYear

CHECKS = (
    vocabulary.cells,
    vocabulary.references,
    figures.counts,
    figures.bases,
    dates.in_period,
    dates.year_before,
    keys.duplicates,
    rules.declared,
    sums.totals,
    sums.shares,
    precision.mixed,
    unmoved.unmoved,
    personal_data.in_cells,
    filled.filled,
)

__all__ = ["CHECKS", "check"]


def check(workspace: Workspace, period: Period | str) -> list[Finding]:
    """Every problem in the ledgers of ``period``, errors and warnings, in the order of files, sheets and cells.

    Nothing is written and no kernel started. What the sections' prose needs is not looked at here.

    Raises:
        UnknownPeriod: ``data/PERIOD`` does not exist. WorkspaceError: the notebooks' titles cannot be read.
    """
    half_year = HalfYear.open(workspace, Period.parse(period))
    for each in CHECKS:
        each(half_year)
    return half_year.problems
