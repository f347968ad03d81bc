"""A piece of Markdown with facts and words in it, and names of tables and charts."""

from __future__ import annotations

import re
from html import unescape

from ..errors import FactError
from ..facts.printed import pointed_at, seen
from .mentions import mentions, show_with_mentions, with_captions

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")  # a title may hold <…> of its own, as in <开展…的方案>

FOR_THE_ANALYST = "halfyear-hint"  # the class of what a cell says to the analyst alone; no report has it
NOT_SHOWN = (
    "halfyear-not-shown"  # of an output's metadata: the words in question; such an output is no part of a report
)


class ForTheReport:
    """What a notebook makes to be shown: ``was_shown`` is set once it is."""

    __slots__ = ("was_shown",)

    was_shown: bool


class Prose(ForTheReport):
    """A piece of Markdown with facts in it. The last expression of a cell shows it; ``display`` does so inside a loop."""

    __slots__ = ("markdown",)

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown

    def __bool__(self) -> bool:
        return bool(self.markdown.strip())

    def __add__(self, other: Prose) -> Prose:
        return Prose(f"{self.markdown.rstrip()}\n\n{other.markdown}")

    def _ipython_display_(self) -> None:
        """Show nothing where there is nothing to say, not an empty line; mentions by captions, shown before or later."""
        self.was_shown = True
        if self and not mentions(self.markdown):
            raise NotImplementedError  # IPython's own way of asking for the representation below
        if self:
            seen(self.markdown)
            show_with_mentions(self.markdown, self._bundle)

    def _bundle(self) -> dict[str, str]:
        return {"text/markdown": with_captions(pointed_at(self.markdown)), "text/plain": repr(self)}

    def _repr_markdown_(self) -> str:
        return with_captions(seen(self.markdown))

    def __repr__(self) -> str:
        return unescape(_MARKUP.sub("", self.markdown)).strip()


def named(name: str) -> str:
    """``name`` as the id of a table or chart.

    Raises:
        FactError: it cannot be one.
    """
    if not _NAME.fullmatch(name):
        raise FactError("figure-name", value=name)
    return name
