"""A notebook's file, as Jupyter writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_ALSO_TEXT = ("application/javascript", "image/svg+xml")


def write_notebook(path: Path, notebook: Mapping[str, Any]) -> None:
    """Write a notebook as nbformat does: keys sorted, indented by one, long texts as lists of lines."""
    text = json.dumps(_split(notebook), ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


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
