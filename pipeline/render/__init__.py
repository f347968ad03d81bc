"""The render wing: a stitched notebook in, HTML, PDF and DOCX out."""

from __future__ import annotations

from typing import Any

__all__ = ["semantic_body"]

_HOMES = {"semantic_body": "body"}


def __getattr__(name: str) -> Any:
    # lxml, Typst and nbconvert are paid for by the command that renders, not by the one that asks for the version.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
