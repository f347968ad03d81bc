"""What a workbook's styles say of its cells (ECMA-376-1, 18.8): number formats, lines through them, letters nobody sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import limits
from .number_format import BUILT_IN, GENERAL
from .xml_parts import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WHITE, _BLACK = "FFFFFF", "000000"
_THEME, _INDEXED = {"0": _WHITE, "1": _BLACK}, {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE}


@dataclass
class Styles:
    """``formats`` gives the number format of each cell style; ``since_1904`` how the workbook counts days.

    ``struck`` are the styles with a line through the text, ``unseen`` those whose text has the colour of its ground;
    ``conditional`` the differential styles, by number as rules name them, that bring a number format.
    """

    formats: list[str] = field(default_factory=list)
    since_1904: bool = False
    struck: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()
    conditional: frozenset[str] = frozenset()

    def of(self, style: str | None) -> str:
        """The number format of a cell's style; what names none is the first, what is not there is General."""
        index = self.index(style)
        return self.formats[index] if index < len(self.formats) else GENERAL

    @staticmethod
    def index(style: str | None) -> int:
        """The number of a cell's style."""
        return int(style) if style and style.isascii() and style.isdigit() else 0

    def take(self, root: Element) -> None:
        """Read the part of styles; number formats of differential styles are of conditional formats alone."""
        numbers, fonts, fills, styles, conditional = (
            _children(root, name) for name in ("numFmts", "fonts", "fills", "cellXfs", "dxfs")
        )
        own = {each.get("numFmtId", "").strip(): each.get("formatCode", "") for each in numbers}
        self.formats = [_format(own, style.get("numFmtId", "").strip() or "0") for style in styles]
        struck = {str(number) for number, font in enumerate(fonts) if _is_struck(font)}
        inks = {str(number): _colour(_child(font, "color")) for number, font in enumerate(fonts)}
        grounds = {str(number): _ground(fill) for number, fill in enumerate(fills)}
        looks = [(style.get("fontId", "0"), style.get("fillId", "0")) for style in styles]
        self.struck = frozenset(number for number, (font, _) in enumerate(looks) if font in struck)
        self.unseen = frozenset(
            number
            for number, (font, fill) in enumerate(looks)
            if inks.get(font) and inks[font] == grounds.get(fill, _WHITE)
        )
        formatted = (str(number) for number, each in enumerate(conditional) if _child(each, "numFmt") is not None)
        self.conditional = frozenset(formatted)


def _children(root: Element, name: str) -> list[Element]:
    return [each for part in root if local(part.tag) == name for each in part]


def _child(element: Iterable[Element], name: str) -> Element | None:
    return next((each for each in element if local(each.tag) == name), None)


def _is_struck(font: Element) -> bool:
    line = _child(font, "strike")
    return line is not None and line.get("val", "1") in ("1", "true")


def _ground(fill: Element) -> str:
    """The colour behind the text, "" for a pattern or a gradient."""
    pattern = _child(fill, "patternFill")
    if pattern is None:
        return ""
    kind = pattern.get("patternType", "none")
    return _WHITE if kind == "none" else _colour(_child(pattern, "fgColor")) if kind == "solid" else ""


def _colour(element: Element | None) -> str:
    """As six hexadecimal digits; "" for what only a theme tells."""
    if element is None or element.get("tint", "0") not in ("0", "0.0"):
        return ""
    named = _THEME.get(element.get("theme", ""), "") or _INDEXED.get(element.get("indexed", ""), "")
    return element.get("rgb", "")[-6:].upper() or named


def _format(own: dict[str, str], number: str) -> str:
    code = own.get(number, "")
    if len(code) > limits.FORMAT:
        return "[…]" + code[:40].replace(";", ",")  # what no Excel writes is in doubt
    return code or BUILT_IN.get(int(number) if number.isdigit() else 0, GENERAL)
