"""What a file, a folder or a name was like when somebody looked.

The kernel notes it as the section looks, the run compares afterwards and before the next time: the same words mean that
the section would have seen the same.

Our own ways to find sections and periods look at more than they use. What they read counts for what they make of it:
another paragraph in another notebook is nothing to a section that asked for the notebooks' titles.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat as modes
from collections.abc import Callable
from pathlib import Path
from types import CodeType

from .. import workspace
from ..errors import WorkspaceError

MISSING = "missing"
LISTED = ("names", "modules", "sections", "periods")
VOUCHED_FOR: dict[CodeType, dict[str, str]] = {
    workspace._title.__code__: {"read": "title"},
    workspace.Workspace.sections.func.__code__: {"names": "sections"},
    workspace.Workspace.periods.fget.__code__: {"names": "periods"},
}
_PERIOD = re.compile(r"[1-9]\d{3}H[12]")


def _read(path: str) -> str:
    """The contents: SHA-256."""
    if not os.path.isfile(path):
        return _looked(path)  # to read a pipe would take from whoever it is meant for
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _names(path: str) -> str:
    """The names in a folder."""
    return _digest(os.listdir(path))


def _modules(path: str) -> str:
    """The names in a folder that an import could find."""
    return _digest(name for name in os.listdir(path) if _importable(path, name))


def _importable(path: str, name: str) -> bool:
    return name.endswith((".py", ".pyc", ".so")) or os.path.exists(os.path.join(path, name, "__init__.py"))


def _looked(path: str, follow: bool = True) -> str:
    """What ``os.stat`` tells, but for times, owners and numbers of the file system."""
    found = os.stat(path, follow_symlinks=follow)
    if modes.S_ISLNK(found.st_mode):
        return f"link to {os.readlink(path)}"
    return "folder" if modes.S_ISDIR(found.st_mode) else f"file of {found.st_size}"


def _looked_at_link(path: str) -> str:
    return _looked(path, follow=False)


def _title(path: str) -> str:
    """A section's title, as the workspace reads it from a notebook."""
    try:
        return workspace._title(Path(path))
    except WorkspaceError:
        return "no title"


def _sections(path: str) -> str:
    """The names of section notebooks in a folder."""
    return _digest(name for name in os.listdir(path) if workspace._NUMBERED.fullmatch(name.removesuffix(".ipynb")))


def _periods(path: str) -> str:
    """The names of periods in a folder."""
    return _digest(name for name in os.listdir(path) if _PERIOD.fullmatch(name))


KINDS: dict[str, Callable[[str], str]] = {
    "read": _read,
    "names": _names,
    "modules": _modules,
    "title": _title,
    "sections": _sections,
    "periods": _periods,
    "looked": _looked,
    "link": _looked_at_link,
}


def state(kind: str, path: str) -> str:
    """What looking at ``path`` in the way of ``kind`` (a key of :data:`KINDS`) gives now; never raises."""
    try:
        return KINDS[kind](path)
    except OSError as error:
        return MISSING if isinstance(error, FileNotFoundError | NotADirectoryError) else type(error).__name__


def _digest(names: object) -> str:
    return hashlib.sha256("\0".join(sorted(names)).encode(errors="surrogateescape")).hexdigest()
