"""One report kept current: files watched, builds asked for, what comes of them shown on a board."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from ..errors import HalfyearError
from ..findings import Said
from ..period import Period
from ..workspace import Workspace
from .process import Builder
from .state import Board
from .watch import Changes

_PATIENCE = 10  # seconds that saved changes wait for a running build before it is given up; longer each time in a row


class LivePreview:
    """Watches, builds, shows: one thing after another, so that the board is never older than the last change.

    Args:
        lang: of what is said, ``zh`` or ``en``. tell: hears a line about each build.

    Raises:
        UnknownPeriod: there is no folder of that period.
    """

    def __init__(
        self,
        workspace: Workspace,
        period: Period,
        *,
        edition: str = "internal",
        cold: bool = False,
        lang: str,
        tell: Callable[[str], None],
    ) -> None:
        workspace.data(period)
        options = {"root": str(workspace.root), "period": str(period), "edition": edition, "cold": cold, "lang": lang}
        self.board = Board(str(period))
        self._changes, self._builder = Changes(workspace), Builder(options)
        self._tell, self._lang, self._patience = tell, lang, _PATIENCE

    async def run(self) -> None:
        """Until the task is cancelled; then the builder is ended, and with it all that it started.

        Raises:
            HalfyearError: the files cannot be watched.
        """
        tasks = {asyncio.create_task(self._watch()), asyncio.create_task(self._build())}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()
        except asyncio.CancelledError:
            pass
        finally:
            for task in tasks:
                task.cancel()
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
            await self.board.begin(files)
            answer = await self._answer()
            if answer is None:
                self._tell(Said("preview-given-up", seconds=f"{time.monotonic() - began:.2f}").text(self._lang))
                continue
            await self.board.end(answer, time.monotonic() - began)
            self._tell(_line(answer, time.monotonic() - began, self._lang))

    async def _answer(self) -> dict[str, Any] | None:
        """What the builder answers; None where it kept later changes waiting too long and was ended."""
        steps: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        build = asyncio.create_task(self._builder.build(steps.put_nowait))
        try:
            while not build.done():
                await asyncio.wait({build}, timeout=0.1)
                while not steps.empty():
                    await self.board.step(steps.get_nowait())
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
