"""What HTML may stand in a report: structure and text, no programs, no styles, nothing fetched from elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
from lxml import etree


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
_ALLOWED = _BLOCKS | _INLINES | _MATHEMATICS
_DROPPED = _words("""
    script style iframe frameset object applet form button select textarea template noscript head
    title audio video canvas map svg dialog
""")
_VOID = _words("embed link meta base param source track area frame")
_ATTRIBUTES = _words("""
    id class title lang dir alt src href colspan rowspan scope headers value start reversed datetime cite role
    width height open span abbr
""")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
_LINK = re.compile(r"(?:https?:|mailto:|#)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_INLINE_SVG = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"[-−+]?[\d,.]*\d\s*[%％]?")
_PARSER = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)

FindPicture = Callable[[str], str]


def cleaned(html: str, find_picture: FindPicture = lambda address: "") -> lxml.html.HtmlElement:
    """``html`` as a ``<div>`` holding only what may stand in a report.

    Programs, styles, forms and embedded pages are left out; unknown elements give way to their contents. A picture
    stays when it is a data URI or when ``find_picture(src)`` gives one; otherwise its alternative text stands there.
    Tables get ``scope`` on header cells and class ``number`` on numeric ones.
    """
    root = lxml.html.fragment_fromstring(_INLINE_SVG.sub(_as_picture, html), create_parent="div", parser=_PARSER)
    for element in list(root.iterdescendants()):
        if element.tag in _VOID:
            element.drop_tag()  # libxml2 takes what follows an <embed> for its contents
        elif element.tag in _DROPPED:
            element.drop_tree()
        elif element.tag == "input":
            _replace_checkbox(element)
        elif element.tag not in _ALLOWED:
            element.drop_tag()
        elif element.getparent() is not None:
            _clean_element(element, find_picture)
    for table in root.iter("table"):
        _head(table)
    return root


def safe_svg(markup: bytes) -> bytes:
    """An SVG drawing without programs, event handlers, foreign content or outside addresses; b"" if it is not one."""
    try:
        root = etree.fromstring(markup, etree.XMLParser(resolve_entities=False, huge_tree=True, no_network=True))
    except etree.XMLSyntaxError:
        return b""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname in {"script", "foreignObject", "iframe"}:
            if element.getparent() is not None:
                element.getparent().remove(element)
            continue
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


def _clean_element(element: lxml.html.HtmlElement, find_picture: FindPicture) -> None:
    aligned = _ALIGN.search(element.get("style", "")) or re.fullmatch("(left|right|center)", element.get("align", ""))
    for name in list(element.attrib):
        allowed = name in _ATTRIBUTES or name.startswith(("data-", "aria-"))
        if not allowed and not (element.tag in _MATHEMATICS and not name.startswith("on") and name not in {"style"}):
            del element.attrib[name]
    if aligned and element.tag in {"td", "th"}:
        element.classes.add(f"align-{aligned[1]}")
    if "href" in element.attrib and not _LINK.match(element.get("href")):
        del element.attrib["href"]
    if element.tag == "img":
        _settle_picture(element, find_picture)
    elif "src" in element.attrib:
        del element.attrib["src"]


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
            head = etree.Element("thead")
            first.getparent().remove(first)
            head.append(first)
            before = [child for child in table if child.tag in {"caption", "colgroup", "col"}]
            table.insert(len(before), head)
    for cell in table.iter("th", "td"):
        in_head = next(cell.iterancestors("thead", "table")).tag == "thead"
        if cell.tag == "th" and "scope" not in cell.attrib:
            cell.set("scope", "col" if in_head else "row")
        if cell.tag == "td" and _NUMBER.fullmatch("".join(cell.itertext()).strip()):
            cell.classes.add("number")
