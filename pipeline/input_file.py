"""Files that people put into a workspace, and which of them are read: regular ones, of a size, that lie inside it."""

from __future__ import annotations

import errno
import os
import stat
import tomllib
from io import BufferedReader
from pathlib import Path
from typing import Any

from .findings import Finding, Place, Said, language, system_reason

TEXT = 2_000_000  # bytes of a file of settings, of prose, of a declaration
NOTEBOOK = 50_000_000  # bytes of a notebook, which is stored without outputs
_MOST_PARTS = 1_000  # of a dotted key


class LimitError(Exception):
    """A file that is none to read, or asks for more than a limit allows; ``code`` and ``params`` are those of its problem."""

    def __init__(self, *, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def opened(path: Path, root: Path, most: int) -> BufferedReader:
    """A regular file of the workspace at ``root``; not waiting for a pipe and not reading a device without end.

    Raises:
        LimitError: it is something else, lies outside through a link, or has more than ``most`` bytes.
        OSError: it cannot be opened.
    """
    _look_at(path, root, most)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    stream = os.fdopen(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):  # exchanged since
        stream.close()
        raise LimitError(code="not-a-file")
    return stream


def content(path: Path, root: Path, most: int = TEXT) -> bytes:
    """All bytes of such a file.

    Raises:
        LimitError, OSError: as ``opened``.
    """
    with opened(path, root, most) as stream:
        return stream.read(most)


def refusal(error: LimitError | OSError, place: Place) -> Finding:
    """What is said of a file that is not read."""
    if isinstance(error, LimitError):
        return Finding(error.code, place, params=error.params)
    return Finding("unreadable", place, params={"reason": system_reason(error)})


def toml_of(text: str) -> dict[str, Any]:
    """A text as TOML; tables inside tables without end would use up the stack, and keys of many parts the time.

    Raises:
        TOMLDecodeError: it is none.
    """
    if any(line.partition("=")[0].count(".") > _MOST_PARTS for line in text.splitlines()):
        raise tomllib.TOMLDecodeError(Said("toml-parts").text(language()))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError(Said("toml-depth").text(language())) from None


def _look_at(path: Path, root: Path, most: int) -> None:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise LimitError(code="not-a-file")
    if path.is_symlink() or path.parent.is_symlink():
        target = path.resolve()
        if not target.is_relative_to(root.resolve()):
            raise LimitError(code="link-outside", target=str(target))
    if status.st_size > most:
        raise LimitError(code="file-too-large", size=-(-status.st_size // 1_000_000), limit=most // 1_000_000)
