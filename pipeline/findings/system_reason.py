"""What the system refused, in the reader's language: its own words are English, or whatever it was set up to speak."""

from __future__ import annotations

import errno

from .catalogue import Said

_REASONS = {
    errno.ENOENT: "system-missing", errno.EISDIR: "system-folder", errno.ENOTDIR: "system-no-folder",
    errno.EACCES: "system-permission", errno.EPERM: "system-permission", errno.EROFS: "system-read-only",
    errno.ENOSPC: "system-full", errno.EMFILE: "system-too-many-open",
    errno.ENFILE: "system-too-many-open", errno.ENAMETOOLONG: "system-name-too-long", errno.EEXIST: "system-exists",
    errno.EBUSY: "system-in-use", errno.ELOOP: "system-links", errno.EIO: "system-failing", errno.ENOMEM: "system-memory",
}  # fmt: skip


def system_reason(error: OSError) -> Said:
    """Why the system refused something: a full disk, a folder where a file was wanted; by number where it is rare."""
    number = error.errno or 0
    return Said(_REASONS[number]) if number in _REASONS else Said("system-other", number=number)
