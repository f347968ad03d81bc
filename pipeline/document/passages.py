"""A document as a reader meets it: its passages one after another, and what stands in them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ..findings import Place, Words
from .carried import CarriedFact, CarriedWords, facts_carried_by, words_carried_by

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS = {
    "p": "paragraph", "li": "item", "dt": "item", "dd": "item", "td": "cell", "th": "head", "figcaption": "caption",
    "caption": "caption", "pre": "code", "h1": "title", "text": "label", "desc": "label", "summary": "paragraph",
} | {f"h{level}": "heading" for level in range(2, 7)}  # fmt: skip
_PLAIN_BLOCKS = frozenset(
    ("article", "section", "header", "footer", "figure", "table", "thead", "tbody", "tr", "ul", "ol", "dl", "div", "main", "body")
)  # fmt: skip
_SKIPPED = frozenset({"head", "nav", "style", "script", "template"})
_UNREAD = frozenset({"sources", "skip"})  # classes
_SPOKEN = ("alt", "title", "aria-label")
_CLASSES = {"unit": "unit", "note": "note", "signer": "signature", "date": "signature", "placeholder": "paragraph"}
_WORDS = {
    "title": ("标题", "title"), "heading": ("标题", "heading"), "paragraph": ("第{}段", "paragraph {}"),
    "item": ("第{}段", "paragraph {}"), "cell": ("单元格", "cell"), "head": ("表头", "table head"),
    "caption": ("题名", "caption"), "unit": ("单位", "unit"), "note": ("附注", "note"), "chart": ("图", "chart"),
    "alternative": ("替代文字", "alternative text"), "label": ("图中文字", "chart label"),
    "signature": ("落款", "signature"), "code": ("代码", "code"),
}  # fmt: skip
_SVG_ADDRESS = "data:image/svg+xml;base64,"
REST = "rest"  # the `data-role` of a chapter's closing block, which says what no other part of it took


@dataclass(frozen=True)
class Mark:
    """Characters ``start`` to ``end`` of a passage stand in a fact, a ledger's words, a number of ours or a cross-reference.

    ``kind`` is fact, words, number, note (the mark of a footnote) or reference; ``attributes`` are those of the element.
    """

    kind: str
    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict, hash=False)

    def said(self, attribute: str) -> str:
        """What its element says in an attribute; "" where it has none of that name."""
        return self.attributes.get(attribute, "")


@dataclass(frozen=True)
class PassagePlace:
    """Where a passage stands.

    ``section`` is the section's name and ``title`` its title; ``figure`` what its table or chart is called (表1),
    ``row`` and ``column`` the headings of a table's cell, ``line`` the number of its row in the document; ``count`` numbers the paragraphs of a section from 1; ``rest``
    says that it is a chapter's closing block of what no other part took.
    """

    kind: str
    section: str = ""
    title: str = ""
    figure: str = ""
    row: str = ""
    column: str = ""
    count: int = 0
    rest: bool = False
    line: int = 0

    def text(self, lang: str = "zh") -> str:
        """In words: 表1“一业一证”行“办件量”列, 第3段; the section is not named."""
        zh = lang == "zh"
        if self.kind == "cell":
            cell = f"“{self.row}”行“{self.column}”列" if zh else f", row {self.row!r}, column {self.column!r}"
            return (self.figure or ("表" if zh else "table")) + cell
        if self.kind == "chart" and self.figure:
            return self.figure
        words = _WORDS[self.kind][0 if zh else 1].format(self.count)
        return f"{self.figure}{'' if zh else ' '}{words}" if self.figure else words

    def reported(self, cell: int = 0) -> Place:
        """The place as a finding has it; ``cell`` is the number of its cell in the section's notebook."""
        passage = Words(self.text("zh"), self.text("en"))
        return Place(section=self.section, title=self.title, cell=cell, passage=passage)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True)
class Passage:
    """One paragraph, heading, cell, caption, alternative text or label; blanks in a row are one.

    ``carried`` are the facts of the chart it belongs to, ``words`` a ledger's words in it.
    """

    place: PassagePlace
    text: str
    marks: tuple[Mark, ...] = ()
    carried: tuple[CarriedFact, ...] = ()
    words: tuple[CarriedWords, ...] = ()


@lru_cache(maxsize=1)  # facts, coverage, audit and consistency read the same document one after another
def read_passages(html: str) -> tuple[Passage, ...]:
    """Every passage of a document in reading order: text, alternative text, and the words inside its drawings.

    A chart that carries facts comes first as a passage of kind ``chart`` without text. The contents, style sheets,
    the list of sources (``class="sources"``) and the way past the contents are no part of what the report says.
    """
    from lxml import html as parser

    root = parser.document_fromstring(html, parser=parser.HTMLParser(huge_tree=True, encoding=None))
    reader = _Reader()
    reader.walk(root)
    return tuple(reader.passages)


class _Reader:
    """Goes through a tree once; a passage is open from a block's first character to its last."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self._text = ""
        self._marks: list[Mark] = []
        self._place = PassagePlace("paragraph")
        self._carried: tuple[tuple[CarriedFact, ...], tuple[CarriedWords, ...]] = ((), ())
        self._heads: list[str] = []
        self._lines = 0

    def walk(self, element: _Element) -> None:
        if not isinstance(element.tag, str) or _name(element) in _SKIPPED or _UNREAD & {*_classes(element)}:
            return
        place, carried, heads = self._place, self._carried, self._heads
        block = _name(element) in _KINDS or _name(element) in _PLAIN_BLOCKS
        if block:
            self._close()
        self._enter(element)
        start = len(self._text)
        self._say(element.text)
        for child in element:
            self.walk(child)
            self._say(child.tail)
        kind = _mark(element)
        if kind and not block:
            self._marks.append(Mark(kind, start, len(self._text), dict(element.attrib)))
        if block:
            self._close()
            self._place = self._after(element, place)
            self._carried, self._heads = carried, heads
        self._speak(element)

    def _enter(self, element: _Element) -> None:
        """What an element says of the place of all that stands in it."""
        name, place = _name(element), self._place
        section = element.get("id")
        if element.get("data-role") == REST:
            place = replace(place, rest=True)
        if name == "section" and section:
            place = replace(place, section=section, title=_title(element), count=0)
        elif name == "figure":
            place = replace(place, figure=_called(element))
            self._carried = (facts_carried_by(element), words_carried_by(element))
            if any(self._carried):
                self.passages.append(Passage(replace(place, kind="chart"), "", (), *self._carried))
        elif name == "table":
            self._heads = _heads(element)
        elif name == "tr":
            self._lines += 1
            place = replace(place, row=_words(element[0]) if len(element) else "", column="", line=self._lines)
        elif name in ("td", "th") and next(element.iterancestors("thead"), None) is None:
            index = sum(int(cell.get("colspan") or 1) for cell in element.itersiblings("td", "th", preceding=True))
            place = replace(place, column=self._heads[index] if index < len(self._heads) else "")
        self._place = replace(place, kind=self._kind(element, place.kind))

    def _kind(self, element: _Element, kind: str) -> str:
        for name in _classes(element):
            if name in _CLASSES:
                return _CLASSES[name]
        if _name(element) == "th" and next(element.iterancestors("thead"), None) is None:
            return "cell"
        return _KINDS.get(_name(element), "paragraph" if _name(element) in _PLAIN_BLOCKS else kind)

    def _after(self, element: _Element, before: PassagePlace) -> PassagePlace:
        """The place is again what it was, but paragraphs keep counting inside a section."""
        return replace(before, count=self._place.count) if _name(element) != "section" else before

    def _say(self, text: str | None) -> None:
        if not text:
            return
        words = " ".join(text.split())
        if not words:
            self._text += " " if self._text and not self._text.endswith(" ") else ""
            return
        blank = " " if text[0].isspace() and self._text and not self._text.endswith(" ") else ""
        self._text += blank + words + (" " if text[-1].isspace() else "")

    def _close(self) -> None:
        text = self._text.rstrip()
        if text:
            if self._place.kind in ("paragraph", "item") and not self._place.figure:
                self._place = replace(self._place, count=self._place.count + 1)
            marks = tuple(mark for mark in self._marks if mark.start < mark.end)
            self.passages.append(Passage(self._place, text, marks, *self._carried))
        self._text, self._marks = "", []

    def _speak(self, element: _Element) -> None:
        """What an element says to those who do not see it, and the words of a drawing."""
        if _name(element) == "div":  # a frame that the page puts around a table or a drawing, named by their number
            return
        for text in filter(None, (" ".join(element.get(name, "").split()) for name in _SPOKEN)):
            self.passages.append(Passage(replace(self._place, kind="alternative"), text, (), *self._carried))
        address = element.get("src", "")
        if address.startswith(_SVG_ADDRESS):
            for text in _drawn_words(address):
                self.passages.append(Passage(replace(self._place, kind="label"), text, (), *self._carried))


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _classes(element: _Element) -> list[str]:
    return element.get("class", "").split()


def _mark(element: _Element) -> str:
    classes = _classes(element)
    if _name(element) == "data" and "fact" in classes:
        return "fact"
    if _name(element) == "span":
        return next((kind for kind in ("number", "words") if kind in classes), "")
    if _name(element) == "sup":
        return "note" if "footnote-ref" in classes else ""
    return "reference" if _name(element) == "a" and "ref" in classes else ""


def _words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _title(section: _Element) -> str:
    heading = next(section.iter("h1", "h2"), None)
    if heading is None:
        return ""
    number = heading.find("span[@class='number']")
    return _words(heading).removeprefix(_words(number) if number is not None else "").strip()


def _called(figure: _Element) -> str:
    number = figure.find(".//figcaption/span[@class='number']")
    return _words(number) if number is not None else figure.get("id", "")


def _heads(table: _Element) -> list[str]:
    row = next(iter(table.findall("./thead/tr")[-1:]), None)
    cells = [] if row is None else row.findall("th") + row.findall("td")
    return [_words(cell) for cell in cells for _ in range(int(cell.get("colspan") or 1))]


def _drawn_words(address: str) -> Iterator[str]:
    from lxml import etree

    try:
        drawing = etree.fromstring(
            base64.b64decode(address[len(_SVG_ADDRESS) :]), etree.XMLParser(resolve_entities=False, huge_tree=True)
        )
    except (ValueError, etree.XMLSyntaxError):
        return
    for element in drawing.iter("{*}text", "{*}title", "{*}desc"):
        if words := _words(element):
            yield words
