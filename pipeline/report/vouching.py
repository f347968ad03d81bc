"""What a report is held against: its ledgers before it is made, every number in it afterwards."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataError, HalfyearError, ReleaseError
from ..findings import Counted, Finding
from ..period import Period
from ..report_settings import ReportSettings
from ..workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas

    from ..vouch import Ledgers, Literals


def check(workspace: Workspace, period: Period, last: Path | None = None) -> list[Finding]:
    """Every problem in a period's report.toml, ledgers, prose and text cells, errors and warnings; no kernel is started.

    Args:
        last: the folder of the last finished report, against whose rows the ledgers are to be held, too.
    """
    from .. import ledger
    from ..ledger.settings import settings
    from ..notebook import from_months
    from ..notebook.frames import unreadable
    from ..notebook.markdown_cells import faulty_cells
    from ..notebook.proofread import proofread
    from ..render import undrawn
    from .changed_keys import changed_keys

    problems = ledger.check(workspace, period, undrawn)
    problems += from_months.findings(workspace, period)
    own, near = (period, *workspace.made_of(period)), workspace.looked_at(period, far=False)
    problems += (each for one in near if one not in own for each in unreadable(workspace, one))
    readable = all(problem.severity != "error" for problem in problems)
    return [
        *settings(workspace, period, undrawn),
        *problems,
        *(changed_keys(workspace, period, last) if last and readable else ()),
        *proofread(workspace, period, against_ledgers=readable, undrawn=undrawn),
        *faulty_cells(workspace, undrawn),
        *_literals(workspace, period),
    ]


def _literals(workspace: Workspace, period: Period) -> Iterator[Finding]:
    """What is wrong with the period's literals.toml, where there is one."""
    file = workspace.data(period) / "literals.toml"
    if not os.path.lexists(file):
        return
    from ..vouch import Literals

    try:
        Literals.load(period, file=file, shown="literals.toml")
    except ReleaseError as error:
        yield error.finding


def checked(workspace: Workspace, period: Period) -> tuple[Finding, ...]:
    """The warnings about a period's ledgers.

    Raises:
        DataError: there are errors; all of them, at once.
    """
    problems = tuple(check(workspace, period))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise DataError("data-has-errors", details=problems, period=period, errors=Counted(len(errors), "error"))
    return problems


def unfilled(problems: Sequence[Finding]) -> bool:
    """Whether something is still to be entered: the report is then a draft."""
    return any(problem.code.startswith("not-filled") for problem in problems)


@dataclass(frozen=True)
class Vouched:
    """``numbers``: how many of the report's numbers are facts, literals, untraced; ``findings``: what is wrong."""

    numbers: dict[str, int]
    findings: tuple[Finding, ...]


def vouch(
    workspace: Workspace, period: Period, settings: ReportSettings, body: str, notebook: Mapping[str, Any]
) -> Vouched:
    """Trace every number of a finished report, and look for figures and names that contradict each other.

    Args:
        body: the report's semantic body. notebook: the stitched notebook it came from.
    """
    from ..vouch import audit, consistency
    from ..vouch.left_placeholders import left_placeholders

    ledgers = ledgers_of(workspace, period, body)
    traced = audit(body, literals_of(workspace, period, settings, ledgers), ledgers=ledgers, notebook=notebook)
    offices = [settings.office, settings.bureau]
    disagreeing = consistency(body, ledgers=ledgers, offices=offices, notebook=notebook)
    left = left_placeholders(notebook, workspace.sections, ledgers)
    return Vouched(traced.counts, (*traced.findings, *disagreeing, *left))


def literals_of(workspace: Workspace, period: Period, settings: ReportSettings, ledgers: Ledgers) -> Literals:
    """What in a report needs no source."""
    from ..vouch import Literals

    file, shown = workspace.data(period) / "literals.toml", f"data/{period}/literals.toml"
    return Literals.load(period, signed=settings.signed, names=ledgers.names, file=file, shown=shown)


def ledgers_of(workspace: Workspace, period: Period, said: str | None = None) -> Ledgers:
    """The records a report may draw on: see :func:`frames_of`."""
    from ..vouch import Ledgers

    return Ledgers.of(frames_of(workspace, period, said))


def frames_of(workspace: Workspace, period: Period, said: str | None = None) -> Iterator[pandas.DataFrame]:
    """The ledgers of a report's own period and of those it draws on, as notebooks get them, and analysts' files.

    Args:
        said: the report in whatever form; of periods long before it only the ledgers that it names as sources are read.
    """
    from .. import ledger
    from ..notebook.frames import with_sources
    from ..notebook.own_file import own_file

    files = {name for section in workspace.sections for name in ledger.files_asked(section.path)}
    for name in sorted(files):
        with suppress(HalfyearError):  # told where the notebook reads it
            yield own_file(workspace.data(period), name)

    near = workspace.looked_at(period, far=False)
    for other in workspace.looked_at(period):
        folder = workspace.data(other)
        origin = "" if other == period else f"../{other}/"
        for name in ledger.tables(folder):
            sources = (f"{origin}tables/{name}.csv#", f"{origin}tables.xlsx#{name}#")
            if said is None or other in near or any(source in said for source in sources):
                yield with_sources(folder, name, origin=origin)
