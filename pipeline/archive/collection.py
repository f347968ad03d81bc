"""What the archive of an office's reports holds: the finished ones, their figures' history, and what was left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReleaseError
from ..findings import Finding, Place
from ..period import Period
from ..vouch.ledgers import Ledgers
from .finished import FinishedReport, finished
from .series import History, history

INTERNAL, PUBLIC = "internal", "public"


@dataclass(frozen=True)
class Archive:
    """Finished reports, the newest first, and the history of their figures.

    ``left_out`` are warnings: folders that hold no whole report, ledgers that changed, editions that are mixed.
    """

    reports: tuple[FinishedReport, ...]
    history: History
    left_out: tuple[Finding, ...]

    @classmethod
    def of(cls, outputs: Path, ledgers_of: Callable[[FinishedReport], Ledgers]) -> Archive:
        """Read the reports in ``outputs``.

        Args:
            ledgers_of: gives the ledgers of a report that are still what they were when it was built; their ``attrs``
                say ``called`` and ``told_by`` (``Ledgers.telling``).

        Raises:
            ReleaseError: there is no finished report; with what was left out and why.
        """
        reports, left_out = finished(outputs)
        if not reports:
            raise ReleaseError("nothing-finished", details=left_out, folder=outputs)
        told = history(reports, {report.period: ledgers_of(report) for report in reports})
        public = "、".join(str(report.period) for report in reports if report.edition == PUBLIC)
        mixed = (Finding("editions-mixed", Place(outputs.name), public),) if 0 < _public(reports) < len(reports) else ()
        return cls(reports, told, (*left_out, *told.findings, *mixed))

    @property
    def edition(self) -> str:
        """``public`` where every report is; one internal report makes the whole internal."""
        return PUBLIC if _public(self.reports) == len(self.reports) else INTERNAL

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every half-year from the first report to the last, those without a report too."""
        last = self.reports[0].period
        found = [self.reports[-1].period]
        while found[-1] != last:
            found.append(found[-1].next)
        return tuple(found)

    @property
    def sections(self) -> dict[str, str]:
        """The titles of all sections by name, in the order of the newest report; those of older reports alone follow."""
        titles: dict[str, str] = {}
        for report in self.reports:
            titles |= {name: title for name, title in report.sections.items() if name not in titles}
        return titles


def _public(reports: tuple[FinishedReport, ...]) -> int:
    return sum(report.edition == PUBLIC for report in reports)
