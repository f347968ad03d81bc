"""What a style may wish of paper: where a page ends, how wide a picture is, where a cell's words stand.

Styles themselves stand in no body; these wishes become classes and ``data-`` attributes that every format reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import lxml.html

from .table_plan import UPRIGHT

_BREAK = re.compile(r"(?:page-)?break-(before|after)\s*:\s*(?:always|page|left|right|recto|verso|all)\b")
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center)\b")
_SIDE = r"(?:^|;)\s*{}\s*:\s*([^;!]+)"
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(%|[a-z]*)\s*$", re.IGNORECASE)
_HOLDERS = frozenset(("figure", "div", "p", "span", "a", "section"))  # of pictures, in whose widths theirs are percents
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
    """Put what the style of an element wishes into classes and ``data-`` attributes; take the style itself away.

    A picture is as wide as its ``data-width`` says, but not wider than ``data-most``: what holds it, or its own
    ``max-width``, may set bounds. Elements are gone through from outside in.
    """
    style = element.attrib.pop("style", "").lower()
    breaks = _BREAK.findall(style)
    for side in breaks:
        element.classes.add(f"break-{side}")
    if element.tag == "br" and element.classes:
        _hand_up(element)
    elif breaks and element.tag in ("span", "a"):
        _hand_up_sides(element, breaks)
    aligned = _ALIGN.search(style) or re.fullmatch("(left|right|center)", element.attrib.pop("align", ""))
    if aligned and element.tag in {"td", "th"}:
        element.classes.add(f"align-{aligned[1]}")
    if element.tag in _HOLDERS:
        for image in element.iter("img"):
            _bound(image, _wish(style, "width") or _wish(style, "max-width"))
    for side in ("width", "height"):
        if element.tag == "img":
            element.attrib.pop(f"data-{side}", None)
        wish = (_wish(style, side) or element.get(side, "")) if element.tag == "img" else ""
        element.attrib.pop(side, None)
        _keep_side(element, side, wish)
    if element.tag == "img":
        _bound(element, _wish(style, "max-width"))


def _wish(style: str, side: str) -> str:
    found = re.search(_SIDE.format(side), style)
    return found[1] if found else ""


def _bound(image: lxml.html.HtmlElement, wish: str) -> None:
    """A picture no wider than ``wish``; percents are those of what holds it, which has its own bounds."""
    length, outer = _LENGTH.match(wish), _LENGTH.match(image.get("data-most", ""))
    number, unit = (float(length[1]), length[2]) if length else (0.0, "")
    if unit == "%" and 0 < number < 100:
        whole = float(outer[1]) if outer and outer[2] == "%" else 100.0
        image.set("data-most", f"{number * whole / 100:g}%")
    elif number and unit in _POINTS:
        image.set("data-most", f"{number * _POINTS[unit]:.6g}pt")


def _hand_up(line_break: lxml.html.HtmlElement) -> None:
    """A line break that ends a page, as word processors write it: the paragraph around it does so."""
    paragraph = next(line_break.iterancestors("p"), None)
    if paragraph is not None:
        paragraph.classes.add("break-after" if _words_before(paragraph, line_break) else "break-before")
        line_break.drop_tree()
    else:
        line_break.tag = "div"


def _hand_up_sides(piece: lxml.html.HtmlElement, sides: Iterable[str]) -> None:
    """A piece of a line at the begin or end of its paragraph that ends a page there: the paragraph does so."""
    paragraph = next(piece.iterancestors("p"), None)
    if paragraph is None:
        piece.tag = piece.tag if piece.text_content().strip() else "div"
        return
    before, words = _words_before(paragraph, piece), paragraph.text_content().strip()
    for side in sides:
        piece.classes.discard(f"break-{side}")
        if not before if side == "before" else words == (before + piece.text_content()).strip():
            paragraph.classes.add(f"break-{side}")


def _words_before(paragraph: lxml.html.HtmlElement, piece: lxml.html.HtmlElement) -> str:
    """What a paragraph says before a piece of it."""
    words, around_it = paragraph.text or "", set(piece.iterancestors())
    for element in paragraph.iterdescendants():
        if element is piece:
            break
        words += (element.text or "") + ("" if element in around_it else element.tail or "")
    return words.strip()


def ends_page(root: lxml.html.HtmlElement) -> bool:
    """Whether a page is to end before or after some element."""
    return any({"break-before", "break-after"}.intersection(element.classes) for element in root.iter())


def width_wished(image: lxml.html.HtmlElement, natural: tuple[float, float], room: float) -> float:
    """The width in points that an ``<img>`` of this natural size gets where there are ``room`` points."""
    wide, high = natural
    width, height = (_points(image.get(f"data-{side}") or image.get(side), room) for side in ("width", "height"))
    wished = width or (height * wide / high if height else wide)
    return min(wished, _points(image.get("data-most"), room) or wished)


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
        outer = _LENGTH.match(element.get("data-most", ""))
        share = float(outer[1]) / 100 if outer and outer[2] == "%" else 1.0
        element.set(f"data-{side}", f"{min(number, 100) * share:g}%" if unit == "%" else f"{points:.6g}pt")


def _points(wish: str | None, room: float) -> float:
    """A side in points; 0 where nothing readable is wished."""
    length = _LENGTH.match(wish or "")
    if length is None:
        return 0.0
    return float(length[1]) * (room / 100 if length[2] == "%" else _POINTS.get(length[2], 0.0))
