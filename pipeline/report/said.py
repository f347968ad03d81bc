"""What the cells of executed sections said on the side, which the report does not show: told to whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..document.markup import NOT_SHOWN
from ..execute.shown import PICTURES
from ..findings import Finding, Place

if TYPE_CHECKING:
    from .executed import Executed

_MOST = 80  # characters of what was said
_SAID = {"stderr": "cell-warned", "stdout": "cell-printed"}


def said(executed: Sequence[Executed]) -> tuple[Finding, ...]:
    """Warnings, printed text, words not shown, pictures without a text, what was mended of headings and tables, each with notebook and cell."""
    return tuple(finding for one in executed if one.notebook for finding in _of_section(one, one.notebook))


def _of_section(one: Executed, notebook: Mapping[str, Any]) -> Iterator[Finding]:
    from ..render import mended

    number = 0  # as the author counts, without the parameters that were put in
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", ())
        number += "injected-parameters" not in tags
        if "remove-cell" in tags:
            continue
        place = Place(one.section.path.name, section=one.section.name, title=one.section.title, cell=number)
        yield from (Finding(code, place) for code in mended(cell))
        for output in cell.get("outputs", ()):
            if words := output.get("metadata", {}).get(NOT_SHOWN):
                yield Finding("words-not-shown", place, _cut("、".join(words)), {"count": len(words)})
            code, value = _told(output, tags)
            if code:
                yield Finding(code, place, value)


def _told(output: Mapping[str, Any], tags: Sequence[str]) -> tuple[str, str]:
    """The code of what is to be told of an output and the words in question; two blanks where nothing is."""
    name = output.get("name", "")
    if output["output_type"] == "stream":
        text = " ".join("".join(output["text"]).split())
        shown = name == "stdout" and "show-output" in tags
        return ("", "") if shown or not text else (_SAID[name], _cut(text))
    data, metadata = output.get("data", {}), output.get("metadata", {})
    kinds = [kind for kind in PICTURES if kind in data]
    described = metadata.get("alt") or any((metadata.get(kind) or {}).get("alt") for kind in kinds)
    return ("picture-without-alt", "") if kinds and "text/html" not in data and not described else ("", "")


def _cut(text: str) -> str:
    return text[:_MOST] + "…" * (len(text) > _MOST)
