"""An executed notebook without what differs between two runs of the same thing."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from .source_notebook import INJECTED, tags

_TIMED = ("papermill", "execution")
_MADE_BY_PAPERMILL = {INJECTED: INJECTED, "papermill-error-cell-tag": "papermill-error"}
_CELL_FILE = re.compile(re.escape(tempfile.gettempdir() + os.sep) + r"ipykernel_\d+[/\\]\d+\.py")


def clean(notebook: Any, *, parameters: Mapping[str, Any], root: Path) -> Any:
    """Strip times, durations, random ids and paths of the machine from an executed notebook, in place.

    Kept: sources, outputs, execution counts, kernel and language, the parameters. In warnings and tracebacks the
    workspace's path becomes relative, Python's own ``<python>``, the kernel's temporary file of a cell ``<cell>``.
    """
    notebook.metadata["papermill"] = {"parameters": dict(parameters)}
    for number, cell in enumerate(notebook.cells):
        for key in _TIMED:
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]  # papermill gives every cell an empty list
        _name(cell, number)
        if "outputs" in cell:
            cell["outputs"] = _with_whole_streams(cell["outputs"])
        for output in cell.get("outputs", ()):
            _clean_text(output, root)
    return notebook


def _with_whole_streams(outputs: list[Any]) -> list[Any]:
    """Each stream in one piece, standard output first, as a terminal leaves it: in which pieces it came depends on timing."""
    whole: dict[str, Any] = {}
    for output in outputs:
        if output["output_type"] == "stream":
            first = whole.setdefault(output["name"], output)
            if first is not output:
                first["text"] += output["text"]
    for stream in whole.values():
        stream["text"] = "\n".join(map(_overwritten, stream["text"].split("\n")))
    kept = [output for output in outputs if output["output_type"] != "stream" or output is whole[output["name"]]]
    for place, (one, other) in enumerate(pairwise(kept)):
        if (one.get("name"), other.get("name")) == ("stderr", "stdout"):
            kept[place : place + 2] = [other, one]
    return kept


def _overwritten(line: str) -> str:
    """A line whose beginning a carriage return had written over, as progress bars do."""
    said = line.rstrip("\r")
    return said.rpartition("\r")[2] + line[len(said) :]


def _name(cell: Any, number: int) -> None:
    """Give a cell that papermill inserted an id that does not change."""
    for tag in _MADE_BY_PAPERMILL.keys() & set(tags(cell)):
        cell["id"] = _MADE_BY_PAPERMILL[tag] + (f"-{number}" if tag.startswith("papermill") else "")


def _clean_text(output: Any, root: Path) -> None:
    """Take the machine's paths out of streams and tracebacks; data of displays is left alone."""
    if output["output_type"] == "stream":
        output["text"] = _without_paths(output["text"], root)
    elif output["output_type"] == "error":
        output["traceback"] = [_without_paths(line, root) for line in output["traceback"]]


def _without_paths(text: str, root: Path) -> str:
    text = _CELL_FILE.sub("<cell>", text)
    for path, shown in _places(root):
        text = text.replace(path, shown)
    return text


def _places(root: Path) -> Iterable[tuple[str, str]]:
    yield f"{root}{os.sep}", ""
    yield str(root), "."
    yield f"{sys.prefix}{os.sep}", "<python>/"
    yield f"{sys.base_prefix}{os.sep}", "<python>/"
