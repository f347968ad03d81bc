"""Where in the author's notebook a run went wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import SectionError
from ..findings import LANGUAGES, Place, Said, Words
from ..findings.words import in_language
from ..workspace import SectionNotebook
from .shown import script_of
from .source_notebook import tags

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def section_error(
    section: SectionNotebook,
    source: Mapping[str, Any],
    cells: Sequence[Any],
    *,
    running: int | None,
    raised: BaseException | None,
    saved: Path,
    said: str = "",
) -> SectionError | None:
    """What a reader of the source notebook must know about a run that failed; None where it did not fail.

    ``cells`` are the executed notebook's; ``running`` the index of the last cell begun; ``said`` what the kernel wrote
    to its own standard error. A run is judged by what was raised and by error outputs, never by papermill's cell
    status, which says ``completed`` of cells that never ran. A cell that calls ``sys.exit(0)`` is a failure too: the
    cells after it did not run.
    """
    found = _first_error(cells)
    unshown = None if found or raised else _first_script(cells)
    if found is None and raised is None and unshown is None:
        return None
    at, output = found or (running, None)
    what: Words | Said = _worded(output, raised, said)
    if unshown is not None:
        at, kind = unshown
        what = Said("only-by-script", kind=kind)
    if raised is not None and type(raised).__name__ == "CellTimedOut":
        at = at if output is not None else running
        what = Said("cell-timed-out", seconds=raised.args[0])
    number = number_in_source(source, cells, at)
    line, quoted = 0, ""
    if output is not None and at is not None:
        line = _line(output["traceback"], cells[at].get("execution_count"))
        written = cells[at]["source"].splitlines()
        quoted = f"\n    {written[line - 1].strip()}" if 0 < line <= len(written) else ""
    place = Place(section.path.name, cell=number, line=line)
    called = Words(section.title, section.name)
    return SectionError(
        "section-failed", place, section=section.name, saved=str(saved), called=called, what=what, quoted=quoted
    )


def _first_error(cells: Sequence[Any]) -> tuple[int, Any] | None:
    for index, cell in enumerate(cells):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                return index, output
    return None


def _first_script(cells: Sequence[Any]) -> tuple[int, str] | None:
    """The first cell with an output that no page can show, and the output's kind."""
    for index, cell in enumerate(cells):
        for output in () if "remove-cell" in tags(cell) else cell.get("outputs", ()):
            if kind := script_of(output):
                return index, kind
    return None


def _worded(output: Any, raised: BaseException | None, said: str) -> Words:
    if output is not None:
        text = _COLOUR.sub("", output["evalue"]).strip()
        what = f"{output['ename']}: {text}" if text else output["ename"]
        return Words(what, what)
    died = type(raised).__name__ == "DeadKernelError"
    what = Said("kernel-died") if died else f"{type(raised).__name__}: {raised}"
    lines = [line for line in said.strip().splitlines() if not line.startswith("[IPKernelApp]")]
    return Words(*("\n    ".join([in_language(what, lang), *lines[-5:]]) for lang in LANGUAGES))


def number_in_source(source: Mapping[str, Any], cells: Sequence[Any], index: int | None) -> int:
    """The cell's number from 1 as the author counts. 0: before the first cell.

    papermill's own cells are not the author's: the injected parameters count as the parameters cell before them.
    """
    numbers = {cell["id"]: number for number, cell in enumerate(source["cells"], 1)}
    return max((numbers.get(cell["id"], 0) for cell in cells[: index + 1]), default=0) if index is not None else 0


def _line(traceback: Sequence[str], count: int | None) -> int:
    """The line of the failing cell where the error came up; the innermost one where the cell calls itself."""
    places = re.findall(rf"Cell In\[{count}\], line (\d+)", _COLOUR.sub("", "\n".join(traceback)))
    return int(places[-1]) if places else 0
