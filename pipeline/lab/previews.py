"""Previews within a Jupyter server: each begins with the first who listens to its news and ends with the last."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import UnknownPeriod
from ..period import Period
from ..preview import LivePreview
from ..preview.state import Board
from ..workspace import Workspace

_GRACE = 5  # seconds without a listener: a page that is loaded again comes back sooner


def preview_of(root: Path, path: str, period: str) -> tuple[Workspace, Period]:
    """The workspace around a notebook or folder of the server's, and the period asked for or its latest.

    Raises:
        WorkspaceError: there is none. UnknownPeriod: it has no such period.
    """
    place = (root / path).resolve()
    inside = place if place.is_relative_to(root) else root
    workspace = Workspace.find(inside if inside.is_dir() else inside.parent)
    wanted = Period.parse(period) if period else max(workspace.periods, default=None)
    if wanted is None:
        raise UnknownPeriod("no-periods", folder=workspace.root / "data")
    workspace.data(wanted)
    return workspace, wanted


@dataclass
class _Running:
    preview: LivePreview
    task: asyncio.Task[None]
    listeners: int = 0


class Previews:
    """The previews of a server, by keys that say nothing of their folders.

    Args:
        lang: of what is said, ``zh`` or ``en``. tell: hears a line about each build.
    """

    def __init__(self, lang: str, tell: Callable[[str], None]) -> None:
        self._lang, self._tell = lang, tell
        self._asked: dict[str, tuple[Workspace, Period]] = {}
        self._running: dict[str, _Running] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def key(self, workspace: Workspace, period: Period) -> str:
        """The key of that preview, which is begun when somebody listens to it."""
        key = hashlib.sha256(f"{workspace.root}\n{period}".encode()).hexdigest()[:16]
        self._asked[key] = (workspace, period)
        return key

    @contextmanager
    def board(self, key: str, *, listens: bool) -> Iterator[Board]:
        """The board of a preview, begun where it does not run; while somebody listens it goes on.

        Raises:
            KeyError: nobody asked for it. UnknownPeriod: the period's folder has gone.
        """
        running = self._running.get(key) or self._begun(key)
        running.listeners += listens
        try:
            yield running.preview.board
        finally:
            running.listeners -= listens
            asyncio.get_running_loop().call_later(_GRACE, self._end_unheard, key, running)

    def _begun(self, key: str) -> _Running:
        workspace, period = self._asked[key]
        preview = LivePreview(workspace, period, lang=self._lang, tell=self._tell)
        self._running[key] = _Running(preview, asyncio.create_task(preview.run()))
        return self._running[key]

    def _end_unheard(self, key: str, running: _Running) -> None:
        if not running.listeners and self._running.get(key) is running:
            del self._running[key]
            running.task.cancel()
            self._ending.add(running.task)
            running.task.add_done_callback(self._ending.discard)

    async def end(self) -> None:
        """End all of them, and wait until what they started has gone."""
        for key, running in list(self._running.items()):
            running.listeners = 0
            self._end_unheard(key, running)
        await asyncio.gather(*self._ending, return_exceptions=True)
