"""The public edition of a finished report, made from the sections as they were executed, for publishing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ReleaseError
from ..formats import format_named, format_names
from ..period import Period
from ..workspace import Workspace
from .assemble import assemble
from .covering import cover_again
from .executed import Executed
from .rendering import rendered
from .vouching import checked, ledgers_of, unfilled, vouch

if TYPE_CHECKING:
    from ..publish import Candidate


def candidate(workspace: Workspace, period: Period, folder: Path) -> Candidate:
    """What would be published of the report in ``folder``; no notebook runs again.

    Raises:
        ReleaseError: the folder holds no report of ours, or one of some sections only. DataError: the ledgers have errors by now.
    """
    from .. import render
    from ..document.manifest import MANIFEST, read_manifest
    from ..publish import Candidate
    from ..vouch import verify

    manifest = read_manifest(folder / MANIFEST)
    if part := manifest.get("asked", {}).get("sections"):
        raise ReleaseError("part-of-a-report", sections=tuple(part), period=period)
    problems = checked(workspace, period)
    settings = workspace.settings(period)
    settings = settings._replace(draft=settings.draft or unfilled(problems))
    executed = [
        Executed.read(section, folder / "sections" / section.path.name, failed=one["failed"])
        for one in manifest["sections"]
        for section in [workspace.section(one["name"])]
    ]
    made = assemble(workspace, period, settings, executed, edition="public")
    body = render.semantic_body(made.notebook)
    vouched = vouch(workspace, period, settings, body, made.notebook)
    edition = manifest["parameters"].get("edition", "")
    covered = cover_again(workspace, period, settings, body, executed, folder, edition=edition)
    whole = len(executed) == len(workspace.sections) and all(one.notebook for one in executed)
    return Candidate(
        period=period,
        files={
            format_named(form).file: rendered(form, made.notebook, body, workspace, forms=format_names())
            for form in format_names()
        },
        body=body,
        metadata=made.notebook["metadata"]["halfyear"],
        ledgers=ledgers_of(workspace, period),
        problems=problems,
        findings=(*vouched.findings, *(covered.findings if whole else ()), *verify(folder, workspace.root).findings),
        failed=tuple(one.section.title for one in executed if one.notebook is None),
        withheld=made.withheld,
        coverage=covered.counts,
        versions=manifest["versions"],
    )
