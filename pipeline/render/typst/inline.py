"""The inline half of writing a semantic body as Typst: what stands inside a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import lxml.html

from ..pictures import picture_of
from ..table_plan import UPRIGHT
from .text import markup, number_and_rest, string

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
    """

    notes: Mapping[str, lxml.html.HtmlElement]
    names: frozenset[str]
    formulas: Mapping[lxml.html.HtmlElement, str]
    unreadable: frozenset[str] = frozenset()
    files: dict[str, bytes] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    _noted: set[str] = field(default_factory=set)
    _pictures: int = 0

    def content(self, element: lxml.html.HtmlElement) -> str:
        """Markup of what is inside ``element``."""
        return self.run(element.text or "", list(element)).strip()

    def run(self, text: str, children: list[lxml.html.HtmlElement]) -> str:
        """Markup of ``text`` and then each child with the text after it."""
        pieces = [markup(text)]
        for child in children:
            tail = child.tail or ""
            if child.tag == "data":
                number, tail = number_and_rest(child.text_content(), tail)
                pieces.append(number)
            else:
                pieces.append(self.element(child))
            pieces.append(markup(tail))
        return "".join(pieces)

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
            return f"#raw({string(element.text_content())})"
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
            return f"#raw({string(spoken)})"
        return f"#[#set math.equation(alt: {string(spoken or '公式')})\n{drawn}]"

    def label(self, name: str | None) -> str:
        """The label to put at what is called ``name``, ``none`` where nothing leads there."""
        if name not in self.names and name not in self.notes:
            return "none"
        self.placed.add(name)
        return _label(name)

    def picture(self, element: lxml.html.HtmlElement, widest: float = UPRIGHT, highest: float = 520.0) -> str:
        """The call that draws a picture at its own size, or smaller to fit; else its alternative text."""
        found = picture_of(element.get("src", ""))
        self._pictures += found is not None
        name = f"{self._pictures}.{found.suffix}" if found else ""
        if found is None or name in self.unreadable:
            return f"[{markup(element.get('alt', ''))}]"
        width = min(_points(element.get("width"), found.width), widest, highest * found.width / found.height)
        self.files[name] = found.data
        return f"picture({string(name)}, {width:.2f}pt, {string(element.get('alt', ''))})"

    def _inside(self, element: lxml.html.HtmlElement) -> str:
        return self.run(element.text or "", list(element))

    def _picture(self, element: lxml.html.HtmlElement) -> str:
        return f"#box({self.picture(element)})"

    def _link(self, element: lxml.html.HtmlElement) -> str:
        address, inside = element.get("href", ""), self._inside(element)
        if not inside.strip():
            return ""
        if address.startswith("#"):
            kept = f"#box[{inside}]" if "ref" in element.classes else inside  # 表 and its number stay on one line
            return f"#link({_label(address[1:])})[{kept}]" if address[1:] in self.names else kept
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


def _points(written: str | None, natural: float) -> float:
    """The width an ``<img>`` asks for in pixels, as points; its natural one where it asks nothing readable."""
    return float(written) * 0.75 if written and written.isdigit() and int(written) else natural
