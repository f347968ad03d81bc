"""What stands already: the finished folder is all the state that a batch has, and it tells whether to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..document.manifest import MANIFEST, read_manifest
from ..errors import HalfyearError, WorkspaceError
from ..findings import Finding, Said
from ..findings.words import few
from ..own_files import digests
from ..period import Period
from ..report import Request
from ..report.unchanged import inputs_of
from ..workspace import Workspace
from .lineage import Record, signature
from .one_report import BUILT, DRAFT, Order


def why_make(order: Order, folder: Path, here: Mapping[str, str]) -> Said | None:
    """Why the report in ``folder`` is to be made; None where it would be made again to the byte.

    Args:
        here: the versions that a report would be made with now.

    Raises:
        HalfyearError: the unit has no workspace, or no data for the period.
    """
    workspace = _workspace(order.workspace)
    workspace.data(order.period)
    try:
        manifest = read_manifest(folder / MANIFEST)
    except HalfyearError:
        return Said("batch-new")
    if manifest["outputs"] != {name: it for name, it in digests(folder).items() if name != MANIFEST}:
        return Said("batch-altered")
    asked = manifest.get("asked", {})
    formats, edition = asked.get("formats"), manifest["parameters"].get("edition")
    if formats != list(order.formats) or edition != order.edition or asked.get("sections"):
        return Said("batch-asked-otherwise")
    if manifest.get("versions") != here:
        return Said("batch-other-version")
    request = Request(workspace, Period.parse(order.period))
    return _changed(manifest["inputs"], inputs_of(request)) or _other_below(workspace, order)


def _workspace(folder: Path) -> Workspace:
    try:
        return Workspace.at(folder)
    except WorkspaceError as error:
        if error.code == "not-a-workspace":
            raise WorkspaceError("unit-not-sent", folder=folder) from error
        raise


def state_of(folder: Path) -> str:
    """Whether a finished report is one that still lacks something."""
    checks = read_manifest(folder / MANIFEST).get("checks", ())
    return DRAFT if any(str(one.get("code", "")).startswith("not-filled") for one in checks) else BUILT


def told_of(order: Order) -> tuple[Finding, ...]:
    """What is still to be told of a report that stands: totals that could not be made, units that are missing from them."""
    return Record.read(Workspace(order.workspace), order.period).told if order.units else ()


def _other_below(workspace: Workspace, order: Order) -> Said | None:
    """Whether the reports below are others than those that were rolled up: built by themselves, or just before a loss."""
    known = {one.code: one.signature for one in Record.read(workspace, order.period).units}
    now = {unit.code: "" if unit.code in order.left_out else signature(folder) for unit, folder in order.units}
    names = {unit.code: unit.name for unit, _ in order.units}
    other = [names.get(code, code) for code in known.keys() | now.keys() if known.get(code) != now.get(code)]
    return Said("batch-other-below", names=few(sorted(other), 3)) if other else None


def _changed(before: Mapping[str, str], now: Mapping[str, Any]) -> Said | None:
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return Said("batch-changed", names=few(names, 3)) if names else None
