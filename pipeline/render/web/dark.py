"""The colours a chart is drawn with, for a dark page."""

from __future__ import annotations

import re

_NAMED = {"black": "#000000", "white": "#ffffff", "red": "#ff0000", "green": "#008000", "blue": "#0000ff"}
_DARKEST, _LIGHTEST = 0.235, 0.94  # OKLab lightness of the dark page's paper and ink
_LIGHT_PAPER, _DARK_PAPER = 0.9911, 0.0091  # relative luminance of --paper in templates/html/screen.css
_EASE = 0.8  # below 1: middle tones come out lighter, and keep their contrast against the dark paper


def as_hex(colour: str) -> str:
    """``colour`` as ``#rrggbb``, or nothing where it is none, a reference or not understood."""
    colour = _NAMED.get(colour.strip().lower(), colour.strip().lower())
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        colour = "#" + "".join(digit * 2 for digit in colour[1:])
    if match := re.fullmatch(r"rgb\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})\)", colour):
        colour = "#" + "".join(f"{min(255, int(part)):02x}" for part in match.groups())
    return colour if re.fullmatch(r"#[0-9a-f]{6}", colour) else ""


def for_dark_page(colour: str) -> str:
    """``#rrggbb`` of the same hue with its lightness turned over, so that what stood out on white stands out on black.

    Lightness is that of OKLab (B. Ottosson, 2020), in which equal steps look equal; a colour that no screen
    shows at its new lightness loses saturation, not hue. What had the contrast of text on the light paper (WCAG 2.2,
    1.4.3: 4.5) or of a shape (1.4.11: 3) has it on the dark one: it is made lighter until it has.
    """
    lightness, a, b = _to_oklab(colour)
    turned = _DARKEST + (_LIGHTEST - _DARKEST) * max(0.0, 1 - lightness) ** _EASE
    wanted = min(4.5, _contrast(_LIGHT_PAPER, _luminance(_linear(colour))))
    wanted = wanted + 0.05 if wanted >= 2.99 else 0.0
    channels = _shown(turned, a, b)
    while _contrast(_luminance(channels), _DARK_PAPER) < wanted:
        turned += 0.01
        channels = _shown(turned, a, b)
    return "#" + "".join(f"{round(255 * _encoded(channel)):02x}" for channel in channels)


def _shown(lightness: float, a: float, b: float) -> list[float]:
    """The linear channels of the most saturated colour of this hue and lightness that a screen can show."""
    for saturation in range(20, -1, -1):
        channels = _from_oklab(lightness, a * saturation / 20, b * saturation / 20)
        if all(-0.001 <= channel <= 1.001 for channel in channels):
            break
    return [min(1.0, max(0.0, channel)) for channel in channels]


def _linear(colour: str) -> list[float]:
    return [_decoded(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]


def _luminance(channels: list[float]) -> float:
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def _contrast(light: float, dark: float) -> float:
    return (light + 0.05) / (dark + 0.05)


def _to_oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
