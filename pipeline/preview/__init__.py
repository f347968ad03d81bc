"""The live preview: the report in a browser, made again whenever something it is made of is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .live import LivePreview
    from .server import serve

__all__ = ["LivePreview", "serve"]


def __getattr__(name: str) -> Any:
    # tornado and watchfiles are paid for by the command that previews.
    if name == "serve":
        from . import server

        return server.serve
    if name == "LivePreview":
        from . import live

        return live.LivePreview
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
