"""The live preview: the report in a browser, made again whenever something it is made of is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .server import serve

__all__ = ["serve"]


def __getattr__(name: str) -> Any:
    # tornado and watchfiles are paid for by the command that previews.
    if name == "serve":
        from . import server

        return server.serve
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
