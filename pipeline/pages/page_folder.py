"""A folder of pages made anew: nothing of others is replaced, half of it is never seen, what did not change is not touched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import ReleaseError
from ..swap import staged, swap_in
from .plain_page import mark

INDEX = "index.html"


def replaced(to: Path, fill: Callable[[Path], None], *, made_by: str, holds: str) -> tuple[tuple[str, ...], bool]:
    """Let ``fill`` make a folder anew beside ``to`` and swap it in; its files, and whether anything differs.

    Args:
        made_by: what the page ``index.html`` of such a folder says of its maker; another folder is not replaced.
        holds: what such a folder holds, for the message.

    Raises:
        ReleaseError: ``to`` holds something else, or is no folder.
    """
    _check(to, made_by, holds)
    with staged(to) as staging:
        fill(staging)
        files = tuple(_files(staging))
        changed = not to.exists() or _digests(staging) != _digests(to)
        if changed:
            swap_in(staging, to)
    return files, changed


def sha256(data: bytes) -> str:
    """The digest of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def is_ours(folder: Path, made_by: str) -> bool:
    """Whether a folder of pages was made here, by ``made_by``."""
    index = folder / INDEX
    return index.is_file() and mark(made_by) in index.read_text(encoding="utf-8", errors="replace")


def _check(to: Path, made_by: str, holds: str) -> None:
    if to.exists() and (not to.is_dir() or (any(to.iterdir()) and not is_ours(to, made_by))):
        msg = f"{to} holds other things than {holds}; name an empty folder, a new one, or one of these made before"
        raise ReleaseError(msg)


def _files(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())


def _digests(folder: Path) -> dict[str, str]:
    return {name: sha256((folder / name).read_bytes()) for name in _files(folder)}
