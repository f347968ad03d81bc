"""What is known of a report once it was read back, and written down with what it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding
from .request import Request

if TYPE_CHECKING:
    from ..execute import Ran


class Recorded(NamedTuple):
    """What is known of a report's numbers and rows.

    ``numbers``: how many of its numbers are facts, literals, untraced; ``rows``: how many rows of each state; ``findings``: what is
    wrong; ``changed_keys``: which rows of the report that stands are gone or go by another name.
    """

    numbers: dict[str, int]
    rows: dict[str, int]
    findings: tuple[Finding, ...]
    changed_keys: tuple[Finding, ...]


def describe_build(
    request: Request,
    staging: Path,
    ran: Sequence[Ran],
    warnings: Sequence[Finding],
    inputs: Mapping[str, str],
    recorded: Recorded,
) -> None:
    """Write down what the report was made from, once all its files are there.

    Args:
        inputs: SHA-256 of what was read, as it was before anything was made of it.
    """
    from .. import render
    from ..document.manifest import MANIFEST, describe, write_manifest

    notebooks = {section.path.name for section in request.workspace.sections} - {one.section.path.name for one in ran}
    unread = {f"notebooks/{name}" for name in notebooks}
    manifest = describe(
        inputs={name: there for name, there in inputs.items() if name not in unread},
        outputs=staging,
        parameters={"edition": request.edition, **request.all_parameters},
        checks=[one.as_dict("en") for one in (*warnings, *recorded.findings)],
        sections=[
            {"name": one.section.name, "title": one.section.title, "failed": one.error is not None} for one in ran
        ],
        asked={
            "formats": list(request.formats),
            "sections": [one.section.name for one in ran] if request.sections else [],
        },
        fonts=render.fonts_used(),
    )
    write_manifest({**manifest, "numbers": recorded.numbers, "coverage": recorded.rows}, staging / MANIFEST)
