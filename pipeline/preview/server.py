"""Serve one report on this machine and keep it current."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from functools import cache

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from ..errors import UsageError
from ..findings import Said
from ..period import Period
from ..workspace import Workspace
from .application import application
from .live import LivePreview

_ADDRESS = "127.0.0.1"
_MOST_BODY, _MOST_HEADERS = 1024, 16384  # bytes of a request


def serve(
    workspace: Workspace,
    period: Period,
    *,
    port: int = 0,
    open_browser: bool = True,
    edition: str = "internal",
    cold: bool = False,
    lang: str = "en",
    tell: Callable[[str], None] = print,
) -> None:
    """Show the report of ``period`` at ``http://127.0.0.1:PORT/`` until interrupted, made anew on every change.

    Watched are the workspace's ``data/`` and ``notebooks/`` and this package's own files. Only HTML is made, in a
    temporary folder; ``outputs/`` is not touched. Nothing but this machine can reach the page. Whoever else is logged
    in on the machine can.

    Args:
        port: 0 takes any that is free.
        lang: of problems in the ledgers, ``zh`` or ``en``.
        tell: hears the address, then a line about each build.

    Raises:
        UnknownPeriod: there is no folder of that period.
        UsageError: the port is taken or not allowed.
        HalfyearError: the files cannot be watched.
    """
    preview = LivePreview(workspace, period, edition=edition, cold=cold, lang=lang, tell=tell)
    sockets = _bound(port)
    address = f"http://{_ADDRESS}:{sockets[0].getsockname()[1]}/"

    def ready() -> None:
        tell(Said("preview-ready", period=period, address=address).text(lang))
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(preview, sockets, lang, ready))


def _bound(port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, _ADDRESS)
    except (OSError, OverflowError) as error:
        raise UsageError("port", value=str(port), reason=error) from error


async def _serve(preview: LivePreview, sockets: list[socket.socket], lang: str, ready: Callable[[], None]) -> None:
    """Until an interrupt or a polite request to end."""
    server = HTTPServer(application(preview.board, lang), max_body_size=_MOST_BODY, max_header_size=_MOST_HEADERS)
    server.add_sockets(sockets)
    serving = asyncio.current_task()
    assert serving is not None, "a coroutine runs in a task"
    stop = cache(serving.cancel)  # once: what ends the builder must not be ended itself
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
        with contextlib.suppress(NotImplementedError, AttributeError):  # Windows
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stop)
    ready()
    try:
        await preview.run()
    finally:
        server.stop()
