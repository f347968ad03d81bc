"""Functions called in a process forked from the warm process, which has loaded pandas: the command need not load it again."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import select
import socket
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from ...errors import HalfyearError
from ...startup import seldom_look_for_circles, skip_optional
from .fork_client import Warm, current
from .preload import LEDGERS

_LIBRARY = "pandas"
Answer = TypeVar("Answer")


class Calls:
    """Calls of functions that need pandas, made in this process as their answers are asked for."""

    def begin(self, function: Callable[..., Answer], *asked: Any, **named: Any) -> Callable[[], Answer]:
        """Begin a call; what is returned gives its answer, or raises what it raised. One call at a time."""
        return partial(function, *asked, **named)

    def is_answering(self) -> bool:
        """Whether a call is being answered elsewhere: there is time for other work."""
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Have nothing go on any more."""


def calls() -> Calls:
    """Where to call what needs pandas: beside the warm process, if there is one and pandas is not loaded here.

    A process that makes one report after another loads pandas first, and needs no other one.
    """
    warm = None if _LIBRARY in sys.modules else current()
    if warm is not None:
        with contextlib.suppress(OSError):
            return ForkedCalls(warm)
    return Calls()


class ForkedCalls(Calls):
    """Calls answered by a process that the warm process forks.

    An error of halfyear's own is raised here as it was there. Whatever else goes wrong there, or with that process, the
    call is made again in this one: its functions read, and write only what they would write again.
    """

    def __init__(self, warm: Warm) -> None:
        self.warm = warm
        self.connection, theirs = socket.socketpair()
        self.channel, others = socket.socketpair()
        self.stream = self.channel.makefile("rwb")
        request = {"answer": __name__, "cwd": str(Path.cwd()), "env": dict(os.environ), "modules": list(LEDGERS)}
        warm.busy += 1
        with theirs, others:
            try:
                warm.ask(theirs.fileno(), others.fileno())
                self.connection.sendall(json.dumps(request).encode() + b"\n")
            except OSError:
                self._let_go()
                raise

    def begin(self, function: Callable[..., Answer], *asked: Any, **named: Any) -> Callable[[], Answer]:
        """Begin a call of a function that pickle knows by its name, with what pickle can carry."""
        here = partial(function, *asked, **named)
        if self.stream.closed:
            return here
        try:
            pickle.dump(here, self.stream)
            self.stream.flush()
        except OSError:
            self.end()
            return here
        return partial(self._answer, here)

    def is_answering(self) -> bool:
        """Whether a call is being answered elsewhere, and not yet has been."""
        return not self.stream.closed and not select.select([self.channel], [], [], 0)[0]

    def _answer(self, here: Callable[[], Answer]) -> Answer:
        try:
            answer, error = pickle.load(self.stream)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            return here()
        except BaseException:
            self.end()
            raise
        if error is not None:
            raise error
        return answer  # type: ignore[no-any-return]  # what the function returned there

    def end(self) -> None:
        """Have the process killed, and wait until it writes nothing any more."""
        if self.stream.closed:
            return
        self.connection.close()  # the warm process kills who belongs to it, once it has loaded what it is at
        with contextlib.suppress(OSError):
            self.channel.shutdown(socket.SHUT_WR)  # who waits for a call ends at once
            while self.stream.read(1 << 16):
                pass
        self._let_go()

    def _let_go(self) -> None:
        self.warm.busy -= 1
        self.connection.close()
        self.channel.close()
        with contextlib.suppress(OSError):  # what was not sent is for nobody
            self.stream.close()


def answer() -> None:
    """In the forked process: answer one call after another, until there are no more or one fails."""
    with socket.socket(fileno=os.dup(1)) as channel:
        stream = channel.makefile("rwb")
    with open(os.devnull, "wb") as nothing:  # what a library prints is no answer
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    skip_optional()
    seldom_look_for_circles()
    while True:
        try:
            asked = pickle.load(stream)
        except EOFError:
            return
        error = None
        try:
            found = asked()
        except HalfyearError as raised:
            raised.add_note("".join(traceback.format_exception(raised)))  # which pickle leaves behind
            found, error = None, raised
        pickle.dump((found, error), stream)
        stream.flush()
