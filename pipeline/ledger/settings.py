"""What is wrong with a period's report.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..errors import WorkspaceError
from ..facts.unprintable import Undrawn, not_asked, unprintable
from ..findings import WARNING, Finding, Place
from ..period import Period
from ..personal import revealing
from ..report_settings import ReportSettings
from ..workspace import Workspace

_FILE = "report.toml"
_PRINTED = ("title", "office", "bureau")  # on the first page and under the last


def settings(workspace: Workspace, period: Period, undrawn: Undrawn = not_asked) -> list[Finding]:
    """The first fault of the file, or what in it cannot be printed or is still to be filled in."""
    try:
        said = workspace.settings(period)
    except WorkspaceError as error:
        return [replace(error.finding, place=error.place._replace(file=_FILE))]
    return [*_unprintable(said, undrawn), *_blank(said), *_personal(said)]


def _unprintable(said: ReportSettings, undrawn: Undrawn) -> Iterator[Finding]:
    """Every setting with a character that cannot be printed; the opening is told of as prose is."""
    for key, value in _texts(said._asdict()):
        if key != "opening":
            yield from unprintable(value, Place(_FILE, key=key), undrawn)


def _texts(settings: dict[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    for key, value in settings.items():
        if isinstance(value, str):
            yield within + key, value
        elif isinstance(value, dict):
            yield from _texts(value, f"{within}{key}.")


def _blank(said: ReportSettings) -> list[Finding]:
    """What the first page lacks; a whole bureau has no office within it."""
    needed = ("title", "bureau") if said.bureau.strip() else _PRINTED
    blank = tuple(name for name in needed if not getattr(said, name).strip())
    return [Finding("not-filled-settings", Place(_FILE), params={"names": blank})] if blank else []


def _personal(said: ReportSettings) -> list[Finding]:
    """Personal data in what is printed: the opening and the title alike."""
    return [
        Finding(hit.kind, Place(_FILE, key=name), hit.masked, severity=WARNING)
        for name, text in said._asdict().items()
        if isinstance(text, str)
        for hit in revealing(text)
    ]
