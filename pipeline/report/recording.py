"""What is written down of a report that was made: its facts, and what became of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..report_settings import ReportSettings
from .changed_keys import changed_keys
from .covering import cover
from .executed import Executed
from .recorded import Recorded
from .request import Request
from .said import said
from .vouching import vouch

if TYPE_CHECKING:
    from ..execute import Ran


def record(
    request: Request,
    report: dict[str, Any],
    body: str,
    settings: ReportSettings,
    staging: Path,
    ran: Sequence[Ran],
    executed: Sequence[Executed],
) -> Recorded:
    """Read the facts back from the document, write down where they and the ledgers' rows are, and vouch for its numbers."""
    from ..document.cell_notation import CellNotation
    from ..document.coverage_record import COVERAGE, write_coverage
    from ..document.record import FACTS, read_facts, write_facts

    workspace = request.workspace
    notation = CellNotation(report["metadata"]["halfyear"]["ledgers"])
    facts = [replace(fact, cells=notation.written(fact.sources)) for fact in read_facts(body)]
    write_facts(facts, staging / FACTS)
    covered = cover(workspace, request.period, settings, body, executed, edition=request.edition)
    write_coverage(covered, staging / COVERAGE)
    vouched = vouch(workspace, request.period, settings, body, report)
    findings = (*vouched.findings, *said(executed))
    if len(ran) == len(workspace.sections) and not any(one.error for one in ran):  # else the others may say the rest
        findings = (*findings, *covered.findings)
    renamed = tuple(changed_keys(workspace, request.period, request.target))
    return Recorded(vouched.numbers, covered.counts, findings, renamed)
