"""One line of text on its way into a paragraph: runs with their looks, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from .wordprocessing import NAMESPACES, Element, is_called, legal, w, words

_SPACE = re.compile(r"[ \t\r\n\f]+")
_SUPERFLUOUS = re.compile(r"(?<=[ \n]) +")  # blanks behind another one, or at the beginning of a line
_HEADING_FACE = "黑体"


class Look(NamedTuple):
    """How a run differs from its paragraph's style."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    fixed: bool = False
    link: bool = False
    note: bool = False
    colour: str = ""
    position: str = ""  # superscript, subscript
    size: int = 0  # half points
    face: str = ""

    def properties(self, text: str = "") -> list[Element]:
        """``w:rPr`` in the order the schema wants; nothing for an ordinary run of Latin letters."""
        fonts = {"ascii": "Consolas", "hAnsi": "Consolas"} if self.fixed else {}
        fonts |= {"ascii": self.face, "hAnsi": self.face, "eastAsia": self.face} if self.face else {}
        # Quotation marks and dashes are in Latin fonts too: the hint says that these belong to Chinese text.
        fonts |= {"hint": "eastAsia"} if not text.isascii() else {}
        style = "Hyperlink" if self.link else "FootnoteReference" if self.note else ""
        parts = [
            *([w("rStyle", val=style)] if style else []),
            *([w("rFonts", **fonts)] if fonts else []),
            *([w("b")] if self.bold else []),
            *([w("i")] if self.italic else []),
            *([w("strike")] if self.strike else []),
            *([w("color", val=self.colour)] if self.colour else []),
            *([w("sz", val=self.size)] if self.size else []),
            *([w("u", val="single")] if self.underline else []),
            *([w("vertAlign", val=self.position)] if self.position else []),
        ]
        return [w("rPr", *parts)] if parts else []


PLAIN = Look()


def run(text: str, look: Look = PLAIN) -> list[Element]:
    """A run of text; a line end in it is a line break, a tab a tab. None where there is no text."""
    pieces = [
        w("br") if piece == "\n" else w("tab") if piece == "\t" else words("t", piece)
        for piece in re.split(r"([\n\t])", legal(text))
        if piece
    ]
    return [w("r", *look.properties(text), *pieces)] if pieces else []


def field_runs(instruction: str, result: str, look: Look = PLAIN) -> list[Element]:
    """A field with its result, as Word stores one that need not be brought up to date to be read."""
    return [
        w("r", *look.properties(), w("fldChar", fldCharType="begin")),
        w("r", *look.properties(), words("instrText", f" {instruction} ")),
        w("r", *look.properties(), w("fldChar", fldCharType="separate")),
        *run(result, look),
        w("r", *look.properties(), w("fldChar", fldCharType="end")),
    ]


class _Text(NamedTuple):
    text: str
    look: Look


class _Begin(NamedTuple):
    """What follows stands inside this element, up to the next ``_END``."""

    element: Element


_END = None
_Piece: TypeAlias = _Text | Element | _Begin | None


@dataclass
class Line:
    """Text and ready elements in order. White space is that of HTML: runs of it are one blank, none at either end."""

    preformatted: bool = False
    holds_picture: bool = False
    holds_formula: bool = False
    _pieces: list[_Piece] = field(default_factory=list)

    def text(self, text: str | None, look: Look = PLAIN) -> None:
        """Add text."""
        if text:
            self._pieces.append(_Text(text if self.preformatted else _SPACE.sub(" ", text), look))

    def add(self, *elements: Element) -> None:
        """Add runs, fields, formulas or bookmarks."""
        self._pieces += elements

    def begin(self, element: Element) -> None:
        """Put what is added from here on inside ``element``, a link."""
        self._pieces.append(_Begin(element))

    def end(self) -> None:
        """The end of what stands inside the last element begun."""
        self._pieces.append(_END)

    def line_break(self) -> None:
        """Add a line break; blanks around it vanish."""
        self._strip_end()
        self._pieces.append(_Text("\n", PLAIN))

    def runs(self) -> list[Element]:
        """The runs; nothing where there is nothing to see."""
        if not self.preformatted:
            self._strip_end()
        found: list[Element] = []
        inside: list[list[Element] | Element] = [found]
        before = " "
        for piece in self._merged():
            if isinstance(piece, _Text):
                text = piece.text[1:] if self._is_second_blank(before, piece.text) else piece.text
                for one in run(text, piece.look):
                    inside[-1].append(one)
                before = text or before
            elif isinstance(piece, _Begin):
                inside[-1].append(piece.element)
                inside.append(piece.element)
            elif piece is _END:
                inside.pop()
            else:
                inside[-1].append(piece)
                before = "x" if _is_seen(piece) else before
        return found

    def __bool__(self) -> bool:
        return any(bool(piece.text.strip()) if isinstance(piece, _Text) else _is_seen(piece) for piece in self._pieces)

    def _is_second_blank(self, before: str, text: str) -> bool:
        return not self.preformatted and before[-1] in " \n" and text[0] == " "

    def _merged(self) -> list[_Piece]:
        merged: list[_Piece] = []
        for piece in self._pieces:
            last = merged[-1] if merged else _END
            if isinstance(piece, _Text) and isinstance(last, _Text) and last.look == piece.look:
                joined = last.text + piece.text
                merged[-1] = _Text(joined if self.preformatted else _SUPERFLUOUS.sub("", joined), piece.look)
            elif not isinstance(piece, _Text) or piece.text:
                merged.append(piece)
        return merged

    def _strip_end(self) -> None:
        for place in range(len(self._pieces) - 1, -1, -1):
            piece = self._pieces[place]
            if isinstance(piece, _Text):
                self._pieces[place] = stripped = _Text(piece.text.rstrip(" \n"), piece.look)
                if stripped.text:
                    return
            elif _is_seen(piece):
                return


def _is_seen(piece: Element | _Begin | None) -> bool:
    """Whether it takes room on the line: bookmarks and the ends of links do not."""
    if piece is _END or isinstance(piece, _Begin):
        return False
    return is_called(piece, "r") or str(piece.tag).startswith(f"{{{NAMESPACES['m']}}}")


def in_heading_face(blocks: Iterable[Element]) -> None:
    """Set the runs of blocks in the face that heads of tables have."""
    for written in [one for block in blocks for one in block.iter(f"{{{NAMESPACES['w']}}}r")]:
        look = written.find("w:rPr", NAMESPACES)
        if look is None:
            look = w("rPr")
            written.insert(0, look)
        fonts = look.find("w:rFonts", NAMESPACES)
        face = w("rFonts", ascii=_HEADING_FACE, hAnsi=_HEADING_FACE, eastAsia=_HEADING_FACE)
        if fonts is None:
            look.insert(1 if look.find("w:rStyle", NAMESPACES) is not None else 0, face)
        else:
            fonts.attrib.update(face.attrib)
