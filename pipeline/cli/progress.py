"""Word to whoever waits: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

from ..findings import Said
from ..findings.catalogue import codes
from ..findings.reasons import reason_in
from .terminal import clipped, echo

if TYPE_CHECKING:
    from types import TracebackType

    from ..execute import Event


class Progress:
    """Prints to standard error: which stage, which section is at which cell. ``quiet`` prints nothing."""

    def __init__(self, lang: str, *, quiet: bool = False) -> None:
        self._lang = lang
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
            code = f"stage-{name}"
            self._over(self._said(code) if code in codes("command") else self._said("stage-form", form=name))

    def section(self, event: Event) -> None:
        """A section started, moved to a cell, is done, failed, or was fresh; or a warning."""
        if event.kind == "warning" or event.section is None:
            self._line(self._said("told-warning", text=reason_in(event.text, self._lang)))
            return
        name = event.section.name
        if event.kind == "started":
            self._why[name] = event.text
        if event.kind in ("started", "cell"):
            self._running[name] = f"{name} {event.cell}/{event.cells}"
        else:
            self._running.pop(name, None)
            why = event.text if event.kind == "fresh" else self._why[name]
            code = "section-stopped" if event.kind == "failed" else "section-ran"
            self._line(self._said(code, section=name, why=reason_in(why, self._lang)))
        if self._live:
            self._over("  ".join(self._running.values()))

    def _said(self, code: str, **params: Any) -> str:
        return Said(code, **params).text(self._lang)

    def _line(self, text: str) -> None:
        if self._live:
            self._over("")
        if not self._quiet:
            echo(text, err=True)

    def _over(self, text: str) -> None:
        """Write over the live line."""
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\x1b[K{clipped(text, width)}", end="", file=sys.stderr, flush=True)
