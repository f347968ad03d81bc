"""Blocks of the body as paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Callable, Container

import lxml.html

from ...document.elements import around, level_of
from ..table_plan import plan_table
from .context import Context, Place
from .inline import add_contents, add_inline, caption_label
from .line import PLAIN, Line, Look, run
from .page_setup import section
from .paragraph import (
    NOT_NUMBERED,
    PAGE_END,
    RULE,
    SECTION_END,
    STYLES_BY_CLASS,
    UNDER_TABLE,
    heading_style,
    paragraph,
    properties,
)
from .parts import BULLETED, NUMBERED
from .signature import signature
from .size import TEXT_HEIGHT, TEXT_WIDTH
from .table_grid import grid_cells
from .tables import table_xml

_LIST_STEP = 480
_TEXT = '<w:p><w:pPr><w:pStyle w:val="BodyText"/>'
_HEADING = '<w:p><w:pPr><w:pStyle w:val="Heading'
_CONTAINERS = ("article", "section", "header", "footer", "main", "nav", "div", "address", "aside", "details")


class Blocks:
    """Writes the blocks of one document in their order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._captions: dict[str, int] = {}
        self._writers: dict[str, Callable[[lxml.html.HtmlElement, Place], list[str]]] = {
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
            "hr": lambda element, place: [paragraph(RULE, "")],
            "dl": self.inside,
            "dt": lambda element, place: self._paragraph(element, place, Look(bold=True)),
            "dd": lambda element, place: self.inside(element, place.within(indent=place.indent + 640)),
            "li": self.inside,
        }

    def inside(self, element: lxml.html.HtmlElement, place: Place) -> list[str]:
        """The blocks inside ``element``; text that stands loose between them becomes paragraphs."""
        self._context.arrive(element.get("id"))
        if "signature" in element.classes:
            return signature(element, self._context)
        if element.tag == "section" and "footnotes" in element.classes:
            return []
        blocks: list[str] = []
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

    def _paged(self, element: lxml.html.HtmlElement, place: Place, written: list[str]) -> list[str]:
        """What was written of an element, pages ending around it where it wishes so; not inside lists and tables."""
        wishes = element.classes if place.style == "BodyText" and not place.list_id else ()
        before = [PAGE_END] if "break-before" in wishes else []
        return [*before, *written, *([PAGE_END] if "break-after" in wishes else [])]

    def _flush(self, line: Line, blocks: list[str], place: Place) -> Line:
        if line:
            blocks.append(self._written(line, place))
        return Line()

    def _paragraph(self, element: lxml.html.HtmlElement, place: Place, look: Look = PLAIN) -> list[str]:
        self._context.arrive(element.get("id"))
        if _holds_blocks(element, self._writers):
            return self.inside(element, place)
        for name in STYLES_BY_CLASS.keys() & set(element.classes):
            place = place.within(style=STYLES_BY_CLASS[name], list_id=0)
        line = Line()
        add_contents(element, line, self._context, place, look)
        return [self._written(line, place)] if line else []

    def _written(self, line: Line, place: Place) -> str:
        """A paragraph; one that holds a picture or a formula grows with it."""
        style = "Figure" if line.holds_picture and place.style == "BodyText" else place.style
        spacing = '<w:spacing w:line="579" w:lineRule="atLeast"/>' if line.holds_formula else ""
        if line.holds_picture and style != "Figure":
            spacing = '<w:spacing w:line="240" w:lineRule="auto"/>'
        content = self._context.arrivals() + line.xml()
        return paragraph(properties(place, style, spacing), content)

    def _heading(self, heading: lxml.html.HtmlElement, place: Place) -> list[str]:
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
        literal = "" if counted is not None or not "Heading2" <= style <= "Heading5" else NOT_NUMBERED
        if not line:
            return []
        return [paragraph(f'<w:pStyle w:val="{style}"/>{literal}', context.arrivals() + line.xml())]

    def _figure(self, figure: lxml.html.HtmlElement, place: Place) -> list[str]:
        """A picture stays with the caption under it; a table that is too wide is turned."""
        caption = figure.find("figcaption")
        table = figure.find(".//table")
        if table is not None and _must_turn(table, place):
            return self._turned(self.inside(figure, place.within(room=TEXT_HEIGHT)))
        below = caption is not None and caption.getnext() is None and table is None
        return self.inside(figure, place.within(keep_next=below))

    def _turned(self, blocks: list[str]) -> list[str]:
        """What is too wide for the page, on turned pages of its own."""
        before = section(draft=self._context.draft)
        after = section(draft=self._context.draft, turned=True)
        return [paragraph(SECTION_END + before, ""), *blocks, paragraph(SECTION_END + after, "")]

    def _caption(self, caption: lxml.html.HtmlElement, place: Place) -> list[str]:
        figure, line = around(caption), Line()
        number = caption.find("span[@class='number']")
        line.text(caption.text)
        for child in caption:
            if child is number:
                label = child.text_content().strip()
                line.markup(caption_label(label, figure.get("id", ""), self._context, self._captions))
            else:
                add_inline(child, line, self._context, place)
            line.text(child.tail)
        above = any(sibling.tag in ("table", "img") for sibling in caption.itersiblings())
        keep = "<w:keepNext/>" if above else ""
        return [paragraph(f'<w:pStyle w:val="Caption"/>{keep}', self._context.arrivals() + line.xml())] if line else []

    def _table(self, table: lxml.html.HtmlElement, place: Place) -> list[str]:
        if _must_turn(table, place):
            return self._turned(self._table(table, place.within(room=TEXT_HEIGHT)))
        self._context.arrive(table.get("id"))
        arrivals = self._context.arrivals()
        caption = table.find("caption")
        outer = around(table).find("figcaption")
        named = outer if outer is not None else caption
        title = " ".join(named.text_content().split()) if named is not None else ""
        blocks = (
            [paragraph('<w:pStyle w:val="Caption"/><w:keepNext/>', run(title))] if caption is not None and title else []
        )
        if arrivals:
            blocks.append(paragraph('<w:pStyle w:val="TableUnit"/>', arrivals))
        following = "" if _note_follows(table) else paragraph(UNDER_TABLE, "")
        return [*blocks, table_xml(table, place, title, self.inside), *([following] if following else [])]

    def _list(self, element: lxml.html.HtmlElement, place: Place) -> list[str]:
        start = element.get("start", "")
        kind = NUMBERED if element.tag == "ol" else BULLETED
        number = self._context.parts.new_list(kind, int(start) if start.isdigit() else 1)
        level = place.list_level
        inside = place.within(
            style="ListParagraph" if place.style == "BodyText" else place.style,
            list_level=level + 1,
            indent=place.indent + (1120 if not level else _LIST_STEP),
        )
        blocks: list[str] = []
        for item in element.iterchildren("li"):
            blocks += self.inside(item, inside.within(list_id=number))
        return blocks

    def _preformatted(self, element: lxml.html.HtmlElement, place: Place) -> list[str]:
        line = Line(preformatted=True)
        add_contents(element, line, self._context, place)
        style = "SourceCode" if "code" in element.classes else "HTMLPreformatted"
        content = line.xml()
        return [paragraph(properties(place.within(style=style, list_id=0)), content)] if content else []


def footnote_content(note: lxml.html.HtmlElement, context: Context) -> str:
    """The paragraphs of a footnote, the first beginning with its mark."""
    before, context.part = context.part, "footnotes"
    blocks = Blocks(context).inside(note, Place(style="FootnoteText"))
    context.part = before
    mark = f"<w:r>{Look(note=True).properties()}<w:footnoteRef/></w:r>{run(' ')}"
    if not blocks or not blocks[0].startswith("<w:p>"):
        blocks.insert(0, paragraph('<w:pStyle w:val="FootnoteText"/>', ""))
    return "".join(blocks).replace("</w:pPr>", f"</w:pPr>{mark}", 1)


def _must_turn(table: lxml.html.HtmlElement, place: Place) -> bool:
    return place.room == TEXT_WIDTH and plan_table(grid_cells(table)).turned


def _keep_last(blocks: list[str]) -> None:
    """A signature stands alone on no page: the end of the last paragraph goes with it."""
    if blocks and blocks[-1].startswith(_TEXT):
        blocks[-1] = f"{_TEXT}<w:keepNext/>{blocks[-1].removeprefix(_TEXT)}"


def _with_headings_turned(blocks: list[str], written: list[str]) -> list[str]:
    """Headings right before a turned table turn with it: on the upright page they would stand alone."""
    if not written or f"{SECTION_END}<w:sectPr" not in written[0]:
        return written
    if blocks and blocks[-1] == written[-1]:  # the turned pages go on
        blocks.pop()
        return written[1:]
    heads: list[str] = []
    while blocks and blocks[-1].startswith(_HEADING):
        heads.insert(0, blocks.pop())
    return [written[0], *heads, *written[1:]]


def _holds_blocks(element: lxml.html.HtmlElement, blocks: Container[object]) -> bool:
    return element.tag != "math" and any(child.tag in blocks for child in element.iterdescendants())


def _note_follows(table: lxml.html.HtmlElement) -> bool:
    """Whether a paragraph stands right under the table: Word joins two tables that touch."""
    following = table.getnext()
    return following is not None and following.tag == "p" and "note" in following.classes
