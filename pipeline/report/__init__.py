"""The one path a report takes: check, execute, stitch, render, vouch, swap in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .build import build
from .request import Built, Request

if TYPE_CHECKING:
    from .for_publishing import candidate
    from .vouching import check

__all__ = ["Built", "Request", "build", "candidate", "check"]

_HOMES = {"candidate": "for_publishing", "check": "vouching"}


def __getattr__(name: str) -> Any:
    # What only other commands need is loaded by them.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
