"""A folder of pages made anew: nothing of others is replaced, half of it is never seen, what did not change is not touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReleaseError
from ..findings import Said
from ..findings.words import few
from ..own_files import digest_of, digests, entries, free_name, strangers
from ..swap import staged, swap_in
from .plain_page import is_own_page, names_its_maker

INDEX, SUMS = "index.html", "SHA256SUMS"


@dataclass(frozen=True)
class Replaced:
    """What came of a folder: its ``files``, whether anything ``changed``, and where other people's things were ``set_aside``."""

    files: tuple[str, ...]
    changed: bool
    set_aside: Path | None


def replaced(
    to: Path,
    fill: Callable[[Path], None],
    *,
    made_by: str,
    holds: Said,
    only: str = "",
    set_aside: bool = False,
) -> Replaced:
    """Let ``fill`` make a folder anew beside ``to`` and swap it in.

    What is ours is told by the folder's records: pages that carry their own digest, and ``SHA256SUMS`` files.

    Args:
        made_by: what pages of such a folder say of their maker. holds: what such a folder holds, for the message.
        only: the folder in ``to`` that ``fill`` replaces, beside the index; the rest it takes over as it is. All if empty.
        set_aside: move what others put or changed there out of the way, instead of refusing.

    Raises:
        ReleaseError: ``to`` holds something that is not ours where the new is to stand, or is no folder.
    """
    of_this_kind = names_its_maker(to / INDEX, made_by)
    owned = owned_files(to, made_by) if of_this_kind else {}
    in_the_way = strangers(to, owned)
    if only and of_this_kind:
        in_the_way = [name for name in in_the_way if _is_replaced(name, only)]
    if in_the_way and (not set_aside or in_the_way == ["."]):
        raise _refused(to, in_the_way, holds)
    with staged(to) as staging:
        fill(staging)
        files = tuple(path.relative_to(staging).as_posix() for path in entries(staging))
        new = digests(staging)
        if new == digests(to):
            return Replaced(files, changed=False, set_aside=None)
        aside = swap_in(staging, to, _may_go(new, owned, only))
    return Replaced(files, changed=True, set_aside=aside)


def owned_files(folder: Path, made_by: str) -> dict[str, str]:
    """Path → SHA-256 of what was made here: what its ``SHA256SUMS`` files list, they themselves, and pages of ``made_by``."""
    owned: dict[str, str] = {}
    for path in entries(folder) if folder.is_dir() and not folder.is_symlink() else ():
        name = path.relative_to(folder)
        if path.name == SUMS and path.is_file():
            owned |= {(name.parent / one).as_posix(): digest for one, digest in _listed(path)}
            owned[name.as_posix()] = digest_of(path)
        elif path.suffix == ".html" and is_own_page(path, made_by):
            owned[name.as_posix()] = digest_of(path)
    return owned


def is_ours(folder: Path, made_by: str) -> bool:
    """Whether a folder of pages was made here, by ``made_by``."""
    return is_own_page(folder / INDEX, made_by)


def write_sums(folder: Path) -> None:
    """Write ``SHA256SUMS`` for all files beneath ``folder``, as ``sha256sum --check`` reads it."""
    lines = [f"{digest}  {name}\n" for name, digest in digests(folder).items() if name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _listed(sums: Path) -> Iterator[tuple[str, str]]:
    for line in sums.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        yield name, digest


def _may_go(new: Mapping[str, str], owned: Mapping[str, str], only: str) -> dict[str, str]:
    """What of the old folder may be deleted: what was ours and is replaced, and what stands in the new one as well."""
    return {**new, **{name: digest for name, digest in owned.items() if not only or _is_replaced(name, only)}}


def _is_replaced(name: str, only: str) -> bool:
    return name in (".", only, INDEX) or name.startswith(f"{only}/")


def _refused(to: Path, names: list[str], holds: Said) -> ReleaseError:
    if names == ["."]:
        return ReleaseError("pages-no-folder", folder=to, holds=holds)
    return ReleaseError("holds-other-things", folder=to, holds=holds, names=few(names), aside=free_name(to).name)
