"""Headings under which nothing is stated: a chapter shows what it has, not what it could have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .heading_lines import lines_with_levels
from .stitch import Notebook, belongs

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRAME = re.compile(r"\s*(?:</?(?:div|section|p|span)\b[^>]*>\s*)*")  # what holds something and says nothing itself
_CELL = -1  # in place of an output's number: the cell's own text


class _Line(NamedTuple):
    """A heading (``level`` > 0) or something said, in a cell's own text or in one of its outputs."""

    level: int
    cell: int
    output: int = _CELL
    line: int = 0


def without_silent_headings(notebook: Notebook) -> Notebook | None:
    """An executed section without the headings under which nothing is said; None where it says nothing at all.

    The chapter's title stays as long as anything is said.
    """
    lines = list(_lines(notebook["cells"]))
    if all(one.level for one in lines):
        return None
    title = next((one for one in lines if one.level), None)
    silent = set(_silent(lines)) - {title}
    cells = [
        _without(cell, [one for one in silent if one.cell == place]) for place, cell in enumerate(notebook["cells"])
    ]
    return {**notebook, "cells": cells}


def _silent(lines: list[_Line]) -> Iterator[_Line]:
    """The headings before the next of the same or a higher level of which nothing is said."""
    waiting: list[_Line] = []
    for one in lines:
        if not one.level:
            waiting.clear()
            continue
        while waiting and waiting[-1].level >= one.level:
            yield waiting.pop()
        waiting.append(one)
    yield from waiting


def _lines(cells: list[dict[str, Any]]) -> Iterator[_Line]:
    for place, cell in enumerate(cells):
        tags = cell["metadata"].get("tags", ())
        if "remove-cell" in tags:
            continue
        if cell["cell_type"] != "code":
            yield from _of_text(_text(cell["source"]), place, _CELL)
            continue
        if "show-input" in tags and _text(cell["source"]).strip():
            yield _Line(0, place)
        for number, output in enumerate(cell["outputs"]):
            if belongs(output, tags) and not {"remove-output", "remove-outputs", "hide-output"} & set(tags):
                yield from _of_output(output, place, number)


def _of_output(output: Mapping[str, Any], place: int, number: int) -> Iterator[_Line]:
    data = output.get("data", {})
    if "text/markdown" in data and "text/html" not in data:
        yield from _of_text(_text(data["text/markdown"]), place, number)
    elif any(_text(said).strip() for said in (output.get("text", ""), *data.values()) if isinstance(said, str | list)):
        yield _Line(0, place, number)


def _of_text(text: str, place: int, output: int) -> Iterator[_Line]:
    shown = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, (line, level, _) in enumerate(lines_with_levels(shown)):
        if not _FRAME.fullmatch(line):
            yield _Line(level, place, output, number)


def _without(cell: dict[str, Any], silent: list[_Line]) -> dict[str, Any]:
    if not silent:
        return cell
    own = {one.line for one in silent if one.output == _CELL}
    if own:
        return {**cell, "source": _without_lines(_text(cell["source"]), own)}
    outputs = []
    for number, output in enumerate(cell["outputs"]):
        gone = {one.line for one in silent if one.output == number}
        if gone:
            left = _without_lines(_text(output["data"]["text/markdown"]), gone)
            output = {**output, "data": {**output["data"], "text/markdown": left}}
        outputs.append(output)
    return {**cell, "outputs": outputs}


def _without_lines(text: str, gone: set[int]) -> str:
    return "\n".join(line for number, line in enumerate(text.split("\n")) if number not in gone)


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
