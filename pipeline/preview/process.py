"""The builder's process, seen from the preview that owns it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..findings import Said

_PACKAGE = Path(__file__).resolve().parents[1]
# This very package, whatever the working directory is, and the environment as it is: it is part of what sections depend on.
_START = "import sys; sys.path[:0] = {sys.argv[1]} - {*sys.path}; from pipeline.preview.builder import main; main()"
_GRACE = 8  # seconds for a builder to end by itself before it is killed
_LONGEST = 2**26  # bytes of one answer
Step = Callable[[dict[str, Any]], None]


class Builder:
    """Starts the process when it is needed, asks it for builds, ends it with everything it started."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._process: asyncio.subprocess.Process | None = None
        self._said: deque[str] = deque(maxlen=30)

    async def start(self) -> asyncio.subprocess.Process:
        """The process, started where there is none; it begins to warm up at once."""
        if self._process is not None and self._process.returncode is None:
            return self._process
        self._said.clear()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _START, str(_PACKAGE.parent), json.dumps(self._options)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            limit=_LONGEST,
            start_new_session=True,  # an interrupt from the terminal is for the preview, which then ends its builder
        )
        assert process.stderr, "started with pipes"
        self._process, self._listening = process, asyncio.create_task(self._listen(process.stderr))
        return process

    async def build(self, on_step: Step) -> dict[str, Any]:
        """Build once; ``on_step`` hears of stages and sections. The answer is ``built`` or ``failed``."""
        for _ in range(2):
            answer, begun = await self._ask(await self.start(), on_step)
            if answer is not None:
                return answer
            code = await self.end()
            if begun:
                break  # else it had gone before it was asked
        words = "".join(self._said).strip() or Said("builder-code", status=code)
        said = Said("builder-gone", reason=words).text(self._options["lang"])
        return {"kind": "failed", "errors": [{"place": "", "text": said}]}

    async def end(self) -> int:
        """End the process and with it the build it may be in the middle of; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        assert process.stdin, "started with pipes"
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), _GRACE)
        except TimeoutError:
            process.kill()  # its warm process notices and kills the kernels
        await asyncio.wait({self._listening}, timeout=1)  # longer where something it started holds on to its output
        return await process.wait()

    async def _ask(self, process: asyncio.subprocess.Process, on_step: Step) -> tuple[dict[str, Any] | None, bool]:
        """Its answer, None where it went away, and whether it said anything."""
        assert process.stdin, "started with pipes"
        assert process.stdout, "started with pipes"
        begun = False
        with contextlib.suppress(ConnectionError):
            process.stdin.write(b"build\n")
            await process.stdin.drain()
        while line := await process.stdout.readline():
            step, begun = json.loads(line), True
            if step["kind"] in ("built", "failed"):
                return step, begun
            on_step(step)
        return None, begun

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self._said.append(line.decode(errors="replace"))
