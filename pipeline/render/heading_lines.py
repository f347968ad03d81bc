"""The heading lines of Markdown, as the report counts them: those that say something, outside fenced code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from .heading_levels import says_something

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")
_TAG = re.compile(r"<[^>]*>")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


def lines_with_levels(text: str) -> Iterator[tuple[str, int, str]]:
    """(line, level, title) of each line; level 0 where it is no heading."""
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.match(line)
        worded = heading is not None and _is_worded(heading[2])
        yield (line, len(heading[1]), heading[2]) if heading and worded else (line, 0, "")


def with_headings_changed(text: str, change: Callable[[int, str], str]) -> str:
    """``text`` with each heading line replaced; empty headings and what stands in fenced code are left alone."""
    return "\n".join(change(level, title) if level else line for line, level, title in lines_with_levels(text))


def _is_worded(title: str) -> bool:
    return says_something(unescape(_TAG.sub("", title))) or "<img" in title
