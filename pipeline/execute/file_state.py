"""What a file or a folder was like when somebody looked: the same words mean that a section would have read the same."""

from __future__ import annotations

import hashlib
import os

MISSING = "missing"
_LITTER = ("__pycache__", ".", "~$")


def content(path: str) -> str:
    """SHA-256 of a file; what is no file is told by a word."""
    if not os.path.isfile(path):  # to read a pipe would take from whoever it is meant for
        return "not a file" if os.path.lexists(path) else MISSING
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return type(error).__name__


def names(path: str) -> str:
    """SHA-256 of the names in a folder."""
    try:
        return hashlib.sha256("\0".join(sorted(os.listdir(path))).encode(errors="surrogateescape")).hexdigest()
    except OSError:
        return MISSING


def files(folder: str) -> list[str]:
    """The path of every file beneath a folder but for what programs leave there."""
    found = []
    for place, folders, names_ in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_LITTER))
        found += [os.path.join(place, name) for name in sorted(names_) if not name.startswith(_LITTER)]
    return found
