"""A finished folder put in its place: the report it replaces is kept among the earlier ones, a draft it makes needless goes."""

from __future__ import annotations

from pathlib import Path

from ..document.manifest import owned_files
from ..own_files import retire
from ..swap import swap_in
from .earlier import keep
from .request import Request


def put_in_place(request: Request, staging: Path, *, draft: bool) -> tuple[Path, ...]:
    """Swap a finished folder in, or that of a draft beside it; what was set aside because others had put it there."""
    if draft:
        aside = [swap_in(staging, request.draft, owned_files(request.draft))]
    else:
        keep(request.target, staging)
        aside = [swap_in(staging, request.target, owned_files(request.target))]
        if request.draft.is_dir():
            aside.append(retire(request.draft, request.draft, owned_files(request.draft)))
    return tuple(filter(None, aside))
