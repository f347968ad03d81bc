"""What a PDF holds, read by pypdf: page texts, properties, alternative texts, bookmarks, notes, XMP, files and pictures."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..personal import text_of

if TYPE_CHECKING:
    from pypdf import PdfReader

_PICTURES = ("/DCTDecode", "/JPXDecode")  # stored as files of their own, with all that those say of themselves


def opened(data: bytes) -> PdfReader:
    """A reader of the document.

    Raises:
        ValueError: the document is encrypted or no PDF at all.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what cannot be read is told as a finding
    try:
        reader = PdfReader(io.BytesIO(data))
    except PyPdfError as error:
        raise ValueError(str(error)) from error
    if reader.is_encrypted:
        msg = "the document is encrypted"
        raise ValueError(msg)
    return reader


def objects(reader: PdfReader) -> Iterator[Any]:
    """Each indirect object, those in object streams too."""
    from pypdf.generic import IndirectObject

    there = {(number, generation) for generation, places in reader.xref.items() for number in places if number}
    for number, generation in sorted(there | {(number, 0) for number in reader.xref_objStm}):
        if generation != 65535:  # a free entry
            yield IndirectObject(number, generation, reader).get_object()


def pdf_parts(data: bytes) -> Iterator[tuple[str, str | bytes]]:
    """(part, what it says) of everything that can be read; bytes are files of their own: embedded ones and pictures.

    Not seen are pictures of words and glyphs of fonts that do not say which characters they are.

    Raises:
        ValueError: the document is encrypted or no PDF at all.
    """
    reader = opened(data)
    for page in reader.pages:
        yield "(page text)", _apart(page.extract_text())
    strings: list[str] = []
    for held in objects(reader):
        strings += _strings(held)
        yield from _stream(held)
    yield "(properties)", "\n\n".join(strings)


def _apart(text: str) -> str:
    """Blanks between figures as those of cells: on a page, a row of a table looks like a line of words."""
    return re.sub(r"(?<=\d)[ \n](?=\d)", "\t", text)


def _stream(held: Any) -> Iterator[tuple[str, str | bytes]]:
    from pypdf.generic import StreamObject

    if not isinstance(held, StreamObject):
        return
    if held.get("/Type") == "/EmbeddedFile":
        yield "(embedded file)", held.get_data()
    elif held.get("/Subtype") == "/Image":
        if str(held.get("/Filter", "")).strip("[]'") in _PICTURES:
            yield "(picture)", held.get_data()
    elif "/Length1" not in held and held.get_data().lstrip().startswith(b"<"):  # no font, no drawing: XML
        said = text_of(held.get_data())
        yield from (("(XMP)", re.sub(r"<[^>]*>", "\n\n", said)), ("(XMP)", said))


def _strings(held: Any) -> Iterator[str]:
    """Every string in an object, also in its arrays and dictionaries."""
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, TextStringObject

    if isinstance(held, TextStringObject):
        yield str(held)
    elif isinstance(held, ByteStringObject):
        yield text_of(bytes(held))
    elif isinstance(held, ArrayObject | DictionaryObject):
        for inner in held.values() if isinstance(held, DictionaryObject) else held:
            yield from _strings(inner)
