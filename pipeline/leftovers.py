"""Temporary files and folders that name the process they belong to, so that the next command removes what a killed one left.

A name holds ``.hy-HOST-PID-START-``: whose it is can be told by anyone who comes later, without a list that would itself
be left behind. What another machine made (on a shared disk) is removed only when nobody has touched it for a day.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_OWNED = re.compile(r"\.hy-([0-9a-f]{6})-(\d+)-(\d+)-")
OLD, RECORD = "-old", "-owned.json"  # what stood where something new stands now, and what of it is ours: see swap.py
_LONG_AGO = 24 * 3600  # seconds
_mine: set[Path] = set()


def marked(prefix: str) -> str:
    """``prefix`` for a name that says it belongs to this process."""
    return f"{prefix}.hy-{_host()}-{os.getpid()}-{_started(os.getpid())}-"


def folder(prefix: str, where: Path | str | None = None) -> Path:
    """A new folder of this process in ``where`` (by default the system's temporary folder)."""
    made = Path(tempfile.mkdtemp(prefix=marked(prefix), dir=where))
    _mine.add(made)
    return made


def shared_mode() -> int:
    """The mode of a folder that is to be anybody's whom the user's umask lets in; a temporary one is its maker's alone."""
    umask = os.umask(0o077)  # there is no other way to ask
    os.umask(umask)
    return 0o777 & ~umask


@contextmanager
def temporary(prefix: str, where: Path | str | None = None) -> Iterator[Path]:
    """A new folder as by :func:`folder`, gone afterwards."""
    made = folder(prefix, where)
    try:
        yield made
    finally:
        remove(made)


def remove(path: Path) -> None:
    """Remove a file or folder, if it is there."""
    _mine.discard(path)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def remove_own() -> None:
    """Remove the folders of this process, which is about to end without unwinding."""
    for path in list(_mine):
        remove(path)


def sweep(*folders: Path | str) -> None:
    """Remove what processes that are gone have left in these folders, but for what may hold more than they made."""
    for where in folders:
        for path in left(where):
            if not path.name.endswith((OLD, RECORD)):
                remove(path)


def left(where: Path | str, suffix: str = "") -> list[Path]:
    """What in a folder belongs to processes that are gone."""
    try:
        names = [name for name in os.listdir(where) if name.endswith(suffix)]
    except OSError:
        return []
    owned = ((name, _OWNED.search(name)) for name in names)
    return [
        Path(where, name) for name, owner in owned if owner and _is_left(os.path.join(where, name), *owner.groups())
    ]


def meant(name: str) -> str:
    """The name without whose it is: what stands before the mark."""
    return _OWNED.split(name)[0]


def standing(path: str) -> str:
    """A path up to the first part that is there only while a process runs: what to name to people."""
    found = Path(path)
    marks = [part for part in (found, *found.parents) if _OWNED.search(part.name)]
    return str(marks[-1].parent) if marks else path


def _is_left(path: str, host: str, pid: str, started: str) -> bool:
    if host != _host():
        with contextlib.suppress(OSError):
            return os.lstat(path).st_mtime < time.time() - _LONG_AGO
        return False
    return _started(int(pid)) != int(started)


@cache
def _host() -> str:
    """This machine, or container: numbers of processes mean something there alone."""
    with contextlib.suppress(OSError):
        return _short(f"{platform.node()} {os.readlink('/proc/self/ns/pid')}")
    return _short(platform.node())


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _started(pid: int) -> int | None:
    """When a process began, None where there is none: a number that is given again to another process begins later."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stream:
            state, *rest = stream.read().rpartition(")")[2].split()
        return None if state in "ZX" else int(rest[18])
    except OSError:
        if os.path.exists("/proc/self/stat"):
            return None
    import psutil

    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(pid).create_time())
    return None
