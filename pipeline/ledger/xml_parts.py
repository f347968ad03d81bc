"""The XML of a workbook's parts, read with care: no document type, so no entity; bounded depth, size and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from ..input_file import LimitError
from . import limits

if TYPE_CHECKING:  # a ledger in CSV needs none of it
    from xml.etree.ElementTree import Element
    from xml.parsers.expat import XMLParserType

_CHUNK = 1 << 16


def parse(
    stream: IO[bytes],
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
    budget: limits.Budget,
) -> Iterator[None]:
    """Hand the elements of a part (``{namespace}name``, as ElementTree writes it) to the handlers, a chunk a turn.

    Raises:
        xml.parsers.expat.ExpatError: it is no XML.
        ValueError: it declares a document type.
        LimitError: it is too large, too deep or takes too long.
    """
    from xml.parsers.expat import ParserCreate

    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text, parser.StartDoctypeDeclHandler = True, _refuse
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.DEPTH:
            raise LimitError(code="too-deep", limit=limits.DEPTH)
        budget.elements -= 1
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, text
    yield from _fed(parser, stream, budget)


def _fed(parser: XMLParserType, stream: IO[bytes], budget: limits.Budget) -> Iterator[None]:
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limits.FILE:
            raise LimitError(code="part-too-large", limit=limits.FILE // 1_000_000)
        parser.Parse(chunk)
        budget.look()
        if size - parser.CurrentByteIndex > limits.LINE:
            msg = "one tag goes on and on"  # expat begins it anew with every chunk
            raise ValueError(msg)
        yield
    parser.Parse(b"", True)
    yield


def _refuse(name: str, *_: object) -> None:
    msg = f"the document type {name} is declared"
    raise ValueError(msg)


def tree(stream: IO[bytes]) -> Element:
    """The root of a part that is small.

    Raises:
        xml.parsers.expat.ExpatError, ValueError, LimitError: as ``parse`` does.
    """
    from xml.etree.ElementTree import TreeBuilder

    builder = TreeBuilder()
    turns = parse(stream, builder.start, builder.end, builder.data, limits.Budget())
    for number, _ in enumerate(turns, 1):
        if number * _CHUNK > limits.SMALL_PART:
            raise LimitError(code="part-too-large", limit=limits.SMALL_PART // 1_000_000)
    return builder.close()


def local(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name.rpartition("}")[2]
