"""What every writer of the document shares: the parts, where links lead, and where on the page we are."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import lxml.html

from .heading_numbers import HeadingNumbers
from .parts import Parts
from .size import TEXT_WIDTH
from .wordprocessing import Element, w


@dataclass(frozen=True)
class Place:
    """Where a block stands: its paragraph style, the room it has in twips and what stays free at its right, and the list or cell around it."""

    style: str = "BodyText"
    room: int = TEXT_WIDTH
    indent: int = 0
    list_id: int = 0
    list_level: int = 0
    align: str = ""
    inset: int = 0
    keep_next: bool = False

    def within(self, **changes: Any) -> Place:
        """The same place but for ``changes``."""
        return replace(self, **changes)


@dataclass
class Context:
    """One document being written.

    Attributes:
        part: which part is being written, ``document`` or ``footnotes``: links belong to a part.
        called: the numbers of the footnotes called so far, by id.
        notes: footnotes by id. formulas: ``<math>`` elements as Office mathematics.
        labels: figure id to 表1 or 图1. bookmarks: the ids that some link leads to, as Word's names.
    """

    parts: Parts
    draft: bool
    notes: dict[str, lxml.html.HtmlElement]
    formulas: dict[lxml.html.HtmlElement, Element]
    labels: dict[str, str]
    bookmarks: dict[str, str]
    headings: HeadingNumbers = field(default_factory=HeadingNumbers)
    part: str = "document"
    called: dict[str, int] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)
    _marks: int = 0
    _set: set[str] = field(default_factory=set)

    def arrive(self, identifier: str | None) -> None:
        """A link leads to the element of this id: the next paragraph takes the bookmark, or a figure's own caption."""
        if (
            identifier
            and identifier in self.bookmarks
            and identifier not in self.labels
            and identifier not in self._set
        ):
            self._waiting.append(identifier)

    def arrivals(self) -> list[Element]:
        """The bookmarks that wait for a paragraph."""
        waiting, self._waiting = self._waiting, []
        return [mark for identifier in waiting for mark in self.bookmark(identifier)]

    def bookmark(self, identifier: str, *content: Element) -> list[Element]:
        """``content`` inside the bookmark of ``identifier``, if any link leads there and it is not set yet."""
        if identifier not in self.bookmarks or identifier in self._set:
            return list(content)
        self._set.add(identifier)
        self._waiting = [waiting for waiting in self._waiting if waiting != identifier]
        return self.marked(self.bookmarks[identifier], *content)

    def marked(self, name: str, *content: Element) -> list[Element]:
        """``content`` inside a bookmark called ``name``."""
        self._marks += 1
        return [w("bookmarkStart", id=self._marks, name=name), *content, w("bookmarkEnd", id=self._marks)]


def bookmark_names(identifiers: Iterable[str]) -> dict[str, str]:
    """Names Word accepts (a letter or _, at most 40 characters), hidden from its list of bookmarks, each once."""
    names: dict[str, str] = {}
    for identifier in identifiers:
        if identifier not in names:
            number = zlib.crc32(identifier.encode())
            while f"_Ref{number}" in names.values():
                number += 1
            names[identifier] = f"_Ref{number}"
    return names
