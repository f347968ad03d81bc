"""What is written down of a report that was made: its facts, what became of each row, and what it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..findings import Finding
from ..report_settings import ReportSettings
from .assemble import Executed
from .covering import cover
from .request import Request
from .said import said
from .vouching import Vouched, vouch

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
    warnings: Sequence[Finding],
    inputs: Mapping[str, str],
) -> Vouched:
    """Read the facts back from the document, vouch for its numbers, and write down what it was made from.

    Args:
        inputs: SHA-256 of what was read, as it was before anything was made of it.
    """
    from .. import render
    from ..document.cell_notation import CellNotation
    from ..document.coverage_record import COVERAGE, write_coverage
    from ..document.manifest import MANIFEST, describe, write_manifest
    from ..document.record import FACTS, read_facts, write_facts

    workspace = request.workspace
    notation = CellNotation(report["metadata"]["halfyear"]["ledgers"])
    facts = [replace(fact, cells=notation.written(fact.sources)) for fact in read_facts(body)]
    write_facts(facts, staging / FACTS)
    covered = cover(workspace, request.period, settings, body, executed, edition=request.edition)
    write_coverage(covered, staging / COVERAGE)
    vouched = vouch(workspace, request.period, settings, body, report)
    vouched = replace(vouched, findings=(*vouched.findings, *said(executed)))
    if len(ran) == len(workspace.sections) and not any(one.error for one in ran):  # else the others may say the rest
        vouched = replace(vouched, findings=(*vouched.findings, *covered.findings))
    notebooks = {section.path.name for section in workspace.sections} - {one.section.path.name for one in ran}
    unread = {f"notebooks/{name}" for name in notebooks}
    manifest = describe(
        inputs={name: there for name, there in inputs.items() if name not in unread},
        outputs=staging,
        parameters={"edition": request.edition, **request.all_parameters},
        checks=[one.as_dict("en") for one in (*warnings, *vouched.findings)],
        sections=[
            {"name": one.section.name, "title": one.section.title, "failed": one.error is not None} for one in ran
        ],
        asked={
            "formats": list(request.formats),
            "sections": [one.section.name for one in ran] if request.sections else [],
        },
        fonts=render.fonts_used(),
    )
    write_manifest({**manifest, "numbers": vouched.numbers, "coverage": covered.counts}, staging / MANIFEST)
    return vouched
