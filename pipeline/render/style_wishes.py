"""What a style may wish of paper: where a page ends, how wide a picture is, where a cell's words stand.

Styles themselves stand in no body; these wishes become classes and ``data-`` attributes that every format reads.
"""

from __future__ import annotations

import re

import lxml.html

from ..document.elements import around
from .table_plan import UPRIGHT

_BREAK = re.compile(r"(?:page-)?break-(before|after)\s*:\s*(?:always|page|left|right|recto|verso|all)\b")
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center)\b")
_SIDE = r"(?:^|;)\s*{}\s*:\s*([^;!]+)"
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(%|[a-z]*)\s*$", re.IGNORECASE)
_POINTS = {
    "": 0.75,
    "px": 0.75,
    "pt": 1.0,
    "pc": 12.0,
    "mm": 72 / 25.4,
    "cm": 72 / 2.54,
    "in": 72.0,
    "em": 16.0,
    "vw": UPRIGHT / 100,
}


def keep_wishes(element: lxml.html.HtmlElement) -> None:
    """Put what the style of an element wishes into its classes and its ``data-width``; take the style itself away."""
    style = element.attrib.pop("style", "")
    for side in _BREAK.findall(style):
        element.classes.add(f"break-{side}")
    if element.tag == "br" and element.classes:
        _hand_up(element)
    aligned = _ALIGN.search(style) or re.fullmatch("(left|right|center)", element.attrib.pop("align", ""))
    if aligned and element.tag in {"td", "th"}:
        element.classes.add(f"align-{aligned[1]}")
    for side in ("width", "height"):
        if element.tag == "img":
            element.attrib.pop(f"data-{side}", None)
        written = re.search(_SIDE.format(side), style)
        wish = (written[1] if written else element.get(side, "")) if element.tag == "img" else ""
        element.attrib.pop(side, None)
        _keep_side(element, side, wish)


def _hand_up(line_break: lxml.html.HtmlElement) -> None:
    """A line break that ends a page, as word processors write it: the paragraph around it does so."""
    paragraph = around(line_break)
    if paragraph.tag == "p":
        first = not (paragraph.text or "").strip() and paragraph.index(line_break) == 0
        paragraph.classes.add("break-before" if first else "break-after")
        line_break.drop_tree()
    else:
        line_break.tag = "div"


def ends_page(root: lxml.html.HtmlElement) -> bool:
    """Whether a page is to end before or after some element."""
    return any({"break-before", "break-after"}.intersection(element.classes) for element in root.iter())


def width_wished(image: lxml.html.HtmlElement, natural: tuple[float, float], room: float) -> float:
    """The width in points that an ``<img>`` of this natural size gets where there are ``room`` points."""
    wide, high = natural
    width, height = (_points(image.get(f"data-{side}") or image.get(side), room) for side in ("width", "height"))
    return width or (height * wide / high if height else wide)


def _keep_side(element: lxml.html.HtmlElement, side: str, wish: str) -> None:
    """Whole pixels stay the attribute that HTML has for them; all else is ``data-width`` in percent or points."""
    length = _LENGTH.match(wish)
    number, unit = (float(length[1]), length[2].lower()) if length else (0.0, "")
    if not number or (unit != "%" and unit not in _POINTS) or (unit == "%" and side == "height"):
        return
    points = number * _POINTS.get(unit, 0.0)
    if unit in ("", "px") and number == int(number):
        element.set(side, f"{int(number)}")
    else:
        element.set(f"data-{side}", f"{min(number, 100):g}%" if unit == "%" else f"{points:.6g}pt")


def _points(wish: str | None, room: float) -> float:
    """A side in points; 0 where nothing readable is wished."""
    length = _LENGTH.match(wish or "")
    if length is None:
        return 0.0
    return float(length[1]) * (room / 100 if length[2] == "%" else _POINTS.get(length[2], 0.0))
