"""Put a finished folder in the place of an old one, so that a reader finds the whole old or the whole new."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .own_files import retire

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A new folder beside ``target``, to be filled and handed to ``swap_in``; gone afterwards, whatever happened."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    staging.chmod(0o755)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def swap_in(staging: Path, target: Path, owned: Mapping[str, str]) -> Path | None:
    """Make ``staging`` the new ``target``; where the old one was set aside, if it held what is not ours.

    Where the kernel and the file system can exchange two names in one step (Linux), the target is never absent;
    elsewhere the old folder is moved first and put back if the second step fails. The old folder is deleted only if all
    of it is ours: a file may have been saved there while the new one was made.

    Args:
        owned: path → SHA-256 of what was put into the old folder.
    """
    if not os.path.lexists(target):
        staging.rename(target)
        return None
    old = staging
    if not _exchanged(staging, target):
        old = staging.with_name(staging.name + "-old")
        target.rename(old)
        try:
            staging.rename(target)
        except OSError:
            old.rename(target)
            raise
    return retire(old, target, owned)


def _exchanged(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:  # a C library older than the call
        return False
    return rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0
