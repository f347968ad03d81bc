"""What code a kernel would run: the package's own files and the distributions installed beside it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_BYTE_CODE = "__pycache__"
_SAME_TICK = 2.0  # seconds in which a file may change twice without another time, on the coarsest file systems
_digests: dict[str, str] = {}  # of this process, by what the files looked like


def package_digest() -> str:
    """SHA-256 over names and contents of the package's files (not its byte code).

    Kept beside the byte code, and as that is, until anything about a file has changed: the time of the last change of any
    kind (ctime), which no program can set back, is among it.
    """
    files = dict(sorted(_files(os.fspath(PACKAGE))))
    looks = [(name, each.st_ino, each.st_size, each.st_mtime_ns, each.st_ctime_ns) for name, each in files.items()]
    look = hashlib.sha256(repr(looks).encode()).hexdigest()
    kept = PACKAGE / _BYTE_CODE / "package-digest.txt"
    with contextlib.suppress(OSError, ValueError):
        then, digest = kept.read_text(encoding="utf-8").split()
        if then == look and len(digest) == len(look):
            return digest
    if look not in _digests:
        _digests[look] = _digest_of(files)
    if max(each.st_ctime for each in files.values()) < time.time() - _SAME_TICK and not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):
            _keep(kept, f"{look} {_digests[look]}")
    return _digests[look]


def _keep(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    beginning = file.with_name(f"{file.name}.{os.getpid()}")
    beginning.write_text(text, encoding="utf-8")
    os.replace(beginning, file)


def _digest_of(names: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256((PACKAGE / name).read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: str, above: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Name below the package, with slashes, and state of every file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield above + entry.name, entry.stat()
            elif entry.name != _BYTE_CODE:
                yield from _files(entry.path, f"{above}{entry.name}/")


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
