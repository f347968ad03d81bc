"""What code a kernel would run: the package's own files and the distributions installed beside it."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def package_digest() -> str:
    """SHA-256 over names and contents of the package's files (not its byte code)."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if "__pycache__" not in path.parts and path.is_file():
            digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def distributions() -> tuple[str, ...]:
    """Everything installed for this interpreter, as ``pandas-3.1.1``, sorted."""
    found: set[str] = set()
    for folder in _site_folders():
        found.update(path.name.removesuffix(".dist-info") for path in folder.glob("*.dist-info"))
    return tuple(sorted(found))


@cache
def _site_folders() -> tuple[Path, ...]:
    folders = (Path(entry) for entry in sys.path)
    return tuple(folder for folder in folders if folder.name in ("site-packages", "dist-packages"))
