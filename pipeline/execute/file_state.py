"""What a file or a folder was like when somebody looked: the same words mean that a section would have read the same."""

from __future__ import annotations

import os
from pathlib import Path

from ..own_files import digest, digest_of

MISSING = "missing"
_LITTER = ("__pycache__", ".", "~$")


def content(path: str) -> str:
    """SHA-256 of a file; what is no file is told by a word."""
    if not os.path.isfile(path):  # to read a pipe would take from whoever it is meant for
        return "not a file" if os.path.lexists(path) else MISSING
    try:
        return digest_of(Path(path))
    except OSError as error:
        return type(error).__name__


def names(path: str) -> str:
    """SHA-256 of the names in a folder."""
    try:
        return digest("\0".join(sorted(os.listdir(path))).encode(errors="surrogateescape"))
    except OSError:
        return MISSING


def files(folder: str) -> list[str]:
    """The path of every file beneath a folder but for what programs leave there."""
    found = []
    for place, folders, names_ in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_LITTER))
        found += [os.path.join(place, name) for name in sorted(names_) if not name.startswith(_LITTER)]
    return found
