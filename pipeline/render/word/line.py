"""One line of text on its way into a paragraph: runs with their looks, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

_SPACE = re.compile(r"[ \t\r\n\f]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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

    def properties(self, text: str = "") -> str:
        """``w:rPr`` in the order the schema wants; nothing for an ordinary run of Latin letters."""
        fonts = ' w:ascii="Consolas" w:hAnsi="Consolas"' if self.fixed else ""
        # Quotation marks and dashes are in Latin fonts too: the hint says that these belong to Chinese text.
        fonts += ' w:hint="eastAsia"' if not text.isascii() else ""
        parts = (
            '<w:rStyle w:val="Hyperlink"/>'
            if self.link
            else '<w:rStyle w:val="FootnoteReference"/>'
            if self.note
            else "",
            f"<w:rFonts{fonts}/>" if fonts else "",
            "<w:b/>" if self.bold else "",
            "<w:i/>" if self.italic else "",
            "<w:strike/>" if self.strike else "",
            f'<w:color w:val="{self.colour}"/>' if self.colour else "",
            f'<w:sz w:val="{self.size}"/>' if self.size else "",
            '<w:u w:val="single"/>' if self.underline else "",
            f'<w:vertAlign w:val="{self.position}"/>' if self.position else "",
        )
        content = "".join(parts)
        return f"<w:rPr>{content}</w:rPr>" if content else ""


PLAIN = Look()


def run(text: str, look: Look = PLAIN) -> str:
    """A run of text; a line end in it is a line break, a tab a tab."""
    pieces = []
    for piece in re.split(r"([\n\t])", _FORBIDDEN.sub("", text)):
        if piece:
            mark = {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(piece)
            pieces.append(mark or f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>')
    return f"<w:r>{look.properties(text)}{''.join(pieces)}</w:r>" if pieces else ""


def field_runs(instruction: str, result: str, look: Look = PLAIN) -> str:
    """A field with its result, as Word stores one that need not be brought up to date to be read."""
    return (
        f'<w:r>{look.properties()}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look.properties()}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{look.properties()}<w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result, look)}<w:r>{look.properties()}<w:fldChar w:fldCharType="end"/></w:r>'
    )


@dataclass
class Line:
    """Text and ready markup in order. White space is that of HTML: runs of it are one blank, none at either end."""

    preformatted: bool = False
    holds_picture: bool = False
    holds_formula: bool = False
    _pieces: list[tuple[str, Look | None]] = field(default_factory=list)

    def text(self, text: str | None, look: Look = PLAIN) -> None:
        """Add text."""
        if text:
            self._pieces.append((text if self.preformatted else _SPACE.sub(" ", text), look))

    def markup(self, markup: str) -> None:
        """Add runs, fields, bookmarks or the ends of a link."""
        self._pieces.append((markup, None))

    def line_break(self) -> None:
        """Add a line break; blanks around it vanish."""
        self._strip_end()
        self._pieces.append(("\n", PLAIN))

    def xml(self) -> str:
        """The runs; nothing where there is nothing to see."""
        if not self.preformatted:
            self._strip_end()
        pieces, before = [], " "
        for text, look in self._merged():
            if look is None:
                pieces.append(text)
                before = before if _invisible(text) else "x"
                continue
            if not self.preformatted and before[-1] in " \n" and text[0] == " ":
                text = text[1:]
            pieces.append(run(text, look))
            before = text or before
        return "".join(pieces)

    def __bool__(self) -> bool:
        return any(text.strip() if look is not None else not _invisible(text) for text, look in self._pieces)

    def _merged(self) -> list[tuple[str, Look | None]]:
        merged: list[tuple[str, Look | None]] = []
        for text, look in self._pieces:
            if merged and look is not None and merged[-1][1] == look:
                joined = merged[-1][0] + text
                merged[-1] = (joined if self.preformatted else re.sub(" +", " ", joined), look)
            elif text:
                merged.append((text, look))
        return merged

    def _strip_end(self) -> None:
        for place in range(len(self._pieces) - 1, -1, -1):
            text, look = self._pieces[place]
            if look is None and not _invisible(text):
                return
            if look is not None:
                self._pieces[place] = (text.rstrip(" \n"), look)
                if self._pieces[place][0]:
                    return


def _invisible(markup: str) -> bool:
    """Whether markup takes no room on the line: bookmarks and the ends of links."""
    return not re.search("<w:r>|<m:", markup)
