"""A folder of small files that may be deleted, damaged or written by two runs at once."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..leftovers import sweep
from ..own_files import digest
from ..swap import replace_whole

_FORMAT = "halfyear 2"
_OF_ANOTHER_VERSION = re.compile(rb"(?!halfyear 2 )halfyear \d+ [0-9a-f]{64}")
_MOST_BYTES = 128 << 20
_MOST_OF_ONE = 8  # states of one section and period worth keeping: edits are often taken back


class Store:
    """Entries by group. An entry is a small ``head``, read whenever somebody looks, and a large ``body``, both JSON.

    Where the folder cannot be written or read there are no entries.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self, group: str) -> list[Path]:
        """The files of a group, the one used last first."""
        found = [(_used(path), path) for path in self._files(f"{group}~")]
        return [path for _, path in sorted(found, reverse=True)]

    def read(self, path: Path) -> tuple[Any, bytes]:
        """Head and unparsed body of an entry.

        Raises:
            FileNotFoundError: it has gone meanwhile. OSError, ValueError: it cannot be read, is cut short, altered, or was written for another group.
        """
        checksum, _, rest = path.read_bytes().partition(b"\n")
        if _OF_ANOTHER_VERSION.fullmatch(checksum):
            self._remove(path)
            raise FileNotFoundError(path.name)
        if checksum.decode() != _checksum(path.name.partition("~")[0], rest):
            raise ValueError(path.name)
        head, _, body = rest.partition(b"\n")
        return json.loads(head), body

    def remove_damaged(self, path: Path) -> str:
        """Remove an entry that is not what was written; returns what to tell of it."""
        self._remove(path)
        return f"{path.name} in {self.folder.name}/ was damaged and has been removed"

    def used(self, path: Path) -> None:
        """Take note that an entry was of use: it is kept longer than others."""
        with contextlib.suppress(OSError):
            os.utime(path)

    def write(self, group: str, head: dict[str, Any], body: Any) -> None:
        """Add an entry; a file appears whole or not at all. Old ones go where there are too many."""
        rest = "\n".join(json.dumps(part, sort_keys=True, separators=(",", ":")) for part in (head, body))
        name = f"{group}~{digest(rest.encode())[:32]}.json"
        with contextlib.suppress(OSError):
            self._prepare()
            replace_whole(self.folder / name, f"{_checksum(group, rest.encode())}\n{rest}")
            self._trim(group)

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")

    def _files(self, beginning: str = "") -> Iterator[Path]:
        with contextlib.suppress(OSError):
            names = [name for name in os.listdir(self.folder) if name.startswith(beginning) and name.endswith(".json")]
            yield from (path for name in names if (path := self.folder / name).is_file())

    def _trim(self, group: str) -> None:
        for path in self.entries(group)[_MOST_OF_ONE:]:
            self._remove(path)
        sweep(self.folder)
        kept = 0
        for _, size, path in sorted(((_used(path), _size(path), path) for path in self._files()), reverse=True):
            kept += size
            if kept > _MOST_BYTES:
                self._remove(path)

    def _remove(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            path.unlink()


def _checksum(group: str, rest: bytes) -> str:
    return f"{_FORMAT} {digest(f'{group}~'.encode() + rest)}"


def _used(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0
