"""Lengths: the page of GB/T 9704-2012, pictures and text."""

from __future__ import annotations

import struct
import unicodedata

from ..pictures import Picture

EMU_PER_MILLIMETRE = 36000
TEXT_WIDTH, TEXT_HEIGHT = 8845, 12756  # twentieths of a point: 156 mm by 225 mm (5.2.1)
_EMU_PER_TWIP, _EMU_PER_POINT = 635, 12700
_EMU_PER_PIXEL = 9525  # at 96 a inch, as HTML counts
_HIGHEST = 190 * EMU_PER_MILLIMETRE  # of 225 mm: room for a caption under the tallest picture


def em_width(text: str) -> float:
    """The width of ``text`` in characters of the type: 1 for Han and full-width marks, a half for Latin ones."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def picture_extent(picture: Picture, width: int | None, height: int | None, room: int) -> tuple[int, int]:
    """Width and height of a picture in EMU, at most ``room`` twips wide and 190 mm high.

    ``width`` and ``height`` are what the document asks for, in CSS pixels; else the picture's own size counts, by its
    resolution where a PNG states one.
    """
    wide, high = _physical_size(picture.data) or (picture.width * _EMU_PER_POINT, picture.height * _EMU_PER_POINT)
    if width:
        wide, high = width * _EMU_PER_PIXEL, high * width * _EMU_PER_PIXEL / wide
    elif height:
        wide, high = wide * height * _EMU_PER_PIXEL / high, height * _EMU_PER_PIXEL
    scale = min(1.0, room * _EMU_PER_TWIP / wide, _HIGHEST / high)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _physical_size(data: bytes) -> tuple[float, float] | None:
    """What a PNG's pHYs chunk makes of its pixels (W3C PNG, 11.3.5.3), in EMU."""
    place = data.find(b"pHYs", 24, 4096) if data.startswith(b"\x89PNG") else -1
    if place < 0:
        return None
    wide, high = struct.unpack(">II", data[16:24])
    across, down, unit = struct.unpack(">IIB", data[place + 4 : place + 13])
    if unit != 1 or not across or not down:
        return None
    return wide * 1000 * EMU_PER_MILLIMETRE / across, high * 1000 * EMU_PER_MILLIMETRE / down
