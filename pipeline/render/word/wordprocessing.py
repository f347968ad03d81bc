"""WordprocessingML as elements: what a text or a value holds is escaped when the document is written, and nowhere else."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONS = f"{OFFICE}/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": _WORD,
    "r": RELATIONS,
    "m": f"{OFFICE}/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2


def w(name: str, /, *inside: Element, **values: object) -> Element:
    """``w:NAME`` with attributes of the same namespace."""
    attributes = {f"{{{_WORD}}}{key}": legal(str(value)) for key, value in values.items()}
    element = etree.Element(f"{{{_WORD}}}{name}", attributes, NAMESPACES)
    element.extend(inside)
    return element


def related(name: str, relation: str, /, **values: object) -> Element:
    """``w:NAME`` that leads to what has this relationship id."""
    element = w(name, **values)
    element.set(f"{{{RELATIONS}}}id", relation)
    return element


def words(name: str, /, text: str) -> Element:
    """``w:NAME`` that holds a text, with the blanks at its ends."""
    element = w(name)
    element.text = legal(text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def style_of(paragraph: Element) -> str:
    """The name of a paragraph's style; nothing for what is no paragraph."""
    found = paragraph.find("w:pPr/w:pStyle", NAMESPACES) if is_called(paragraph, "p") else None
    return str(found.get(f"{{{_WORD}}}val")) if found is not None else ""


def is_called(element: Element, *names: str) -> bool:
    """Whether it is one of ``w:NAMES``."""
    return element.tag in {f"{{{_WORD}}}{name}" for name in names}


def legal(text: str) -> str:
    """A text without the characters that no XML may hold."""
    return _FORBIDDEN.sub("", text)


def written(root: Element) -> str:
    """A part of the package."""
    return _HEAD + etree.tostring(root, encoding="unicode")
