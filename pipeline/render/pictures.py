"""The pictures of a document and their sizes."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_RASTERS = ("PNG", "JPEG", "GIF", "WEBP")
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_LENGTH = re.compile(r"\s*([\d.]+(?:e[-+]?\d+)?)\s*(px|pt|mm|cm|in)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """A picture taken out of a data URI: its bytes, its file name's ending and its natural size in points.

    ``inches`` is what a PNG states of its size in print (W3C PNG, 11.3.5.3), where it states one.
    """

    data: bytes
    suffix: str
    width: float
    height: float
    inches: tuple[float, float] | None = None


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
        (width, height), inches = (svg_size(data), None) if kind == "svg+xml" else _raster_size(data)
    except ValueError:
        return None
    suffix = {"jpeg": "jpg", "svg+xml": "svg"}.get(kind, kind)
    return Picture(data, suffix, width, height, inches) if width > 0 and height > 0 else None


def _raster_size(data: bytes) -> tuple[tuple[float, float], tuple[float, float] | None]:
    """The sizes of a PNG, JPEG, GIF or WebP that is whole, in points and as stated for print; ValueError for any other."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=_RASTERS) as image:
            (wide, high), density = image.size, image.info.get("dpi") if image.format == "PNG" else None
            image.verify()
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError from error
    return (wide * 0.75, high * 0.75), (wide / density[0], high / density[1]) if density and all(density) else None


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
