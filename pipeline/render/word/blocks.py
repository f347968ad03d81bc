"""Blocks of the body as paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Callable, Container

import lxml.html

from ...document.elements import around, level_of
from .context import Context, Place
from .inline import add_contents, add_inline, caption_label
from .line import PLAIN, Line, Look, run
from .page_setup import section
from .paragraph import (
    STYLES_BY_CLASS,
    ends_section,
    heading_style,
    not_numbered,
    page_end,
    paragraph,
    properties,
    rule,
    section_end,
    styled,
    under_table,
)
from .parts import BULLETED, NUMBERED
from .signature import signature
from .size import TEXT_HEIGHT, TEXT_WIDTH
from .table_grid import planned
from .tables import word_table
from .wordprocessing import Element, is_called, style_of, w

_LIST_STEP = 480
_CONTAINERS = ("article", "section", "header", "footer", "main", "nav", "div", "address", "aside", "details")


class Blocks:
    """Writes the blocks of one document in their order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._captions: dict[str, int] = {}
        self._writers: dict[str, Callable[[lxml.html.HtmlElement, Place], list[Element]]] = {
            **dict.fromkeys(_CONTAINERS, self.inside),
            **dict.fromkeys(("ul", "ol"), self._list),
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._heading),
            "p": self._paragraph,
            "summary": self._paragraph,
            "figcaption": self._caption,
            "caption": lambda element, place: [],
            "table": self._table,
            "pre": self._preformatted,
            "blockquote": lambda element, place: self.inside(element, place.within(style="Quote")),
            "figure": self._figure,
            "hr": lambda element, place: [rule()],
            "dl": self.inside,
            "dt": lambda element, place: self._paragraph(element, place, Look(bold=True)),
            "dd": lambda element, place: self.inside(element, place.within(indent=place.indent + 640)),
            "li": self.inside,
        }

    def inside(self, element: lxml.html.HtmlElement, place: Place) -> list[Element]:
        """The blocks inside ``element``; text that stands loose between them becomes paragraphs."""
        self._context.arrive(element.get("id"))
        if "signature" in element.classes:
            return signature(element, self._context)
        if element.tag == "section" and "footnotes" in element.classes:
            return []
        blocks: list[Element] = []
        line = Line()
        line.text(element.text)
        for child in element:
            if child.tag in self._writers or _holds_blocks(child, self._writers):
                line = self._flush(line, blocks, place)
                write = self._writers.get(str(child.tag), self.inside)
                written = self._paged(child, place, write(child, place))
                if "signature" in child.classes:
                    _keep_last(blocks)
                blocks += _with_headings_turned(blocks, written)
                place = place.within(list_id=0) if blocks else place  # a list's mark stands before its first block
            else:
                add_inline(child, line, self._context, place)
            line.text(child.tail)
        self._flush(line, blocks, place)
        return blocks

    def _paged(self, element: lxml.html.HtmlElement, place: Place, written: list[Element]) -> list[Element]:
        """What was written of an element, pages ending around it where it wishes so; not inside lists and tables."""
        wishes = element.classes if place.style == "BodyText" and not place.list_id else ()
        before = [page_end()] if "break-before" in wishes else []
        return [*before, *written, *([page_end()] if "break-after" in wishes else [])]

    def _flush(self, line: Line, blocks: list[Element], place: Place) -> Line:
        if line:
            blocks.append(self._written(line, place))
        return Line()

    def _paragraph(self, element: lxml.html.HtmlElement, place: Place, look: Look = PLAIN) -> list[Element]:
        self._context.arrive(element.get("id"))
        if _holds_blocks(element, self._writers):
            return self.inside(element, place)
        for name in STYLES_BY_CLASS.keys() & set(element.classes):
            place = place.within(style=STYLES_BY_CLASS[name], list_id=0)
        line = Line()
        add_contents(element, line, self._context, place, look)
        return [self._written(line, place)] if line else []

    def _written(self, line: Line, place: Place) -> Element:
        """A paragraph; one that holds a picture or a formula grows with it."""
        style = "Figure" if line.holds_picture and place.style == "BodyText" else place.style
        spacing = [w("spacing", line=579, lineRule="atLeast")] if line.holds_formula else []
        if line.holds_picture and style != "Figure":
            spacing = [w("spacing", line=240, lineRule="auto")]
        return paragraph(properties(place, style, *spacing), [*self._context.arrivals(), *line.runs()])

    def _heading(self, heading: lxml.html.HtmlElement, place: Place) -> list[Element]:
        """A heading in its style; Word counts its number where that comes out as the document has it."""
        context, level = self._context, level_of(heading)
        context.arrive(heading.get("id"))
        line = Line()
        number = heading.find("span[@class='number']")
        counted = number if number is not None and context.headings.counts(level, number.text_content()) else None
        if counted is not None:
            line.text(heading.text)
            line.text(counted.tail)
            for child in heading[heading.index(counted) + 1 :]:
                add_inline(child, line, context, place)
                line.text(child.tail)
        else:
            add_contents(heading, line, context, place)
        style = heading_style(heading, level)
        literal = [] if counted is not None or not "Heading1" <= style <= "Heading4" else [not_numbered()]
        if not line:
            return []
        return [paragraph(styled(style, *literal), [*context.arrivals(), *line.runs()])]

    def _figure(self, figure: lxml.html.HtmlElement, place: Place) -> list[Element]:
        """A picture stays with the caption under it; a table that is too wide is turned."""
        caption = figure.find("figcaption")
        table = figure.find(".//table")
        if table is not None and _must_turn(table, place):
            return self._turned(self.inside(figure, place.within(room=TEXT_HEIGHT)))
        below = caption is not None and caption.getnext() is None and table is None
        return self.inside(figure, place.within(keep_next=below))

    def _turned(self, blocks: list[Element]) -> list[Element]:
        """What is too wide for the page, on turned pages of its own."""
        before = section(draft=self._context.draft)
        after = section(draft=self._context.draft, turned=True)
        return [section_end(before), *blocks, section_end(after)]

    def _caption(self, caption: lxml.html.HtmlElement, place: Place) -> list[Element]:
        figure, line = around(caption), Line()
        number = caption.find("span[@class='number']")
        line.text(caption.text)
        for child in caption:
            if child is number:
                label = child.text_content().strip()
                line.add(*caption_label(label, figure.get("id", ""), self._context, self._captions))
            else:
                add_inline(child, line, self._context, place)
            line.text(child.tail)
        above = any(sibling.tag in ("table", "img") for sibling in caption.itersiblings())
        keep = [w("keepNext")] if above else []
        return [paragraph(styled("Caption", *keep), [*self._context.arrivals(), *line.runs()])] if line else []

    def _table(self, table: lxml.html.HtmlElement, place: Place) -> list[Element]:
        if _must_turn(table, place):
            return self._turned(self._table(table, place.within(room=TEXT_HEIGHT)))
        self._context.arrive(table.get("id"))
        arrivals = self._context.arrivals()
        caption = table.find("caption")
        outer = around(table).find("figcaption")
        named = outer if outer is not None else caption
        title = " ".join(named.text_content().split()) if named is not None else ""
        own = caption is not None and title
        blocks = [paragraph(styled("Caption", w("keepNext")), run(title))] if own else []
        if arrivals:
            blocks.append(paragraph(styled("TableUnit"), arrivals))
        following = [] if _note_follows(table) else [under_table()]
        return [*blocks, *word_table(table, place, title, self.inside), *following]

    def _list(self, element: lxml.html.HtmlElement, place: Place) -> list[Element]:
        start = element.get("start", "")
        kind = NUMBERED if element.tag == "ol" else BULLETED
        number = self._context.parts.new_list(kind, int(start) if start.isdigit() else 1)
        level = place.list_level
        inside = place.within(
            style="ListParagraph" if place.style == "BodyText" else place.style,
            list_level=level + 1,
            indent=place.indent + (1120 if not level else _LIST_STEP),
        )
        blocks: list[Element] = []
        for item in element.iterchildren("li"):
            blocks += self.inside(item, inside.within(list_id=number))
        return blocks

    def _preformatted(self, element: lxml.html.HtmlElement, place: Place) -> list[Element]:
        line = Line(preformatted=True)
        add_contents(element, line, self._context, place)
        style = "SourceCode" if "code" in element.classes else "HTMLPreformatted"
        content = line.runs()
        return [paragraph(properties(place.within(style=style, list_id=0)), content)] if content else []


def footnote_content(note: lxml.html.HtmlElement, context: Context) -> list[Element]:
    """The paragraphs of a footnote, the first beginning with its mark."""
    before, context.part = context.part, "footnotes"
    blocks = Blocks(context).inside(note, Place(style="FootnoteText"))
    context.part = before
    if not blocks or not is_called(blocks[0], "p"):
        blocks.insert(0, paragraph(styled("FootnoteText")))
    blocks[0][1:1] = [w("r", *Look(note=True).properties(), w("footnoteRef")), *run(" ")]  # after its properties
    return blocks


def _must_turn(table: lxml.html.HtmlElement, place: Place) -> bool:
    return place.room == TEXT_WIDTH and planned(table)[1].turned


def _keep_last(blocks: list[Element]) -> None:
    """A signature stands alone on no page: the end of the last paragraph goes with it."""
    if blocks and style_of(blocks[-1]) == "BodyText":
        blocks[-1][0].insert(1, w("keepNext"))  # after the style


def _with_headings_turned(blocks: list[Element], written: list[Element]) -> list[Element]:
    """Headings right before a turned table turn with it: on the upright page they would stand alone."""
    if not written or not ends_section(written[0]):
        return written
    if blocks and ends_section(blocks[-1]):  # the turned pages go on
        blocks.pop()
        return written[1:]
    heads: list[Element] = []
    while blocks and style_of(blocks[-1]).startswith("Heading"):
        heads.insert(0, blocks.pop())
    return [written[0], *heads, *written[1:]]


def _holds_blocks(element: lxml.html.HtmlElement, blocks: Container[object]) -> bool:
    return element.tag != "math" and any(child.tag in blocks for child in element.iterdescendants())


def _note_follows(table: lxml.html.HtmlElement) -> bool:
    """Whether a paragraph stands right under the table: Word joins two tables that touch."""
    following = table.getnext()
    return following is not None and following.tag == "p" and "note" in following.classes
