"""The one path a report takes: check, execute, stitch, render, vouch, swap in."""

from __future__ import annotations

from typing import Any

from .build import build
from .request import Built, Request

__all__ = ["Built", "Request", "build", "candidate", "check"]

_HOMES = {"candidate": "candidate", "check": "vouching"}


def __getattr__(name: str) -> Any:
    # What only other commands need is loaded by them.
    if name in _HOMES:
        from importlib import import_module

        found = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        globals()[name] = found  # else the name would mean the module, which Python has just bound to it
        return found
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
