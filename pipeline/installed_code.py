"""What code a kernel would run: the package's own files and the distributions installed beside it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def package_digest() -> str:
    """SHA-256 over names and contents of the package's files (not its byte code)."""
    digest = hashlib.sha256()
    for name, path in sorted(_files()):
        digest.update(f"{name}\0".encode())
        digest.update(_content(path, os.stat(path)))
    return digest.hexdigest()


def _files() -> Iterator[tuple[str, str]]:
    """Name below the package, with slashes, and path of every file."""
    root = os.fspath(PACKAGE)
    for folder, folders, names in os.walk(root):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        for name in names:
            path = os.path.join(folder, name)
            yield path[len(root) + 1 :].replace(os.sep, "/"), path


_PIECE = 1 << 20
_READ: dict[str, tuple[tuple[int, ...], bytes]] = {}


def _content(path: str, status: os.stat_result) -> bytes:
    """SHA-256 of a file; read once a process, and again when anything about it has changed.

    The time of the last change of any kind (ctime) is among it, which no program can set back.
    """
    mark = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    if _READ.get(path, ((),))[0] != mark:
        _READ[path] = mark, hashlib.sha256(_bytes_of(path)).digest()
    return _READ[path][1]


def _bytes_of(path: str) -> bytes:
    """All bytes of a file; a start reads some hundreds, for which a file object takes as long as the reading."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return b"".join(iter(lambda: os.read(descriptor, _PIECE), b""))
    finally:
        os.close(descriptor)


def distributions() -> tuple[str, ...]:
    """Everything installed for this interpreter, as ``pandas-3.1.1``, sorted."""
    found: set[str] = set()
    for folder in _site_folders():
        with contextlib.suppress(OSError):
            names = os.listdir(folder)
            found.update(name.removesuffix(".dist-info") for name in names if name.endswith(".dist-info"))
    return tuple(sorted(found))


@cache
def _site_folders() -> tuple[Path, ...]:
    folders = (Path(entry) for entry in sys.path)
    return tuple(folder for folder in folders if folder.name in ("site-packages", "dist-packages"))
