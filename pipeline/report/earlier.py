"""The builds that a report replaced: the last five of each period stay in ``outputs/.earlier/PERIOD/``.

Each is a folder called by a growing number, so that nothing is renamed as new ones come. They can be made again from
their inputs and are kept for comparing alone: a full disk, or ``make clean``, may take them all.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ..document.manifest import MANIFEST, owned_files, read_manifest
from ..document.record import FACTS
from ..errors import ReleaseError, UsageError
from ..own_files import digest_of, retire
from ..renaming import rename
from ..swap import staged

if TYPE_CHECKING:
    from ..archive import ChangedFigure

EARLIER, KEPT = ".earlier", 5


def keep(target: Path, new: Path) -> None:
    """Keep a copy of the report at ``target``, which the one in ``new`` is about to replace, unless the two are the same.

    A copy that is made and then not needed, because the process ends before the report is replaced, is the same as the
    present report and is passed over by :func:`earlier_builds`.
    """
    owned = owned_files(target)
    kept = _numbered(target)
    if not owned or _same(target, new) or (kept and _same(target, kept[-1])):
        return
    number = int(kept[-1].name) + 1 if kept else 1
    try:
        _copy(target, owned, _store(target) / f"{number:04}")
        superfluous = _numbered(target)[:-KEPT]
    except OSError:  # the disk is full
        superfluous = _numbered(target)
    for folder in superfluous:
        retire(folder, folder, owned_files(folder))


def changed_since(target: Path, new: Path) -> tuple[ChangedFigure, ...]:
    """The figures in which the report in ``new`` differs from the one of the same edition that stands at ``target``."""
    if not owned_files(target) or _facts(target) == _facts(new) or _edition(target) != _edition(new):
        return ()
    from ..archive import changed_figures, diff
    from ..render import semantic_body

    try:
        return changed_figures(diff(target, new, body_of=semantic_body).facts)
    except ReleaseError:  # what stands there has no text to compare
        return ()


def earlier_builds(target: Path) -> list[Path]:
    """The builds that the report at ``target`` replaced, the last one first."""
    return [folder for folder in reversed(_numbered(target)) if not _same(folder, target)]


def earlier_build(target: Path, steps: int) -> Path:
    """The build that stood at ``target`` so many replacements ago.

    Raises:
        UsageError: so many are not kept.
    """
    builds = earlier_builds(target)
    if not 0 < steps <= len(builds):
        raise UsageError("no-such-earlier", value=f"{target.name}@{steps}", folder=target, kept=len(builds))
    return builds[steps - 1]


def _store(target: Path) -> Path:
    return target.parent / EARLIER / target.name


def _numbered(target: Path) -> list[Path]:
    """What is kept, the oldest first."""
    store = _store(target)
    return sorted(path for path in store.iterdir() if path.name.isdecimal()) if store.is_dir() else []


def _copy(target: Path, owned: dict[str, str], to: Path) -> None:
    """Copy what a build put there and nobody altered."""
    with staged(to) as staging:
        for name, digest in owned.items():
            if (target / name).is_file() and digest_of(target / name) == digest:
                (staging / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(target / name, staging / name)
        rename(staging, to)


def _facts(folder: Path) -> bytes:
    with contextlib.suppress(OSError):
        return (folder / FACTS).read_bytes()
    return b""


def _edition(folder: Path) -> str:
    return str(read_manifest(folder / MANIFEST)["parameters"].get("edition", ""))


def _same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same build: a manifest names every file by its digest."""
    with contextlib.suppress(OSError):
        return (one / MANIFEST).read_bytes() == (other / MANIFEST).read_bytes()
    return False
