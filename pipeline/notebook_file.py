"""A notebook's file, as Jupyter writes it, and as git stores it: ``python -m pipeline.notebook_file`` is git's filter."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_OF_A_RUN = frozenset("collapsed scrolled execution ExecuteTime papermill trusted vscode widgets".split())
_PYTHON = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_ALSO_TEXT = ("application/javascript", "image/svg+xml")


def write_notebook(path: Path, notebook: Mapping[str, Any]) -> None:
    """Write a notebook as nbformat does: keys sorted, indented by one, long texts as lists of lines."""
    path.write_text(_text(notebook), encoding="utf-8", newline="\n")


def as_stored(content: bytes) -> bytes:
    """A notebook's file without what a run and an editor leave in it; what is none, a merge in conflict say, as it is."""
    try:
        notebook = json.loads(content)
        return _text(
            {**notebook, "cells": [*map(_not_run, notebook["cells"])], "metadata": _lasting(notebook["metadata"])}
        ).encode()
    except (ValueError, TypeError, LookupError, AttributeError):
        return content


def _not_run(cell: Mapping[str, Any]) -> dict[str, Any]:
    metadata = {key: value for key, value in cell["metadata"].items() if key not in _OF_A_RUN}
    results: dict[str, Any] = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
    return {**cell, "metadata": metadata, **results}


def _lasting(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What is the notebook's own: not which version of Python ran it, nor what an editor calls its kernel."""
    kept = {key: value for key, value in metadata.items() if key not in _OF_A_RUN}
    if "language_info" in kept:
        kept["language_info"] = {"name": kept["language_info"]["name"]}
    if kept.get("kernelspec", {}).get("name") == _PYTHON["name"]:
        kept["kernelspec"] = _PYTHON
    return kept


def _text(notebook: Mapping[str, Any]) -> str:
    return json.dumps(_split(notebook), ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")) + "\n"


def _split(notebook: Mapping[str, Any]) -> dict[str, Any]:
    return {**notebook, "cells": [_split_cell(cell) for cell in notebook["cells"]]}


def _split_cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    split = {**cell, "source": _lines(cell["source"])}
    if "attachments" in cell:
        split["attachments"] = {name: _split_bundle(bundle) for name, bundle in cell["attachments"].items()}
    if "outputs" in cell:
        split["outputs"] = [_split_output(output) for output in cell["outputs"]]
    return split


def _split_output(output: Mapping[str, Any]) -> dict[str, Any]:
    if output["output_type"] == "stream":
        return {**output, "text": _lines(output["text"])}
    return {**output, "data": _split_bundle(output["data"])} if "data" in output else dict(output)


def _split_bundle(bundle: Mapping[str, Any]) -> dict[str, Any]:
    """A bundle of representations by media type, those of text as lists of lines."""
    texts = (kind for kind in bundle if kind.startswith("text/") or kind in _ALSO_TEXT)
    return {**bundle, **{kind: _lines(bundle[kind]) for kind in texts}}


def _lines(text: str | list[str]) -> list[str]:
    return "".join(text).splitlines(True)


if __name__ == "__main__":
    sys.stdout.buffer.write(as_stored(sys.stdin.buffer.read()))
