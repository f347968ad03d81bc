"""The inline half of writing a semantic body as Typst: what stands inside a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import lxml.html

from ..pictures import picture_of
from ..style_wishes import width_wished
from ..table_plan import UPRIGHT
from .text import LINE, cut, ends_held, kept, markup, number_and_rest, string

_WRAPPED = {
    "strong": "strong", "b": "strong",
    "em": "emph", "i": "emph", "cite": "emph", "dfn": "emph", "var": "emph",
    "sub": "sub", "sup": "super",
    "s": "strike", "del": "strike", "u": "underline", "ins": "underline",
}  # fmt: skip


@dataclass
class InlineWriter:
    """Writes inline content; collects the pictures met on the way in ``files``, the names in ``placed``.

    Attributes:
        notes: footnotes by their id. names: the ids a link may lead to. formulas: Typst mathematics by element.
        unreadable: names of pictures whose alternative text stands for them.
        room: the points that a line has where we are, size: those of its type.
    """

    notes: Mapping[str, lxml.html.HtmlElement]
    names: frozenset[str]
    formulas: Mapping[lxml.html.HtmlElement, str]
    unreadable: frozenset[str] = frozenset()
    files: dict[str, bytes] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    room: float = UPRIGHT
    size: float = UPRIGHT / LINE
    _noted: set[str] = field(default_factory=set)
    _pictures: int = 0

    @contextmanager
    def within(self, room: float, size: float | None = None) -> Iterator[None]:
        """Write what stands where a line has only ``room`` points, the type being of ``size``."""
        before = self.room, self.size
        self.room, self.size = max(1.0, room), size or self.size
        yield
        self.room, self.size = before

    @property
    def ems(self) -> float:
        """The room of a line in signs of its type."""
        return self.room / self.size

    def content(self, element: lxml.html.HtmlElement) -> str:
        """Markup of what is inside ``element``."""
        return self.run(element.text or "", list(element)).strip()

    def run(self, text: str, children: list[lxml.html.HtmlElement]) -> str:
        """Markup of ``text`` and then each child with the text after it."""
        pieces = [markup(text, self.ems)]
        for child in children:
            tail = child.tail or ""
            if child.tag == "data":
                number, tail = number_and_rest(child.text_content(), tail, self.ems)
                pieces.append(number)
            else:
                pieces.append(self.element(child))
            pieces.append(markup(tail, self.ems))
        return ends_held("".join(pieces))

    def element(self, element: lxml.html.HtmlElement) -> str:
        """Markup of one inline element, without the text after it."""
        return self.anchor(element.get("id")) + self._drawn(element)

    def anchor(self, name: str | None) -> str:
        """An invisible mark that links to ``name`` lead to; nothing where none does, or where it is placed already."""
        if name not in self.names or name in self.placed:
            return ""
        return f"#[#metadata(none)#{self.label(name)}]"

    def _drawn(self, element: lxml.html.HtmlElement) -> str:
        tag = element.tag
        if tag == "sup" and "footnote-ref" in element.classes:
            return self._footnote(element)
        if tag in _WRAPPED:
            return f"#{_WRAPPED[tag]}[{self._inside(element)}]"
        if tag in ("code", "kbd", "samp"):
            return self._code(element.text_content())
        if tag == "a":
            return self._link(element)
        if tag == "br":
            return "#linebreak()"
        if tag == "img":
            return self._picture(element)
        if tag == "math":
            return self.formula(element)
        if tag == "q":
            return f"“{self._inside(element)}”"
        if tag == "rt":
            return f"（{self._inside(element)}）"
        return "" if tag in ("rp", "wbr") else self._inside(element)

    def formula(self, element: lxml.html.HtmlElement) -> str:
        """A formula; read aloud it is its TeX."""
        annotation = element.find(".//annotation")
        spoken = " ".join((element if annotation is None else annotation).text_content().split())
        drawn = self.formulas.get(element)
        if not drawn:
            return self._code(spoken)
        return f"#[#set math.equation(alt: {string(spoken or '公式')})\n{drawn}]"

    def label(self, name: str | None) -> str:
        """The label to put at what is called ``name``, ``none`` where nothing leads there."""
        if name is None or (name not in self.names and name not in self.notes):
            return "none"
        self.placed.add(name)
        return _label(name)

    def picture(self, element: lxml.html.HtmlElement, highest: float = 520.0) -> str:
        """The call that draws a picture as wide as wished or as it is, or smaller to fit; else its alternative text."""
        found = picture_of(element.get("src", ""))
        self._pictures += found is not None
        name = f"{self._pictures}.{found.suffix}" if found else ""
        if found is None or name in self.unreadable:
            return f"[{markup(element.get('alt', ''), self.ems)}]"
        wished = width_wished(element, (found.width, found.height), self.room)
        width = min(wished, self.room, highest * found.width / found.height)
        self.files[name] = found.data
        return f"picture({string(name)}, {width:.2f}pt, {string(element.get('alt', ''))})"

    def _inside(self, element: lxml.html.HtmlElement) -> str:
        return self.run(element.text or "", list(element))

    def _code(self, text: str) -> str:
        """Words in the fixed-width face, those wider than the line with places to break at."""
        if all(len(word) <= self.ems for word in text.split()):
            return f"#raw({string(text)})"
        size = max(1, min(8, int(self.ems / 2)))
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        return cut(pieces, lambda piece: f"#raw({string(piece)})")

    def _picture(self, element: lxml.html.HtmlElement) -> str:
        return f"#box({self.picture(element)})"

    def _link(self, element: lxml.html.HtmlElement) -> str:
        address, inside = element.get("href", ""), self._inside(element)
        if not inside.strip():
            return ""
        if address.startswith("#"):
            if "ref" in element.classes and not len(element):  # 表 and its number stay on one line
                inside = kept(element.text_content(), self.ems)
            return f"#link({_label(address[1:])})[{inside}]" if address[1:] in self.names else inside
        return f"#link({string(address)})[{inside}]" if address else inside

    def _footnote(self, element: lxml.html.HtmlElement) -> str:
        """The note itself at its first call, its number alone at later ones."""
        name = element[0].get("href", "")[1:] if len(element) else ""
        if name not in self.notes:
            return f"#super[{self._inside(element)}]"
        if name in self._noted:
            return f"#footnote({_label(name)})"
        self._noted.add(name)
        parts = [self._note_part(part) for part in ([*self.notes[name]] or [self.notes[name]])]
        return f"#[#footnote[{'#linebreak()'.join(parts)}]#{self.label(name)}]"

    def _note_part(self, part: lxml.html.HtmlElement) -> str:
        for back in part.find_class("footnote-back"):
            back.drop_tree()
        return self.content(part)


def _label(name: str) -> str:
    """A label in ASCII: labels become named destinations in order, and readers differ over the order of Han names."""
    return f"label({string('at-' + name.encode('ascii', 'backslashreplace').decode().replace(chr(92), '-'))})"
