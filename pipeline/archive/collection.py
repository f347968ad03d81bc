"""What the archive of an office's reports holds: the finished ones, their figures' history, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import ReleaseError
from ..findings import Finding, Place
from ..period import Period
from ..vouch.ledgers import Ledgers
from .finished import FinishedReport, finished
from .released import Notice, notices
from .series import History, Point, history

INTERNAL, PUBLIC = "internal", "public"


@dataclass(frozen=True)
class Archive:
    """Finished reports, the newest first, and the history of their figures.

    ``left_out`` are warnings: folders that hold no whole report, ledgers that changed, editions that are mixed.
    """

    reports: tuple[FinishedReport, ...]
    history: History
    left_out: tuple[Finding, ...]
    notices: Mapping[Period, tuple[Notice, ...]]

    @classmethod
    def of(
        cls, outputs: Path, ledgers_of: Callable[[FinishedReport], Ledgers], published: Path | None = None
    ) -> Archive:
        """Read the reports in ``outputs``, and the corrections of those in the folder ``published``.

        Args:
            ledgers_of: gives the ledgers of a report that are still what they were when it was built; their ``attrs``
                say ``called`` and ``told_by`` (``Ledgers.telling``).

        Raises:
            ReleaseError: there is no finished report; with what was left out and why. Or nothing is published there.
        """
        reports, left_out = finished(outputs)
        if not reports:
            raise ReleaseError("nothing-finished", details=left_out, folder=outputs)
        told = history(reports, {report.period: ledgers_of(report) for report in reports})
        public = "、".join(str(report.period) for report in reports if report.edition == PUBLIC)
        mixed = (Finding("editions-mixed", Place(outputs.name), public),) if 0 < _public(reports) < len(reports) else ()
        corrected = notices(published) if published else {}
        return cls(reports, told, (*left_out, *told.findings, *mixed), corrected)

    def correction_of(self, point: Point) -> Notice | None:
        """The last correction of a report's published edition that changed this figure."""
        return next(
            (one for one in reversed(self.notices.get(point.period, ())) if self.cells_of(point) in one.before), None
        )

    def cells_of(self, point: Point) -> str:
        """The cells behind a figure, as people write them."""
        report = next(report for report in self.reports if report.period == point.period)
        return next(fact.cells for fact in report.facts if fact.number == point.order)

    @property
    def edition(self) -> str:
        """``public`` where every report is; one internal report makes the whole internal."""
        return PUBLIC if _public(self.reports) == len(self.reports) else INTERNAL

    @cached_property
    def periods(self) -> dict[str, tuple[Period, ...]]:
        """Of each kind every period from the first report to the last, those without a report too; the newest kind first."""
        kinds: dict[str, list[Period]] = {}
        for report in self.reports:
            kinds.setdefault(report.period.kind, []).append(report.period)
        return {kind: _without_gaps(there) for kind, there in kinds.items()}

    @property
    def span(self) -> str:
        """The first and the last report's period: 2020年上半年至2021年下半年."""
        return f"{self.reports[-1].period.label}至{self.reports[0].period.label}"

    @property
    def sections(self) -> dict[str, str]:
        """The titles of all sections by name, in the order of the newest report; those of older reports alone follow."""
        titles: dict[str, str] = {}
        for report in self.reports:
            titles |= {name: title for name, title in report.sections.items() if name not in titles}
        return titles


def _without_gaps(there: Sequence[Period]) -> tuple[Period, ...]:
    """From ``there``, the newest first, all from the oldest on; months up to one overlap and have no gaps."""
    found = [there[0]]
    while found[-1] != there[-1] and (before := found[-1].previous):
        found.append(before)
    return tuple(reversed(there if found[-1] != there[-1] else found))


def _public(reports: tuple[FinishedReport, ...]) -> int:
    return sum(report.edition == PUBLIC for report in reports)
