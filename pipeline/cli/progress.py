"""Word to whoever waits: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from ..execute import Event

_STAGES = {
    "check": "checking the ledgers",
    "execute": "running the notebooks",
    "stitch": "stitching",
    "record": "recording",
}


class Progress:
    """Prints to standard error: which stage, which section is at which cell. ``quiet`` prints nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        self._running: dict[str, str] = {}
        self._why: dict[str, str] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over("")

    def stage(self, name: str) -> None:
        """A stage begins."""
        if self._live:
            self._over(_STAGES.get(name, f"making {name}"))

    def section(self, event: Event) -> None:
        """A section started, moved to a cell, is done, failed, or was fresh; or a warning."""
        if event.kind == "warning" or event.section is None:
            self._line(f"warning: {event.text}")
            return
        name = event.section.name
        if event.kind == "started":
            self._why[name] = event.text
        if event.kind in ("started", "cell"):
            self._running[name] = f"{name} {event.cell}/{event.cells}"
        else:
            self._running.pop(name, None)
            why = event.text if event.kind == "fresh" else self._why[name]
            self._line(f"{name}: {'failed, ' if event.kind == 'failed' else ''}{why}")
        if self._live:
            self._over("  ".join(self._running.values()))

    def _line(self, text: str) -> None:
        if self._live:
            self._over("")
        if not self._quiet:
            print(text, file=sys.stderr, flush=True)

    def _over(self, text: str) -> None:
        """Write over the live line."""
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\x1b[K{text[:width]}", end="", file=sys.stderr, flush=True)
