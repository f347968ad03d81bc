"""The live preview: the report in a browser, made again whenever something it is made of is saved."""

from __future__ import annotations

from typing import Any

__all__ = ["serve"]


def __getattr__(name: str) -> Any:
    # tornado and watchfiles are paid for by the command that previews.
    if name == "serve":
        from .server import serve

        return serve
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
