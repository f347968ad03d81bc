"""What a picture says of itself beside what it shows: text chunks, Exif, XMP, IPTC, comments, what follows its end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from ..personal import text_of

BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM")
_INNER_EXIF = (0x8769, 0x8825, 0xA005)  # Exif, GPS, interoperability
_CODINGS = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", bytes(8))  # before a user's comment (Exif 2.32, 4.6.5)
_ENDS = {b"\x89PNG": b"IEND\xaeB`\x82", b"\xff\xd8\xff": b"\xff\xd9"}


def picture_texts(data: bytes) -> Iterator[str]:
    """Every text beside the pixels.

    Raises:
        OSError: the picture is broken, so that nobody can say what is behind the break.
    """
    from PIL import Image

    yield from (
        _said(data.rpartition(end)[2]) for begin, end in _ENDS.items() if data.startswith(begin) and end in data
    )
    try:
        with Image.open(io.BytesIO(data)) as picture:
            yield from _told(picture)
            picture.load()  # chunks of text may follow the pixels
            yield from _told(picture)
    except Exception:
        yield from (each.decode("ascii") for each in re.findall(rb"[\x20-\x7e]{6,}", data))
        raise


def _told(picture: Any) -> Iterator[str]:
    exif = picture.getexif()
    pieces = [picture.info, getattr(picture, "text", {}), dict(exif), *(exif.get_ifd(part) for part in _INNER_EXIF)]
    pieces += [getattr(picture, "applist", []), getattr(picture, "private_chunks", [])]
    yield from (_said(value) for piece in pieces for value in _values(piece))


def _values(piece: Any) -> Iterator[Any]:
    if isinstance(piece, dict):
        piece = [each for pair in piece.items() for each in pair]
    for value in piece:
        if isinstance(value, dict | list) or (isinstance(value, tuple) and not _is_bytes(value)):
            yield from _values(value)
        elif value is not None:
            yield bytes(value) if isinstance(value, tuple) else value


def _is_bytes(value: tuple[Any, ...]) -> bool:
    """Whether a tag's numbers are the bytes of a text, as Windows writes title and author."""
    return len(value) > 3 and all(isinstance(each, int) and 0 <= each < 256 for each in value)


def _said(value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    return text_of(value[8:] if value[:8] in _CODINGS else value).replace("\0", "\n\n")
