"""What a report is made of, watched for changes."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from watchfiles import Change, awatch

from ..workspace import Workspace

_PACKAGE = Path(__file__).resolve().parents[1]
_QUIET = 40  # ms without a further change before changes are told: programs save in several steps
_LONGEST = 400  # ms after which they are told all the same


class Changes:
    """Files saved since somebody last took them."""

    def __init__(self, workspace: Workspace) -> None:
        self._root = workspace.root
        own = workspace.root / "ledgers"
        folders = (workspace.root / "data", workspace.root / "notebooks", *((own,) if own.is_dir() else ()))
        self._watched = (*folders, _PACKAGE)
        self._files: dict[str, Path] = {}
        self._some = asyncio.Event()
        self._since = 0.0

    async def watch(self) -> None:
        """Collect changes until cancelled."""
        async for changes in awatch(*self._watched, watch_filter=self._wanted, debounce=_LONGEST, step=_QUIET):
            self.add(sorted(Path(file) for _, file in changes))

    def add(self, files: list[Path]) -> None:
        """Take note of ``files``; none at all asks for a build nevertheless."""
        self._since = self._since if self._some.is_set() else time.monotonic()
        self._files.update((self._shown(file), file) for file in files)
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

    def _wanted(self, change: Change, file: str) -> bool:
        """Leave out what programs keep beside the files they edit, and what Python and JupyterLab write."""
        root = next((root for root in self._watched if Path(file).is_relative_to(root)), None)
        if root is None:
            return False
        parts = Path(file).relative_to(root).parts
        hidden = any(part.startswith((".", "~")) or part == "__pycache__" for part in parts)
        return not hidden and not file.endswith(("~", ".tmp", ".pyc"))

    def _shown(self, file: Path) -> str:
        base = self._root if file.is_relative_to(self._root) else _PACKAGE.parent
        return file.relative_to(base).as_posix()
