"""Lengths: the page of GB/T 9704-2012, pictures and text."""

from __future__ import annotations

import struct
import unicodedata

EMU_PER_MILLIMETRE = 36000
TEXT_WIDTH = 8845  # twentieths of a point: 156 mm between the margins (5.2.1)
_EMU_PER_TWIP = 635
_EMU_PER_PIXEL = 9525  # at 96 a inch, as HTML counts
_HIGHEST = 190 * EMU_PER_MILLIMETRE  # of 225 mm: room for a caption under the tallest picture


def em_width(text: str) -> float:
    """The width of ``text`` in characters of the type: 1 for Han and full-width marks, a half for Latin ones."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def picture_extent(data: bytes, width: int | None, height: int | None, room: int) -> tuple[int, int]:
    """Width and height of a picture in EMU, at most ``room`` twips wide and 190 mm high.

    ``width`` and ``height`` are what the document asks for, in CSS pixels; else the picture's own size counts.
    """
    natural_width, natural_height = natural_size(data)
    if width:
        natural_width, natural_height = width * _EMU_PER_PIXEL, natural_height * width * _EMU_PER_PIXEL / natural_width
    elif height:
        natural_width, natural_height = (
            natural_width * height * _EMU_PER_PIXEL / natural_height,
            height * _EMU_PER_PIXEL,
        )
    scale = min(1.0, room * _EMU_PER_TWIP / natural_width, _HIGHEST / natural_height)
    return max(1, round(natural_width * scale)), max(1, round(natural_height * scale))


def natural_size(data: bytes) -> tuple[float, float]:
    """Width and height in EMU of a PNG, JPEG or GIF file, from its header and, for PNG, its resolution."""
    if data.startswith(b"\x89PNG"):
        return _png_size(data)
    if data.startswith(b"GIF8"):
        width, height = struct.unpack("<HH", data[6:10])
        return width * _EMU_PER_PIXEL, height * _EMU_PER_PIXEL
    return _jpeg_size(data)


def _png_size(data: bytes) -> tuple[float, float]:
    width, height = struct.unpack(">II", data[16:24])
    place = data.find(b"pHYs", 24, 4096)
    if place > 0:
        across, down, unit = struct.unpack(">IIB", data[place + 4 : place + 13])
        if unit == 1 and across and down:
            return width * EMU_PER_MILLIMETRE * 1000 / across, height * EMU_PER_MILLIMETRE * 1000 / down
    return width * _EMU_PER_PIXEL, height * _EMU_PER_PIXEL


def _jpeg_size(data: bytes) -> tuple[float, float]:
    place = 2
    while place + 9 < len(data):
        marker, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width * _EMU_PER_PIXEL, height * _EMU_PER_PIXEL
        place += 2 + length
    return 300 * _EMU_PER_PIXEL, 200 * _EMU_PER_PIXEL
