"""What a report is made of, watched for changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, awatch, watch

from ..workspace import Workspace

_PACKAGE = Path(__file__).resolve().parents[1]
_QUIET = 40  # ms without a further change before changes are told: programs save in several steps
_LONGEST = 400  # ms after which they are told all the same
_AWAKE = 200  # ms between looks at whether it is to end


class Changes:
    """Files saved since somebody last took them."""

    def __init__(self, workspace: Workspace, *, code: bool = True) -> None:
        self._root = workspace.root
        own = workspace.root / "ledgers"
        folders = (workspace.root / "data", workspace.notebooks, *((own,) if own.is_dir() else ()))
        self.watched = (*folders, *((_PACKAGE,) if code else ()))
        self._files: dict[str, Path] = {}
        self._some = asyncio.Event()
        self._since = 0.0

    async def watch(self) -> None:
        """Collect changes until cancelled."""
        async for changes in awatch(*self.watched, watch_filter=self.wanted, debounce=_LONGEST, step=_QUIET):
            self.add(sorted(Path(file) for _, file in changes))

    def add(self, files: list[Path]) -> None:
        """Take note of ``files``; none at all asks for a build nevertheless."""
        self._since = self._since if self._some.is_set() else time.monotonic()
        self._files.update((self.shown(file), file) for file in files)
        self._some.set()

    async def take(self) -> tuple[list[str], bool]:
        """Wait for changes; their names as the page shows them, and whether code of the package is among them."""
        await self._some.wait()
        files, self._files = self._files, {}
        self._some.clear()
        return list(files), any(file.is_relative_to(_PACKAGE) for file in files.values())

    @property
    def waiting(self) -> float:
        """For how many seconds changes have been waiting to be taken."""
        return time.monotonic() - self._since if self._some.is_set() else 0.0

    def wanted(self, change: Change, file: str) -> bool:
        """Leave out what programs keep beside the files they edit, and what Python and JupyterLab write."""
        root = next((root for root in self.watched if Path(file).is_relative_to(root)), None)
        if root is None:
            return False
        parts = Path(file).relative_to(root).parts
        hidden = any(part.startswith((".", "~")) or part == "__pycache__" for part in parts)
        return not hidden and not file.endswith(("~", ".tmp", ".pyc"))

    def shown(self, file: Path) -> str:
        """What a file is called."""
        base = self._root if file.is_relative_to(self._root) else _PACKAGE.parent
        return file.relative_to(base).as_posix()


def saves(workspace: Workspace) -> Iterator[list[str]]:
    """The files of each save, for as long as one asks; the first are none, and say that from now on none is missed."""
    changes, watching = Changes(workspace, code=False), False
    for some in watch(
        *changes.watched,
        watch_filter=changes.wanted,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_AWAKE,
        yield_on_timeout=True,
    ):
        if some or not watching:
            yield sorted(changes.shown(Path(file)) for _, file in some)
        watching = True
