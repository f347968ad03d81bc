"""Put a finished folder in the place of an old one, so that a reader finds the whole old or the whole new."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from . import leftovers
from .own_files import digests, retire
from .renaming import rename

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A new folder beside ``target``, to be filled and handed to ``swap_in``; gone afterwards, whatever happened."""
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    with leftovers.temporary(f".{target.name}", target.parent) as staging:
        staging.chmod(leftovers.shared_mode())
        yield staging


def swap_in(staging: Path, target: Path, owned: Mapping[str, str]) -> Path | None:
    """Make ``staging`` the new ``target``; where the old one was set aside, if it held what is not ours.

    Where the kernel and the file system can exchange two names in one step (Linux), the target is never absent;
    elsewhere the old folder is moved first and put back if the second step fails. The old folder is deleted only if all
    of it is ours: a file may have been saved there while the new one was made.

    Args:
        owned: path → SHA-256 of what was put into the old folder.
    """
    if not os.path.lexists(target):
        rename(staging, target)
        return None
    old = staging.with_name(staging.name + leftovers.OLD)
    record = old.with_name(old.name + leftovers.RECORD)  # for whoever finds it, should this process be killed
    record.write_text(json.dumps({**digests(staging), **owned}), encoding="utf-8")
    try:
        rename(staging, old)
        if not _exchanged(old, target):
            rename(old, staging)
            rename(target, old)
            try:
                rename(staging, target)
            except OSError:
                rename(old, target)
                raise
    finally:
        if not old.exists():
            record.unlink()
    return _retired(old, target, record)


def replace_whole(file: Path, text: str) -> None:
    """Write a file of our own so that a reader finds the whole old one or the whole new one."""
    part = file.with_name(f"{leftovers.marked(f'.{file.name}')}part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        rename(part, file)
    finally:
        part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what killed processes left in ``folder``; an old folder they had no time to put away is put away."""
    leftovers.sweep(folder)
    for record in leftovers.left(folder, leftovers.RECORD):
        old = record.with_name(record.name.removesuffix(leftovers.RECORD))
        target = old.with_name(leftovers.meant(old.name)[1:])
        if not os.path.lexists(old):
            record.unlink()
        elif not os.path.lexists(target):
            rename(old, target)
            record.unlink()
        else:
            _retired(old, target, record)


def _retired(old: Path, target: Path, record: Path) -> Path | None:
    aside = retire(old, target, json.loads(record.read_text(encoding="utf-8")))
    record.unlink()
    return aside


def _exchanged(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:  # a C library older than the call
        return False
    failed: int = exchange(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return not failed
