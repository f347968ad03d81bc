"""What HTML may stand in a report: structure and text, no programs, no styles, nothing fetched from elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
from lxml import etree

from ..document.elements import around
from ..document.markup import FOR_THE_ANALYST
from .cell_spans import settle_spans
from .style_wishes import keep_wishes

if TYPE_CHECKING:
    import nh3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words("""
    address article aside blockquote caption col colgroup dd details div dl dt figcaption figure footer h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
""")
_INLINES = _words("""
    a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub
    sup time u var wbr
""")
_MATHEMATICS = _words("""
    math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom
    mfenced menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd
    mlabeledtr maction
""")
_DROPPED = _words("""
    script style iframe frameset object applet form button select textarea template noscript head
    title audio video canvas map svg dialog
""")
_ALLOWED = _BLOCKS | _INLINES | _MATHEMATICS | {"input"}
_EVERYWHERE = _words("""
    id class title lang dir colspan rowspan scope headers value start reversed datetime cite role open span abbr style
    align
""")
_IN_MATHEMATICS = _words("""
    accent accentunder close columnalign columnlines columnspacing columnspan depth display displaystyle encoding fence
    form height largeop linethickness lspace mathcolor mathsize mathvariant maxsize minsize movablelimits notation open
    rowalign rowlines rowspacing rowspan rspace scriptlevel separator separators stretchy symmetric voffset width xmlns
""")
_ATTRIBUTES = {
    "*": set(_EVERYWHERE),
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked"},
    **{key: set(_IN_MATHEMATICS) for key in _MATHEMATICS},
}
_PREFIXES = {"data-", "aria-"}
_SCHEMES = {"http", "https", "mailto", "data"}
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
_LINK = re.compile(r"(?:https?:|mailto:|#)", re.IGNORECASE)
_INLINE_SVG = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"[-−+]?[\d,.]*\d\s*[%％]?")
_PARSER = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)

FindPicture = Callable[[str], str]


def cleaned(html: str, find_picture: FindPicture = lambda address: "") -> lxml.html.HtmlElement:
    """``html`` as a ``<div>`` holding only what may stand in a report.

    Programs, styles, forms and embedded pages are left out; unknown elements give way to their contents. A picture
    stays when it is a data URI or when ``find_picture(src)`` gives one; otherwise its alternative text stands there.
    Tables get ``scope`` on header cells and class ``number`` on numeric ones; no two of their cells share a place.
    """
    safe = _cleaner().clean(_INLINE_SVG.sub(_as_picture, html))
    root = lxml.html.fragment_fromstring(safe, create_parent="div", parser=_PARSER)
    for hint in root.find_class(FOR_THE_ANALYST):
        hint.drop_tree()
    for element in list(root.iterdescendants()):
        if element.tag == "input":
            _replace_checkbox(element)
            continue
        keep_wishes(element)
        if element.tag == "img":
            _settle_picture(element, find_picture)
    for table in root.iter("table"):
        _head(table)
        settle_spans(table)
    return root


@cache
def _cleaner() -> nh3.Cleaner:
    """The allow-list made ready once: that takes as long as cleaning thirty paragraphs."""
    import nh3

    return nh3.Cleaner(
        tags=_ALLOWED,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes=_PREFIXES,
        attribute_filter=_kept_value,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


_NOT_DRAWN = ("{*}script", "{*}foreignObject", "{*}iframe", "{*}metadata")


def safe_svg(markup: bytes) -> bytes:
    """An SVG drawing without programs, event handlers, comments, metadata, foreign content or outside addresses; b"" if it is not one."""
    try:
        root = etree.fromstring(markup, etree.XMLParser(resolve_entities=False, huge_tree=True, no_network=True))
    except etree.XMLSyntaxError:
        return b""
    etree.strip_elements(root, etree.Comment, etree.PI, *_NOT_DRAWN, with_tail=False)
    for element in root.iter():
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            if local.startswith("on") or (local == "href" and not value.startswith(("#", "data:image/"))):
                del element.attrib[name]
    return etree.tostring(root)


def svg_address(markup: str | bytes) -> str:
    """An SVG drawing as a data URI, cleaned by :func:`safe_svg`; "" if it is not one."""
    safe = safe_svg(markup.encode() if isinstance(markup, str) else markup)
    return f"data:image/svg+xml;base64,{base64.b64encode(safe).decode()}" if safe else ""


def pictures_in(folder: Path | None) -> FindPicture:
    """A finder of pictures that a notebook names by a path relative to ``folder``; nothing outside it is read."""
    kinds = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp", ".svg": "svg+xml"}

    def find(address: str) -> str:
        if folder is None or ":" in address:
            return ""
        path = (folder / address).resolve()
        if path.suffix.lower() not in kinds or not path.is_relative_to(folder.resolve()) or not path.is_file():
            return ""
        data = path.read_bytes()
        if path.suffix.lower() == ".svg":
            return svg_address(data)
        return f"data:image/{kinds[path.suffix.lower()]};base64,{base64.b64encode(data).decode()}"

    return find


def _as_picture(match: re.Match[str]) -> str:
    markup = match[0]
    if "xmlns=" not in markup[: markup.find(">")]:
        markup = markup.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    address = svg_address(markup)
    title = re.search(r"<title[^>]*>(.*?)</title>", markup, re.DOTALL)
    return f'<img alt="{title[1].strip() if title else ""}" src="{address}">' if address else ""


def _replace_checkbox(element: lxml.html.HtmlElement) -> None:
    if element.get("type") == "checkbox":
        element.tail = ("☑ " if "checked" in element.attrib else "☐ ") + (element.tail or "")
    element.drop_tree()


def _kept_value(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, or None where it would lead to what a report has not: files, programs, own schemes."""
    if name == "href":
        return value if _LINK.match(value) else None
    if name == "title" and tag == "data":
        return None  # where a figure is from, for whoever points at it in a notebook; a report says it in its own way
    return None if name == "style" and tag in _MATHEMATICS else value


def _settle_picture(element: lxml.html.HtmlElement, find_picture: FindPicture) -> None:
    source = element.get("src", "")
    found = source if _PICTURE.match(source) else find_picture(source)
    if found.startswith("data:image/svg+xml;base64,"):
        found = svg_address(base64.b64decode(found.split(",", 1)[1]))
    if found:
        element.set("src", found)
        element.set("alt", element.get("alt", ""))
        return
    element.tail = (element.get("alt") or "") + (element.tail or "")
    element.drop_tree()


def _head(table: lxml.html.HtmlElement) -> None:
    """Mark a table's header cells and numeric cells; a first row made of header cells alone becomes the head."""
    if table.find("thead") is None:
        first = next(table.iter("tr"), None)
        if first is not None and len(first) and all(cell.tag == "th" for cell in first):
            head = lxml.html.Element("thead")
            around(first).remove(first)
            head.append(first)
            before = [child for child in table if child.tag in {"caption", "colgroup", "col"}]
            table.insert(len(before), head)
    for cell in table.iter("th", "td"):
        in_head = next(cell.iterancestors("thead", "table")).tag == "thead"
        if cell.tag == "th" and "scope" not in cell.attrib:
            cell.set("scope", "col" if in_head else "row")
        if cell.tag == "td" and _NUMBER.fullmatch("".join(cell.itertext()).strip()):
            cell.classes.add("number")
