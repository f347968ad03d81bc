"""Lengths: the page of GB/T 9704-2012, pictures and text."""

from __future__ import annotations

import unicodedata

import lxml.html

from ..pictures import Picture
from ..style_wishes import width_wished

EMU_PER_MILLIMETRE = 36000
TEXT_WIDTH, TEXT_HEIGHT = 8845, 12756  # twentieths of a point: 156 mm by 225 mm (5.2.1)
LEFT_MARGIN = 1587  # twentieths of a point: 28 mm
_EMU_PER_TWIP, _EMU_PER_POINT = 635, 12700
_LEAST_ROOM = 567  # twentieths of a point, 1 cm: deep inside lists nothing would be left
_HIGHEST = 190 * EMU_PER_MILLIMETRE  # of 225 mm: room for a caption under the tallest picture


def em_width(text: str) -> float:
    """The width of ``text`` in characters of the type: 1 for Han and full-width marks, a half for Latin ones."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def picture_extent(picture: Picture, image: lxml.html.HtmlElement, room: int) -> tuple[int, int]:
    """Width and height of a picture in EMU, at most ``room`` twips wide and 190 mm high.

    What the ``<img>`` wishes counts first, then the picture's own size, by its resolution where a PNG states one.
    """
    natural = (picture.width, picture.height)
    if picture.inches:
        natural = (72 * picture.inches[0], 72 * picture.inches[1])
    room = max(room, _LEAST_ROOM)
    wide = width_wished(image, natural, room / 20) * _EMU_PER_POINT
    high = wide * natural[1] / natural[0]
    scale = min(1.0, room * _EMU_PER_TWIP / wide, _HIGHEST / high)
    return max(1, round(wide * scale)), max(1, round(high * scale))
