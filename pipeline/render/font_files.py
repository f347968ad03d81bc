"""The font files a page could be set in, without opening one of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDERS = "HALFYEAR_FONTS"
_HOME = Path.home()
_SYSTEM = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", str(_HOME / "Library/Fonts")),
    "win32": (
        os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "Fonts"),
        os.path.join(os.environ.get("LOCALAPPDATA", ""), "Microsoft", "Windows", "Fonts"),
    ),
}
_ELSEWHERE = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    str(_HOME / ".fonts"),
    str(_HOME / ".local/share/fonts"),
)


def own_folders() -> list[str]:
    """The folders of ``HALFYEAR_FONTS``, which are separated as in PATH."""
    return [folder for folder in os.environ.get(FOLDERS, "").split(os.pathsep) if folder]


def font_files() -> list[list[str | int]]:
    """Path, size and time of change (ns) of every file in the folders where fonts are looked for, in order of paths.

    The fonts that come with installed packages are left out: they change with the packages' versions.
    """
    found: list[tuple[str, int, int]] = []
    for place in (*own_folders(), *_SYSTEM.get(sys.platform, _ELSEWHERE)):
        for folder, _, names in os.walk(place):
            for name in names:
                file = os.path.join(folder, name)
                try:
                    status = os.stat(file)
                except OSError:
                    continue
                found.append((file, status.st_size, status.st_mtime_ns))
    return [list(one) for one in sorted(found)]
