"""A chart's SVG set into the page: its text stays text, its colours follow the page into the dark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ...document.elements import around
from ..pictures import svg_size
from .dark import as_hex

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_KEPT = re.compile(
    "svg|g|defs|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|textPath|use|clipPath|mask|pattern|marker|symbol|"
    "linearGradient|radialGradient|stop|title|desc"
)
_COLOURED = ("fill", "stroke", "stop-color", "color")
# what a style declaration may say as an attribute of the same name; font families are the page's own business
_ATTRIBUTE = re.compile(
    "clip-path|clip-rule|color|display|dominant-baseline|fill|fill-opacity|fill-rule|font-size|font-style|font-weight|"
    "opacity|stop-color|stop-opacity|stroke|stroke-(dasharray|dashoffset|linecap|linejoin|miterlimit|opacity|width)|"
    "text-anchor|text-decoration|transform|visibility"
)
_COORDINATE = re.compile("d|[xyr]|[xy][12]|[cr][xy]|width|height|points|transform")
_INHERITED_RULE = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")  # the one rule matplotlib writes
_REFERRED = re.compile(r"(?:href=\"|url\(['\"]?)#([^)'\"]+)")
_SHORTHAND = re.compile(r"(?:(italic|oblique)\s+)?(?:(bold|[1-9]00)\s+)?([\d.]+(?:px|pt|em)?)(?:/\S+)?\s+\S")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


@dataclass
class InlineSvg:
    """One chart ready for the page: its markup and the colours (``#rrggbb``) it draws with."""

    markup: str
    colours: set[str] = field(default_factory=set)


def inline_svg(source: bytes, *, prefix: str, label: str) -> InlineSvg | None:
    """Make the SVG file ``source`` part of an HTML page; None where only an image element can show it faithfully.

    Args:
        source: an SVG file.
        prefix: put before every id in it, so that two charts cannot meet.
        label: what the chart says, for readers who do not see it.

    A file with a style sheet of its own, a script, an embedded picture or foreign content is not taken apart.
    """
    try:
        root = etree.fromstring(source, _PARSER)
    except etree.XMLSyntaxError:
        return None
    if root.tag != f"{{{_SVG}}}svg" or root.get("viewBox") is None or not _unwrap_style(root):
        return None
    _drop(root, "metadata")
    if not all(_KEPT.fullmatch(etree.QName(element).localname) for element in root.iter()):
        return None
    colours: set[str] = set()
    used = set(_REFERRED.findall(etree.tostring(root, encoding="unicode")))
    for element in root.iter():
        _prefix_ids(element, prefix, used)
        _style_to_attributes(element)
        _name_colours(element, colours)
        _shorten(element)
    _dress(root, label, svg_size(source)[0])
    etree.cleanup_namespaces(root)
    text = etree.tostring(root, encoding="unicode").replace("xlink:href=", "href=")
    return InlineSvg(text, colours)


def _unwrap_style(root: etree._Element) -> bool:
    """Turn matplotlib's ``*{…}`` rule into attributes of the root; False where there is any other style sheet."""
    for style in list(root.iter(f"{{{_SVG}}}style")):
        rule = _INHERITED_RULE.fullmatch(style.text or "")
        if rule is None:
            return False
        for name, value in _declarations(rule[1]):
            if _ATTRIBUTE.fullmatch(name):
                root.set(name, value)
        around(style).remove(style)
    return True


def _drop(root: etree._Element, name: str) -> None:
    for element in list(root.iter(f"{{{_SVG}}}{name}")):
        around(element).remove(element)


def _declarations(style: str) -> list[tuple[str, str]]:
    pairs = (part.partition(":") for part in style.split(";"))
    return [(name.strip().lower(), value.strip()) for name, colon, value in pairs if colon]


def _prefix_ids(element: etree._Element, prefix: str, used: set[str]) -> None:
    """The ids that something refers to, and the references to them, under the prefix; other ids and links go."""
    for name, value in list(element.attrib.items()):
        local = etree.QName(name).localname
        if local == "id":
            del element.attrib[name]
            if value in used:
                element.set(name, prefix + value)
        elif local == "href":
            del element.attrib[name]
            if value.startswith("#"):
                element.set(_XLINK, f"#{prefix}{value[1:]}")
        elif local.startswith("on"):
            del element.attrib[name]
        elif "url(" in value:
            element.set(name, re.sub(r"url\(['\"]?#([^)'\"]+)['\"]?\)", rf"url(#{prefix}\1)", value))


def _style_to_attributes(element: etree._Element) -> None:
    """A style attribute is refused by the page's policy; the same words as attributes are not."""
    for name, value in _declarations(element.attrib.pop("style", "")):
        if name == "font" and (match := _SHORTHAND.match(value)):
            for key, part in zip(("font-style", "font-weight", "font-size"), match.groups(), strict=True):
                if part:
                    element.set(key, part)
        elif _ATTRIBUTE.fullmatch(name):
            element.set(name, value)


def _name_colours(element: etree._Element, colours: set[str]) -> None:
    for name in _COLOURED:
        colour = as_hex(element.get(name, ""))
        if colour:
            colours.add(colour)
            element.set(name, f"var(--c{colour[1:]},{colour})")


def _dress(root: etree._Element, label: str, width: float) -> None:
    for name in ("width", "height", "version", "id", "class"):
        root.attrib.pop(name, None)
    root.set("width", f"{width:g}pt")
    root.set("role", "img")
    root.set("aria-label", label)
    if root.get("fill") is None:
        root.set("fill", "currentColor")
    root.set("focusable", "false")


def _shorten(element: etree._Element) -> None:
    """Coordinates to a hundredth of a point: half the bytes, and nothing an eye could see."""
    for name, value in element.attrib.items():
        if _COORDINATE.fullmatch(name):
            element.set(name, re.sub(r"(\d\.\d\d)\d+", r"\1", " ".join(value.split())))
    for part in ("text", "tail"):
        if not (getattr(element, part) or "x").strip() and etree.QName(element).localname not in ("text", "tspan"):
            setattr(element, part, None)
