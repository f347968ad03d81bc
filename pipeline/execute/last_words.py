"""What a kernel and the programs it starts write past Jupyter: the end of it is kept, however much there is."""

from __future__ import annotations

import os
import threading
from types import TracebackType

_KEPT = 65_536  # bytes
_PATIENCE = 1.0  # seconds for the rest to arrive; a program that outlives its kernel may hold the pipe open


class LastWords:
    """A pipe to give to a kernel as its standard output and error, while ``with`` lasts."""

    def __enter__(self) -> LastWords:
        self._end, self._into = os.pipe()
        self._kept = b""
        self._listener = threading.Thread(target=self._listen, name="last-words", daemon=True)
        self._listener.start()
        return self

    def fileno(self) -> int:
        """Where the kernel writes to."""
        return self._into

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._into)
        self._listener.join(_PATIENCE)

    @property
    def text(self) -> str:
        """The end of what was written, once nobody writes any more."""
        return self._kept.decode(errors="replace")

    def _listen(self) -> None:
        while data := os.read(self._end, _KEPT):
            self._kept = (self._kept + data)[-_KEPT:]
        os.close(self._end)
