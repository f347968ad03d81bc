"""Words that remember the ledger cell they stand in.

They are a ``str`` to all of Python and pandas: they compare, sort, group and are keys of dictionaries as their text is. An
f-string puts them into the document as ``<span class="words" data-source="…">``; what is cut from them, joined by ``+``
or made of them by a method of ``str`` keeps their cells. Where Python itself makes a bare ``str`` of them, as
``"、".join`` does, the cell is lost and nothing else: bare text prints as typed too (``element.marked``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .element import words_element
from .printed import seen
from .sources import Sources

_GIVING_TEXT = (
    "capitalize", "casefold", "center", "expandtabs", "format", "format_map", "ljust", "lower", "lstrip", "removeprefix",
    "removesuffix", "replace", "rjust", "rstrip", "strip", "swapcase", "title", "translate", "upper", "zfill",
    "partition", "rpartition", "split", "rsplit", "splitlines", "__getitem__", "__mod__", "__rmod__", "__mul__", "__rmul__",
)  # fmt: skip
_Parts = tuple[tuple[str, Sources | None], ...]


class StatedWords(str):
    """Text of one ledger cell, or made of several such texts; ``sources`` are the cells, ``bare`` gives the text alone."""

    __slots__ = ("_parts", "_sources")
    _parts: _Parts
    _sources: Sources | None

    def __new__(cls, text: str = "", sources: Sources | None = None, parts: _Parts = ()) -> StatedWords:
        """``parts`` are what the text is joined of, each with its cells; None for text that no cell states."""
        self = super().__new__(cls, text)
        self._sources, self._parts = sources, parts
        return self

    @property
    def sources(self) -> Sources:
        """The cells."""
        found = [sources for _, sources in _parts(self) if sources is not None]
        return found[0] if len(found) == 1 else Sources(parts=tuple(found))

    def __str__(self) -> StatedWords:
        return self

    def __format__(self, spec: str) -> str:
        if spec:
            return words_element(format(bare(self), spec), self.sources)
        return "".join(
            words_element(text, sources) if sources is not None and text else text for text, sources in _parts(self)
        )

    def _repr_html_(self) -> str:
        return seen(format(self, ""))

    __html__ = _repr_html_

    def __add__(self, other: str) -> StatedWords:
        return _joined((self, other)) if isinstance(other, str) else NotImplemented

    def __radd__(self, other: str) -> StatedWords:
        return _joined((other, self)) if isinstance(other, str) else NotImplemented

    def __iter__(self) -> Iterator[StatedWords]:
        return (StatedWords(character, self.sources) for character in bare(self))

    def join(self, texts: Iterable[str]) -> StatedWords:
        """The texts with these words between them."""
        each = list(texts)
        return _joined(piece for place, text in enumerate(each) for piece in ((self, text) if place else (text,)))


def bare(value: object) -> str:
    """``value`` as a ``str`` and nothing more: for messages, names of files, keys."""
    return str.__str__(str(value))


def _joined(texts: Iterable[str]) -> StatedWords:
    parts = tuple(part for text in texts for part in _parts(text))
    return StatedWords("".join(text for text, _ in parts), parts=parts)


def _parts(text: str) -> _Parts:
    if not isinstance(text, StatedWords):
        return ((text, None),)
    return text._parts or ((bare(text), text._sources),)


def _keeping(name: str) -> Callable[..., Any]:
    """The method of ``str``, what it gives being words of the same cells, and of those given to it."""
    plain = getattr(str, name)

    def method(self: StatedWords, *args: Any, **named: Any) -> Any:
        given = plain(bare(self), *args, **named)
        cells = tuple(one.sources for one in (self, *args, *named.values()) if isinstance(one, StatedWords))
        return _of_cells(given, cells[0] if len(cells) == 1 else Sources(parts=cells))

    method.__name__, method.__doc__ = name, plain.__doc__
    return method


def _of_cells(given: Any, sources: Sources) -> Any:
    if isinstance(given, str):
        return StatedWords(given, sources)
    return type(given)(StatedWords(text, sources) for text in given) if isinstance(given, list | tuple) else given


for _name in _GIVING_TEXT:
    setattr(StatedWords, _name, _keeping(_name))
