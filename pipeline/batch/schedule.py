"""Make a batch: what stands is left alone, what can be made is made side by side, what is above waits for what is below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ..document.manifest import versions
from ..errors import HalfyearError
from ..findings import Finding, Said
from ..findings.words import few
from ..workspace import Workspace
from .engine import engine, outcomes
from .one_report import BUILT, CRASHED, NOT_REACHED, NOT_SENT, REFUSED, Order, Outcome, not_made
from .plan import Batch, Report
from .units_table import Unit
from .what_stands import state_of, told_of, why_make

Listener = Callable[[Report, Outcome, int, int], None]


@dataclass
class Plan:
    """What is to be done: why each report is to be made, and the outcome of those that need not be or cannot.

    ``earlier`` has the reports of the same office that a report waits for: its ledgers of those periods are rolled up with
    them, and it is compared with these ledgers.
    """

    batch: Batch
    to_make: dict[str, Said] = field(default_factory=dict)
    known: dict[str, Outcome] = field(default_factory=dict)
    earlier: dict[str, tuple[Report, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: Batch) -> Plan:
        """Look at every report's folder and inputs; nothing is made."""
        plan, here = cls(batch), versions()
        for report in batch.reports:
            plan._look(report, here)
        return plan

    def order(self, report: Report, found: Mapping[str, Outcome]) -> Order:
        """What a worker is told to make, by what has become of the reports below."""
        batch, unit = self.batch, report.unit
        finished = tuple((lower, batch.finished(lower, report.period)) for lower in report.units)
        below = {lower.code: found.get(_name(lower, report)) for lower in report.units}
        output = batch.outputs / unit.code if batch.outputs else None
        return Order(
            unit.code,
            unit.folder,
            str(report.period),
            output,
            batch.formats,
            batch.edition,
            batch.cell_timeout,
            finished,
            tuple(code for code, outcome in below.items() if outcome and not outcome.stands),
            self._not_made_before(report, found),
        )

    def waits_for(self, report: Report) -> list[str]:
        """The names of the reports that are made before one: those below it, and those whose ledgers it is compared with."""
        below = [_name(unit, report) for unit in report.units]
        return below + [one.name for one in self.earlier.get(report.name, ())]

    def _look(self, report: Report, here: Mapping[str, str]) -> None:
        folder = self.batch.finished(report.unit, report.period)
        order = self.order(report, self.known)
        try:
            why = why_make(order, folder, here)
            self.earlier[report.name] = self._drawn_on(report)
        except (HalfyearError, OSError) as error:
            there = (report.unit.folder / "data" / str(report.period)).is_dir()
            self.known[report.name] = replace(not_made(error), state=REFUSED if there else NOT_SENT)
            return
        below = [unit.name for unit in report.units if _name(unit, report) in self.to_make]
        earlier = [one.period.label for one in self.earlier[report.name] if one.name in self.to_make]
        if below:
            why = Said("batch-below", names=few(below, 3))
        elif earlier:
            why = why or Said("batch-earlier", names=few(earlier, 3))
        if why:
            self.to_make[report.name] = why
        else:
            self.known[report.name] = Outcome(state_of(folder), self._still_told(report, order), stands=True)

    def _drawn_on(self, report: Report) -> tuple[Report, ...]:
        """The reports of the batch with which the ledgers are rolled up that an office's own draws on: see ``looked_at``."""
        if not report.units:  # what a unit enters itself changes with no report
            return ()
        drawn_on = set(Workspace.at(report.unit.folder).looked_at(report.period)) - {report.period}
        return tuple(replace(report, period=one) for one in self.batch.periods if one in drawn_on)

    def _still_told(self, report: Report, order: Order) -> tuple[Finding, ...]:
        """What was told of a report when it was made, known again from what stands."""
        return (*self._not_made_before(report, self.known), *told_of(order))

    def _not_made_before(self, report: Report, found: Mapping[str, Outcome]) -> tuple[Finding, ...]:
        """That reports it is compared with could not be made: their ledgers may lack, or be those of an earlier time."""
        failed = [
            one.period.label
            for one in self.earlier.get(report.name, ())
            if (outcome := found.get(one.name)) and outcome.state in (REFUSED, CRASHED)
        ]
        return (Finding("batch-earlier-not-made", params={"periods": tuple(failed)}),) if failed else ()


def run(
    plan: Plan,
    *,
    scheduler: str | None,
    workers: int | None,
    retry: int,
    fail_fast: bool,
    tell: Listener,
) -> Mapping[str, Outcome]:
    """Make what a plan says is to be made; the outcome of every report of the batch by its name.

    Args:
        tell: called with each report, its outcome, how many are done and how many there are to make.
    """
    reports = {report.name: report for report in plan.batch.reports}
    found = dict(plan.known)
    given: set[str] = set()

    def next_order() -> tuple[str, Order] | None:
        if fail_fast and any(one.state != BUILT for name, one in found.items() if name in plan.to_make):
            return None
        for name in plan.to_make:
            report = reports[name]
            if name not in given and all(one in found for one in plan.waits_for(report)):
                given.add(name)
                return name, plan.order(report, found)
        return None

    if plan.to_make:
        with engine(scheduler, workers, retry) as client:
            for name, outcome in outcomes(client, next_order, retry=retry, shared=plan.batch.shared):
                found[name] = outcome
                tell(reports[name], outcome, len(found) - len(plan.known), len(plan.to_make))
    return {name: found.get(name, Outcome(NOT_REACHED)) for name in reports}


def all_made(outcomes: Mapping[str, Outcome]) -> bool:
    """Whether every report is there and lacks nothing."""
    return all(one.state == BUILT for one in outcomes.values())


def _name(unit: Unit, report: Report) -> str:
    return Report(unit, report.period).name
