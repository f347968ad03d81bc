"""What a cell may say: so much text, and no more, cut where it is said so that nobody has to carry it."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import Any

MOST_TEXT = 20_000  # characters a cell and stream: twenty pages
MOST_DISPLAYED = 50_000_000  # characters of one form of an output; a picture for print has a few million


def bound(shell: Any) -> None:
    """Bound the streams and displays of an IPython shell."""
    streams = [_Stream(sys.stdout), _Stream(sys.stderr)]
    for stream in streams:
        shell.events.register("pre_run_cell", stream.begin)
        shell.events.register("post_run_cell", stream.end)
    shell._tee = lambda channel: (
        nullcontext()
    )  # IPython would keep all text that was ever printed, for a history that nobody reads here
    made = shell.display_formatter.format

    def bounded(*asked: Any, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = made(*asked, **options)
        for kind, content in data.items():
            if kind == "text/plain" and len(content) > MOST_TEXT:
                data[kind] = content[:MOST_TEXT] + _cut(len(content))
            elif isinstance(content, str | bytes) and len(content) > MOST_DISPLAYED:
                msg = f"the output is too large: {len(content):,} characters of {kind}; at most {MOST_DISPLAYED:,}"
                raise ValueError(msg)
        return data, metadata

    shell.display_formatter.format = bounded


class _Stream:
    """One of the kernel's streams, which lets so much of a cell's text through."""

    def __init__(self, stream: Any) -> None:
        self._write, self._said = stream.write, 0
        self._flush, self._holds_text = stream.flush, True
        stream.write, stream.flush = self.write, self.flush

    def begin(self, _cell: object) -> None:
        self._said = 0

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            return self._write(text)  # which refuses it in its own words
        room = max(0, MOST_TEXT - self._said)
        self._said += len(text)
        if room:
            self._write(text[:room])
            self._holds_text = True
        return len(text)

    def flush(self) -> None:
        """Wait until all text is sent. IPython asks for it half a dozen times a cell, mostly when there is none."""
        if self._holds_text:
            self._holds_text = False
            self._flush()

    def end(self, _result: object) -> None:
        if self._said > MOST_TEXT:
            self._write(_cut(self._said))
            self._holds_text = True


def _cut(length: int) -> str:
    return f"\n……（共 {length} 个字符，只保留前 {MOST_TEXT} 个）\n"
