"""Renaming where others look at the same folder: on a shared disk a name may be held for a moment, and is tried again."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

_HELD = frozenset(
    {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN, getattr(errno, "ESTALE", errno.EBUSY)}
)
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds; a scanner or a viewer of the folder has let go by then


def rename(source: Path, target: Path) -> None:
    """Give a file or folder another name; a file of that name is replaced.

    Raises:
        OSError: it is refused for good.
    """
    for pause in _PAUSES:
        try:
            os.replace(source, target)
        except OSError as error:
            if error.errno not in _HELD:
                raise
            time.sleep(pause)
        else:
            return
    os.replace(source, target)
