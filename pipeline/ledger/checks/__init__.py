"""Everything that is held against a period's ledgers before a kernel starts.

A check is a function of an :class:`~.opened_period.OpenedPeriod` that reports what it finds into its records. A module of
this room names its checks in ``CHECKS``; that is all it takes.

A ledger that a command writes is held to its cells, its names and what is declared, not to what its figures seem to be to each
other: they were held where people entered them, and a total that more units state than its parts is none of these rows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ...facts.unprintable import Undrawn, not_asked
from ...findings import Finding
from ...period import Period
from ...workspace import Workspace
from .opened_period import OpenedPeriod

__all__ = ["check", "checks"]

_DECLARED, _LIKE_OTHERS = "rules", "odd_ones"
_OF_GENERATED = {
    "appearance", "dates", "figures", "filled", "keys", "last_time", "near_names", "personal_data", _DECLARED,
    "undrawn_text", "vocabulary",
}  # fmt: skip


@cache
def checks() -> tuple[Callable[[OpenedPeriod], None], ...]:
    """The checks of every module here; what is declared comes before what is guessed, which leaves its cells alone.

    Last comes what is only unlike all others: who knows what a figure is of says more.
    """
    names = sorted(module.name for module in iter_modules(__path__))
    names.sort(key=lambda name: (name != _DECLARED, name == _LIKE_OTHERS))
    modules = (import_module(f".{name}", __name__) for name in names)
    return tuple(each for module in modules for each in getattr(module, "CHECKS", ()))


def check(workspace: Workspace, period: Period | str, undrawn: Undrawn = not_asked) -> list[Finding]:
    """Every problem in the ledgers of ``period``, errors and warnings, in the order of files, sheets and cells.

    Nothing is written and no kernel started. What the sections' prose needs is not looked at here. ``undrawn`` says of a text
    which of its characters no font has.

    Raises:
        UnknownPeriod: ``data/PERIOD`` does not exist. WorkspaceError: the notebooks' titles cannot be read.
    """
    opened = OpenedPeriod.open(workspace, Period.parse(period), undrawn)
    entered = opened.entered()
    for each in checks():
        each(opened if each.__module__.rpartition(".")[2] in _OF_GENERATED else entered)
    return opened.problems
