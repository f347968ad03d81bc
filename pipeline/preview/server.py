"""Serve one report on this machine and keep it current."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from functools import cache
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from ..errors import HalfyearError, UsageError
from ..findings import Said
from ..period import Period
from ..workspace import Workspace
from .application import application
from .process import Builder
from .state import Board
from .watch import Changes

_ADDRESS = "127.0.0.1"
_MOST_BODY, _MOST_HEADERS = 1024, 16384  # bytes of a request
_PATIENCE = 10  # seconds that saved changes wait for a running build before it is given up; longer each time in a row


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
    workspace.data(period)
    sockets = _bound(port)
    address = f"http://{_ADDRESS}:{sockets[0].getsockname()[1]}/"
    options = {"root": str(workspace.root), "period": str(period), "edition": edition, "cold": cold, "lang": lang}
    preview = _Preview(workspace, options, tell)

    def ready() -> None:
        tell(Said("preview-ready", period=period, address=address).text(lang))
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(preview.run(sockets, ready))


def _bound(port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, _ADDRESS)
    except (OSError, OverflowError) as error:
        raise UsageError("port", value=str(port), reason=error) from error


class _Preview:
    """Watches, builds, shows: one thing after another, so that the page is never older than the last change."""

    def __init__(self, workspace: Workspace, options: dict[str, Any], tell: Callable[[str], None]) -> None:
        self._workspace, self._options, self._tell, self._lang = workspace, options, tell, options["lang"]
        self._patience = _PATIENCE

    async def run(self, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        """Until the task is cancelled, by an interrupt or a polite request to end."""
        self._changes, self._board = Changes(self._workspace), Board(self._options["period"])
        self._builder = Builder(self._options)
        server = HTTPServer(
            application(self._board, self._lang), max_body_size=_MOST_BODY, max_header_size=_MOST_HEADERS
        )
        server.add_sockets(sockets)
        serving = asyncio.current_task()
        assert serving is not None, "a coroutine runs in a task"
        stop = cache(serving.cancel)  # once: what ends the builder must not be ended itself
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
            with contextlib.suppress(NotImplementedError, AttributeError):  # Windows
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stop)
        watching = asyncio.create_task(self._watch())
        building = asyncio.create_task(self._build())
        ready()
        try:
            done, _ = await asyncio.wait({watching, building}, return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()
        except asyncio.CancelledError:
            pass
        finally:
            server.stop()
            building.cancel()
            await self._builder.end()

    async def _watch(self) -> None:
        try:
            await self._changes.watch()
        except OSError as error:
            raise HalfyearError("not-watched", reason=error) from error

    async def _build(self) -> None:
        self._changes.add([])  # the first build answers to no change
        while True:
            files, code = await self._changes.take()
            began = time.monotonic()
            if code:
                await self._builder.end()
            await self._board.begin(files)
            answer = await self._answer()
            if answer is None:
                self._tell(Said("preview-given-up", seconds=f"{time.monotonic() - began:.2f}").text(self._lang))
                continue
            await self._board.end(answer, time.monotonic() - began)
            self._tell(_line(answer, time.monotonic() - began, self._lang))

    async def _answer(self) -> dict[str, Any] | None:
        """What the builder answers; None where it kept later changes waiting too long and was ended."""
        steps: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        build = asyncio.create_task(self._builder.build(steps.put_nowait))
        try:
            while not build.done():
                await asyncio.wait({build}, timeout=0.1)
                while not steps.empty():
                    await self._board.step(steps.get_nowait())
                if self._changes.waiting > self._patience and not build.done():
                    self._patience *= 2
                    await self._builder.end()
                    return None
            self._patience = _PATIENCE
            return await build
        finally:
            build.cancel()


def _line(answer: dict[str, Any], seconds: float, lang: str) -> str:
    """A build in words: its sections that ran, then its errors."""
    if answer["kind"] == "failed":
        said = Said("preview-not-built", seconds=f"{seconds:.2f}")
    else:
        ran = [one["title"] for one in answer["sections"] if one["why"] is not None]
        said = Said("preview-built", seconds=f"{seconds:.2f}", sections=ran or Said("preview-no-section"))
    return "\n".join(each.text(lang) for each in (said, *(Said("told-error", **one) for one in answer["errors"])))
