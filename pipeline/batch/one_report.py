"""One report of a batch, made in a worker: its ledgers rolled up where it has units below, then built."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataError, HalfyearError
from ..findings import Finding, Place
from ..input_file import refusal
from ..leftovers import temporary
from ..period import Period
from ..startup import seldom_look_for_circles
from .units_table import Unit

if TYPE_CHECKING:
    from ..report import Request

BUILT, DRAFT, REFUSED, CRASHED, NOT_SENT, NOT_REACHED = (
    "built",
    "draft",
    "refused",
    "crashed",
    "not-sent",
    "not-reached",
)


@dataclass(frozen=True)
class Order:
    """What a worker is told to make.

    ``units`` are the units below, each with the folder of its finished report; ``left_out`` are the codes of those whose
    report could not be made: what stands in their folders is an earlier one and counts as missing. ``files`` is the
    workspace where the worker does not see it (:mod:`.sent_files`), ``told`` is what is to be told of it by now: of reports
    that it is compared with, of its roll-up where that was made before.
    """

    code: str
    workspace: Path
    period: str
    output: Path | None
    formats: tuple[str, ...]
    edition: str
    cell_timeout: int | None
    units: tuple[tuple[Unit, Path], ...] = ()
    left_out: tuple[str, ...] = ()
    told: tuple[Finding, ...] = ()
    files: bytes = b""


@dataclass(frozen=True)
class Outcome:
    """What became of one report: ``state`` is one of the words above, ``findings`` are what is to be told of it,
    ``log`` the end of what a crash left behind. ``stands`` says that the finished folder holds this report and no
    earlier one. ``seconds`` are those of the worker, 0 where nothing was made."""

    state: str
    findings: tuple[Finding, ...] = ()
    log: str = ""
    stands: bool = False
    seconds: float = 0.0


def make(order: Order) -> Mapping[str, Any]:
    """Make one report; what comes back is plain data, with the finished folder where the workspace was sent. What is no
    fault of the unit's is raised."""
    began = time.monotonic()
    if not order.files:
        return {**_answer(order)[0], "seconds": time.monotonic() - began}
    from .sent_files import packed, unpacked

    with temporary("halfyear-batch") as folder:
        answer, finished = _answer(unpacked(order, folder))
        files = packed(finished) if finished else b""
    return {**answer, "files": files, "seconds": time.monotonic() - began}


def _answer(order: Order) -> tuple[dict[str, Any], Path | None]:
    """What became of a report, and the folder it stands in."""
    try:
        outcome, folder = _made(order)
    except HalfyearError as error:
        outcome, folder = not_made(error), None
    findings = [one.as_kept() for one in outcome.findings]
    return {"state": outcome.state, "findings": findings, "stands": outcome.stands}, folder


def not_made(error: HalfyearError | OSError) -> Outcome:
    """What becomes of a report that its ledgers or what stands in its way do not allow; of one whose files the system does not."""
    if isinstance(error, OSError):
        return Outcome(CRASHED, (refusal(error, Place(str(error.filename or ""))),))
    if isinstance(error, DataError):
        return Outcome(REFUSED, (error.finding, *(one for one in error.problems if one.severity == "error")))
    return Outcome(REFUSED, (error.finding, *error.details))


def outcome_of(answer: Mapping[str, Any]) -> Outcome:
    """What :func:`make` answered."""
    findings = tuple(Finding.of_kept(one) for one in answer["findings"])
    return Outcome(answer["state"], findings, stands=answer["stands"], seconds=answer["seconds"])


def rolled_up(order: Order) -> tuple[Finding, ...]:
    """Roll up the units below, where there are any; what is to be told of them, behind what was to be told already.

    Raises:
        HalfyearError: a unit's report is not what its manifest says, or a ledger of that name is kept by hand.
    """
    if not order.units:
        return order.told
    from ..workspace import Workspace
    from .rollup import roll_up

    workspace, period = Workspace.at(order.workspace), Period.parse(order.period)
    return (*order.told, *roll_up(workspace, period, order.units, left_out=order.left_out).findings)


def request_of(order: Order) -> Request:
    """The build that an order is."""
    from ..report import Request
    from ..workspace import Workspace

    return Request(
        workspace=Workspace.at(order.workspace),
        period=Period.parse(order.period),
        formats=order.formats,
        output=order.output,
        edition=order.edition,
        cell_timeout=order.cell_timeout,
        jobs=2,
        tell_changes=False,
    )


def _made(order: Order) -> tuple[Outcome, Path]:
    """Make the report, in a folder of its own where it is a draft for want of a section."""
    import pandas  # noqa: F401  # once in a worker: a build without it has a process of its own read the ledgers

    from ..report import build
    from ..report.vouching import unfilled

    seldom_look_for_circles()
    told = rolled_up(order)
    built = build(request_of(order))
    failures = tuple(failure.finding for failure in built.failures)
    state = DRAFT if failures or unfilled(built.warnings) else BUILT
    return Outcome(state, (*told, *failures), stands=not failures), built.folder
