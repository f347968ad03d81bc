"""What is told of sections while they run and afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from ..errors import SectionError
from ..workspace import SectionNotebook


class Event(NamedTuple):
    """Something to tell whoever waits.

    ``fresh``: the stored result is used. Else ``started`` and ``cell`` while a section runs (``cell`` of ``cells`` in
    the notebook, from 1), then ``done`` or ``failed``. ``warning``: something that did no harm. ``text``: the words
    (of ``fresh`` and ``started`` as in :attr:`Ran.why`). ``section`` is None where all are meant.
    """

    section: SectionNotebook | None
    kind: Literal["fresh", "started", "cell", "done", "failed", "warning"]
    cell: int = 0
    cells: int = 0
    text: str = ""


class Ran(NamedTuple):
    """What became of a section.

    Attributes:
        path: the executed notebook, also where it failed. seconds: wall time. error: why it failed, or None.
        why: ``fresh``, or ``run, because tables/outreach.csv changed``.
    """

    section: SectionNotebook
    path: Path
    seconds: float
    error: SectionError | None
    why: str


Listener = Callable[[Event], None]
