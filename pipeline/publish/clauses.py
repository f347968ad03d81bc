"""Leaving clauses out of worded Markdown, so that what remains still reads as sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_TOKEN = re.compile(r"<[^>]*>|[^<]")
_OPENING, _CLOSING = "“‘《〈（(【「", "”’》〉）)】」"
_PAUSES, _ENDS = "，,", "。！？；!?;\n"
_GROUP = re.compile(r"（(?:<[^>]*>|[^（）<])*）")
_MARKUP = re.compile(r"<[^>]*>")
_WORDS = re.compile(r"[A-Za-z0-9\u4e00-\u9fff]")
_MARKER = re.compile(r"\s*(?:[-*+]|\d+[.)])?\s*(?:\*\*[^*]+\*\*)?[\s　]*")


def without(markdown: str, withheld: Callable[[str], bool]) -> str:
    """``markdown`` without the clauses for which ``withheld`` is true.

    Brackets that hold such words are left out alone where the rest of their clause may stay. Where the last clause of
    a sentence goes, the one before it takes its full stop; a paragraph, list item or table row of which nothing is left
    goes altogether.
    """
    kept = []
    for line in markdown.split("\n"):
        if not withheld(line):
            kept.append(line)
        elif not line.lstrip().startswith(("|", "#")):
            rest = _line(line, withheld)
            kept += [rest] if rest else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _line(line: str, withheld: Callable[[str], bool]) -> str:
    marker = _MARKER.match(line)
    lead = marker[0] if marker else ""
    rest = "" if withheld(lead) else _sentences(line[len(lead) :], withheld)
    return lead + rest if _WORDS.search(_MARKUP.sub("", rest)) else ""


def _sentences(line: str, withheld: Callable[[str], bool]) -> str:
    line = _GROUP.sub(lambda match: "" if withheld(match[0]) else match[0], line)
    kept: list[str] = []
    for clause in _clauses(line):
        if not withheld(clause):
            kept.append(clause)
        elif clause[-1] in _ENDS and kept and kept[-1][-1] in _PAUSES:
            kept[-1] = kept[-1][:-1] + clause[-1]
    rest = "".join(kept)
    return rest[:-1] + "。" if rest and rest[-1] in _PAUSES + "；" else rest


def _clauses(line: str) -> Iterator[str]:
    """Each clause with the mark that ends it; marks inside quotation marks, titles and brackets end nothing."""
    clause, depth = "", 0
    for token in _TOKEN.findall(line):
        clause += token
        depth += (token in _OPENING) - (token in _CLOSING) if len(token) == 1 else 0
        if depth <= 0 and token in _PAUSES + _ENDS and len(token) == 1:
            yield clause
            clause, depth = "", 0
    if clause:
        yield clause
