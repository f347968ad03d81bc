"""What in a folder is ours: halfyear replaces and deletes only files that a record there names, with their digest.

Whatever else stands in the way (a file that somebody edited or put there, a link, a device) is named, never touched.
What other programs leave behind (locks of an office program, a file manager's thumbnails) is nobody's work and is passed over.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from .renaming import rename

# Word, WPS, LibreOffice, Windows, macOS, Jupyter, network file systems
_LITTER = frozenset("Thumbs.db ehthumbs.db desktop.ini Desktop.ini .DS_Store .directory .ipynb_checkpoints".split())
_LITTER_BEGINS = ("~$", ".~", "._", ".nfs", ".fuse_hidden", ".smbdelete")
_SET_ASIDE = "set-aside"


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_litter(name: str) -> bool:
    """Whether a file or folder of that name was left behind by another program and holds nobody's work."""
    return name in _LITTER or name.startswith(_LITTER_BEGINS)


def entries(folder: Path) -> Iterator[Path]:
    """All that is not a folder beneath ``folder`` (files, links, devices), in order, litter left out; links are not followed."""
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        if is_litter(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from entries(Path(entry.path))
        else:
            yield Path(entry.path)


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file beneath a folder by its path there; nothing where there is no folder."""
    if not folder.is_dir():
        return {}
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in entries(folder) if path.is_file()}


def strangers(folder: Path, owned: Mapping[str, str]) -> list[str]:
    """What in ``folder`` is not ours, by its path there; ``.`` where there is something else than a folder.

    Args:
        owned: path → SHA-256 of what was put there.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return ["."]
    if not folder.exists():
        return []
    names = ((path, path.relative_to(folder).as_posix()) for path in entries(folder))
    return [name for path, name in names if not _is_owned(path, owned.get(name))]


def held_open(folder: Path) -> list[str]:
    """The files of a folder that another program holds, by their paths there: Word and Excel on Windows let nobody else write."""
    held = []
    for path in entries(folder) if folder.is_dir() else ():
        if path.is_file() and os.access(path, os.W_OK):
            try:
                path.open("r+b").close()
            except PermissionError:
                held.append(path.relative_to(folder).as_posix())
    return held


def retire(old: Path, target: Path, owned: Mapping[str, str]) -> Path | None:
    """Remove ``old``, which stood at ``target``, if all of it is ours; else keep it beside ``target`` and say where."""
    if not strangers(old, owned):
        shutil.rmtree(old, ignore_errors=True)
        return None
    aside = free_name(target)
    rename(old, aside)
    return aside


def free_name(target: Path) -> Path:
    """A name beside ``target`` under which it can be set aside: ``2021H1.set-aside-1``."""
    names = (target.with_name(f"{target.name}.{_SET_ASIDE}-{number}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))


def _is_owned(path: Path, expected: str | None) -> bool:
    return expected is not None and stat.S_ISREG(path.lstat().st_mode) and digest_of(path) == expected
