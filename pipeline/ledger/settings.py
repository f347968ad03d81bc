"""What is wrong with a half-year's report.toml."""

from __future__ import annotations

from dataclasses import replace

from ..errors import WorkspaceError
from ..findings import WARNING, Finding, Place
from ..period import Period
from ..personal import revealing
from ..workspace import ReportSettings, Workspace

_FILE = "report.toml"
_PRINTED = ("title", "office", "bureau")  # on the first page and under the last


def settings(workspace: Workspace, period: Period) -> list[Finding]:
    """The first fault of the file, or what of it is still to be filled in."""
    try:
        said = workspace.settings(period)
    except WorkspaceError as error:
        return [replace(error.finding, place=replace(error.place, file=_FILE))]
    blank = tuple(name for name in _PRINTED if not getattr(said, name).strip())
    unfilled = [Finding("not-filled-settings", Place(_FILE), params={"names": blank})] if blank else []
    return unfilled + _personal(said)


def _personal(said: ReportSettings) -> list[Finding]:
    """Personal data in what is printed: the opening and the title alike."""
    return [
        Finding(hit.kind, Place(_FILE, key=name), hit.masked, severity=WARNING)
        for name, text in vars(said).items()
        if isinstance(text, str)
        for hit in revealing(text)
    ]
