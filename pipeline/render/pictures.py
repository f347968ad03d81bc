"""The size of a picture, read from its first bytes."""

from __future__ import annotations

import base64
import re
import struct
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_LENGTH = re.compile(r"\s*([\d.]+(?:e[-+]?\d+)?)\s*(px|pt|mm|cm|in)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """A picture taken out of a data URI: its bytes, its file name's ending and its natural size in points."""

    data: bytes
    suffix: str
    width: float
    height: float


def picture_of(address: str) -> Picture | None:
    """The picture in a data URI, or None where it holds none that can be read.

    A pixel counts 0.75 pt, as on a web page.
    """
    match = re.match(r"data:image/([a-z+]+)((?:;[^,;]+)*),(.*)$", address, re.DOTALL)
    if match is None:
        return None
    kind, options, text = match.groups()
    try:
        data = base64.b64decode(text) if ";base64" in options else unquote_to_bytes(text)
        width, height = _READERS[kind](data)
    except (KeyError, ValueError, IndexError, struct.error):
        return None
    suffix = {"jpeg": "jpg", "svg+xml": "svg"}.get(kind, kind)
    return Picture(data, suffix, width, height) if width > 0 and height > 0 else None


def _png(data: bytes) -> tuple[float, float]:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[-12:-4] != b"\0\0\0\0IEND":
        raise ValueError
    width, height = struct.unpack(">II", data[16:24])
    return width * 0.75, height * 0.75


def _gif(data: bytes) -> tuple[float, float]:
    if data[:4] != b"GIF8":
        raise ValueError
    width, height = struct.unpack("<HH", data[6:10])
    return width * 0.75, height * 0.75


def _jpeg(data: bytes) -> tuple[float, float]:
    """The frame header (ITU-T T.81, B.2.2): markers C0 to CF but for DHT, JPG and DAC."""
    if data[:2] != b"\xff\xd8":
        raise ValueError
    position = 2
    while True:
        marker, length = data[position + 1], struct.unpack(">H", data[position + 2 : position + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width * 0.75, height * 0.75
        position += 2 + length


def _webp(data: bytes) -> tuple[float, float]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError
    if data[12:16] == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
    return width * 0.75, height * 0.75


def svg_size(data: bytes) -> tuple[float, float]:
    """Width and height of a drawing in points: what the root element says, or its view box; ValueError if it is none."""
    root = re.search(rb"<svg\b[^>]*>", data)
    if root is None:
        raise ValueError
    tag = root[0].decode("utf-8", "replace")
    box = re.search(r"viewBox\s*=\s*[\"']\s*([-\d.eE,\s]+)", tag)
    sides = [float(number) * 0.75 for number in re.split(r"[\s,]+", box[1].strip())[2:4]] if box else [300.0, 150.0]
    for place, name in enumerate(("width", "height")):
        written = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)", tag)
        length = _LENGTH.match(written[1]) if written else None
        if length:
            sides[place] = float(length[1]) * _UNITS[(length[2] or "").lower()]
    return sides[0], sides[1]


_READERS = {"png": _png, "gif": _gif, "jpeg": _jpeg, "webp": _webp, "svg+xml": svg_size}
