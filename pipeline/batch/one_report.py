"""One report of a batch, made in a worker: its ledgers rolled up where it has units below, then built."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import DataError, HalfyearError
from ..findings import Finding
from ..period import Period
from .plan import Unit

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
    """What a worker is told to make. ``units`` are the units below, each with the folder of its finished report."""

    code: str
    workspace: Path
    period: str
    output: Path | None
    formats: tuple[str, ...]
    edition: str
    cell_timeout: int | None
    units: tuple[tuple[Unit, Path], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of one report: ``state`` is one of the words above, ``findings`` are what is to be told of it,
    ``log`` the end of what a crash left behind. ``seconds`` are those of the worker, 0 where nothing was made."""

    state: str
    findings: tuple[Finding, ...] = ()
    log: str = ""
    seconds: float = 0.0


def make(order: Order) -> Mapping[str, Any]:
    """Make one report; what comes back is plain data. What is no fault of the unit's is raised."""
    began = time.monotonic()
    try:
        state, findings = _made(order)
    except DataError as error:
        state, findings = REFUSED, (error.finding, *(one for one in error.problems if one.severity == "error"))
    except HalfyearError as error:
        state, findings = REFUSED, (error.finding, *error.details)
    return {
        "state": state,
        "findings": [one.as_kept() for one in findings],
        "seconds": time.monotonic() - began,
    }


def outcome_of(answer: Mapping[str, Any]) -> Outcome:
    """What :func:`make` answered."""
    findings = tuple(Finding.of_kept(one) for one in answer["findings"])
    return Outcome(answer["state"], findings, seconds=answer["seconds"])


def _made(order: Order) -> tuple[str, Sequence[Finding]]:
    from ..report import Request, build
    from ..report.vouching import unfilled
    from ..workspace import Workspace

    workspace, period = Workspace.at(order.workspace), Period.parse(order.period)
    told: Sequence[Finding] = ()
    if order.units:
        from .rollup import roll_up

        told = roll_up(workspace, period, order.units).findings
    request = Request(
        workspace=workspace,
        period=period,
        formats=order.formats,
        output=order.output,
        edition=order.edition,
        cell_timeout=order.cell_timeout,
        jobs=2,
    )
    built = build(request)
    failures = tuple(failure.finding for failure in built.failures)
    return (DRAFT if failures or unfilled(built.warnings) else BUILT), (*told, *failures)
