"""The builder's process, seen from the preview that owns it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parents[1]
_GRACE = 5  # seconds for a builder to end its kernels before it is killed
_LONGEST = 2**26  # bytes of one answer


class Builder:
    """Starts the process when it is needed, asks it for builds, ends it with everything it started."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._process: asyncio.subprocess.Process | None = None
        self._said: deque[str] = deque(maxlen=30)

    async def start(self) -> None:
        """Have the process there; it begins to warm up at once."""
        if self._process is not None and self._process.returncode is None:
            return
        self._said.clear()
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", f"{__package__}.builder", json.dumps(self._options)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            limit=_LONGEST,
            start_new_session=True,  # an interrupt from the terminal is for the preview, which then ends its builder
        )
        self._listening = asyncio.create_task(self._listen(self._process.stderr))

    async def build(self, on_step: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """Build once; ``on_step`` hears of stages and sections. The answer is ``built`` or ``failed``."""
        await self.start()
        process = self._process
        with contextlib.suppress(ConnectionError):
            process.stdin.write(b"build\n")
            await process.stdin.drain()
        while line := await process.stdout.readline():
            answer = json.loads(line)
            if answer["kind"] in ("built", "failed"):
                return answer
            on_step(answer)
        await self._listening
        words = "".join(self._said).strip() or f"it ended with code {await process.wait()}"
        return {"kind": "failed", "errors": [{"place": "", "text": f"the process that builds went away\n{words}"}]}

    async def end(self) -> None:
        """End the process and with it the build it may be in the middle of."""
        process, self._process = self._process, None
        if process is None:
            return
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), _GRACE)
        except TimeoutError:
            process.kill()  # its warm process notices and kills the kernels
            await process.wait()

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self._said.append(line.decode(errors="replace"))


def _environment() -> dict[str, str]:
    """This process's, and where it is not an installed package the way to this very one."""
    if _PACKAGE.parent.name in ("site-packages", "dist-packages"):
        return dict(os.environ)
    path = [str(_PACKAGE.parent), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(path))}
