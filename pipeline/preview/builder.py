"""The process that builds for a preview.

It is a process of its own so that a change of the package's code takes effect (it is started anew), and so that a
build can be given up whatever it is doing. Each line on standard input asks for a build; each line on standard output
is one JSON object: ``{"kind": "stage"}`` and ``{"kind": "section"}`` while it goes on, ``{"kind": "built"}`` or
``{"kind": "failed"}`` at its end. When standard input closes it stops what it is doing, ends its kernels and leaves.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from ..findings.reasons import reason_in
from ..leftovers import remove_own, temporary
from ..startup import skip_optional
from .told import remarks, told

_GRACE = 2  # seconds for an interrupted build to end by itself


def main() -> None:
    """Serve until standard input closes; ``sys.argv[2]`` gives the options as JSON."""
    skip_optional()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    options = json.loads(sys.argv[2])
    orders: queue.SimpleQueue[str] = queue.SimpleQueue()
    with contextlib.suppress(KeyboardInterrupt), temporary("halfyear-preview") as folder:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job was told to ignore it
        builds = _Builds(options, folder, answers)
        threading.Thread(target=_listen, args=(orders,), daemon=True).start()
        while orders.get():
            builds.build()


def _listen(orders: queue.SimpleQueue[str]) -> None:
    """Pass orders on; at the end of the input stop the main thread, which may be in the middle of a build."""
    for line in sys.stdin:
        orders.put(line)
    orders.put("")
    signal.raise_signal(signal.SIGINT) if os.name == "nt" else os.kill(os.getpid(), signal.SIGINT)
    time.sleep(_GRACE)
    with contextlib.suppress(Exception):  # a build that cannot be interrupted is left with the process
        from ..execute import kernels

        kernels.stop()
    remove_own()
    os._exit(1)


class _Builds:
    """Builds one report again and again into a folder of this process."""

    def __init__(self, options: dict[str, Any], folder: Path, answers: Any) -> None:
        self.options, self.folder, self.answers = options, folder, answers
        if not options["cold"]:
            self._warm_up()
        import pandas  # noqa: F401  # once: a build without it has a process of its own read the ledgers

    def build(self) -> None:
        """Build once and answer how it went."""
        try:
            answer = self._built()
        except Exception as error:
            answer = {"kind": "failed", "errors": told(error, self.options["lang"])}
        self._say(answer)

    def _warm_up(self) -> None:
        try:
            from ..execute import kernels
        except Exception:
            return  # the build will meet the same error and tell it
        kernels.start()

    def _built(self) -> dict[str, Any]:
        from ..period import Period
        from ..report import Request, build
        from ..workspace import Workspace

        options = self.options
        request = Request(
            workspace=Workspace.at(options["root"]),
            period=Period.parse(options["period"]),
            formats=("html",),
            output=self.folder,
            edition=options["edition"],
            cold=options["cold"],
            name_cells=True,
            tell_changes=False,
        )
        built = build(request, on_progress=self._section, on_stage=self._stage)
        return {
            "kind": "built",
            "report": str(built.folder / "report.html"),
            "errors": [entry for error in built.failures for entry in told(error, options["lang"])],
            "warnings": remarks([*built.warnings, *built.findings], options["lang"]),
            "stages": built.stages,
            "sections": [_section(ran, options["lang"]) for ran in built.sections],
        }

    def _stage(self, name: str) -> None:
        self._say({"kind": "stage", "name": name})

    def _section(self, event: Any) -> None:
        title = event.section.title
        self._say({"kind": "section", "title": title, "state": event.kind, "cell": event.cell, "cells": event.cells})

    def _say(self, answer: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps(answer, ensure_ascii=False), file=self.answers, flush=True)


def _section(ran: Any, lang: str) -> dict[str, Any]:
    """What became of a section; ``why`` is None where it did not have to run."""
    why = None if ran.why == "fresh" else reason_in(ran.why, lang)
    section = ran.section
    return {"name": section.name, "file": section.path.name, "title": section.title, "seconds": ran.seconds, "why": why}
