"""The block half of writing a semantic body as Typst: paragraphs, headings, lists, tables, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from ...document.elements import around, level_of
from ..heading_levels import HEADINGS
from ..table_plan import UPRIGHT, Cell, TablePlan, cell_room, cells_in_place, heading_pieces, plan_table, stays_whole
from .inline import InlineWriter
from .tables import table_call
from .text import folded, kept, markup, string

_FACES = {"h1": "heading", "h2": "heading", "h3": "kai"}  # GB/T 9704-2012, 7.3.3; deeper levels are set like the text
_BLOCKS = frozenset(
    (*HEADINGS, "p", "section", "article", "div", "figure", "figcaption", "table", "ul", "ol", "dl", "dt", "dd", "li")
) | frozenset(("pre", "blockquote", "hr", "header", "footer", "details", "summary", "nav", "main", "aside", "address"))

_PAGE_BREAK = "#new-page"
_SIGN = UPRIGHT / 28  # points, one character of the text
_INDENT, _ITEM_INDENT = 2 * _SIGN, 4.5 * _SIGN  # what quotations, and lists with their marks, stand in
_CODE_INSET, _CODE_COLUMN = 6.0, 5.72  # points
_LONG = 400  # signs of a heading or caption; one of more may go over a page


class Paragraph(str):
    """Markup of a block that is nothing but words."""


@dataclass
class BlockWriter:
    """Writes blocks with the help of an :class:`InlineWriter`."""

    inline: InlineWriter
    _level: int = 0
    _inside: int = 0

    def blocks(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        """Markup of each block inside ``element``; text and inline elements between blocks become paragraphs."""
        text = element.text or ""
        run: list[lxml.html.HtmlElement] = []
        for child in element:
            if child.tag in _BLOCKS:
                yield from self._paragraph(text, run)
                yield from self.block(child)
                text, run = child.tail or "", []
            else:
                run.append(child)
        yield from self._paragraph(text, run)

    def block(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        """Markup of one block element: none, one or several blocks; and where it wishes so, a page ends around it."""
        around = element.classes if not self._inside else ()
        if "break-before" in around:
            yield _PAGE_BREAK
        yield from self._block(element)
        if "break-after" in around:
            yield _PAGE_BREAK

    def _block(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        tag, classes = element.tag, element.classes
        if tag in HEADINGS:
            yield self._heading(element)
        elif "attachments" in classes:
            yield self._attachments(element)
        elif "attachment-mark" in classes:
            yield f"#attachment-mark[{self.inline.content(element)}]"
        elif "recipients" in classes:
            yield f"#recipients[{self.inline.content(element)}]"
        elif tag == "p":
            yield from self._anchored(element, self._text_block(element))
        elif tag == "pre":
            yield from self._code(element)
        elif tag in ("ul", "ol"):
            yield self._list(element)
        elif tag == "blockquote":
            yield f"#quote(block: true)[{self._joined(element)}]"
        elif tag == "dl":
            yield from self._terms(element)
        elif tag == "hr":
            yield "#on-grid(line(length: 100%, stroke: 0.5pt))"
        elif tag == "table":
            yield self._captioned(element, None, [], [])
        elif tag == "figure":
            yield from self._figure(element)
        elif tag == "footer" and "signature" in classes:
            yield self._signature(element)
        elif tag == "section" and "footnotes" in classes:
            return
        elif tag == "summary":
            yield f"#strong[{self.inline.content(element)}]"
        else:
            yield from self._anchored(element, self.blocks(element))

    def _joined(self, element: lxml.html.HtmlElement, room: float | None = None, size: float | None = None) -> str:
        """The blocks inside an element that stand in a box of their own: a list's item, a quotation, a cell."""
        self._inside += 1
        with self.inline.within(self.inline.room - _INDENT if room is None else room, size):
            written = "\n\n".join(self.blocks(element))
        self._inside -= 1
        return written

    def _anchored(self, element: lxml.html.HtmlElement, blocks: Iterator[str]) -> Iterator[str]:
        """A link may lead to any element; its name is put at the first block of it."""
        for block in blocks:
            yield type(block)(self.inline.anchor(element.get("id")) + block)

    def _paragraph(self, text: str, run: list[lxml.html.HtmlElement]) -> Iterator[str]:
        written = self.inline.run(text, run).strip()
        if written:
            yield Paragraph(written)

    def _text_block(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        """A paragraph; one that is nothing but a picture or a displayed formula is that."""
        only = (
            element[0] if len(element) == 1 and not ((element.text or "") + (element[0].tail or "")).strip() else None
        )
        if only is not None and only.tag == "img":
            yield f"#chart(none, none, (), {self.inline.picture(only)})"
        elif "unit" in element.classes:
            yield f"#align(right)[{self.inline.content(element)}]"
        else:
            yield from self._paragraph(element.text or "", list(element))

    def _heading(self, element: lxml.html.HtmlElement) -> str:
        parent = around(element)
        if element.tag == "h1" and parent.tag == "header":
            return f"#front[{self.inline.content(element)}]"
        if "attachment" in parent.classes and parent.index(element) == 1:
            self._level = 1
            return f"#attachment-title({self.inline.label(element.get('id'))})[{self.inline.content(element)}]"
        # An outline may go down only one level at a time (ISO 14289-1, 7.4.2).
        self._level = max(1, min(level_of(element) - 1, self._level + 1))
        face = _FACES.get(str(element.tag), "body")
        whole = ", whole: false" if len(element.text_content()) > _LONG else ""
        place = self.inline.label(element.get("id"))
        return f"#head({self._level}, {string(face)}, {place}{whole})[{self.inline.content(element)}]"

    def _code(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        columns = int((self.inline.room - 2 * _CODE_INSET) / _CODE_COLUMN)
        text = folded(element.text_content().strip("\n").expandtabs(4), max(1, columns))
        if text.strip():
            written = f"raw(block: true, {string(text)})"
            yield f"#code({written})" if "code" in element.classes else f"#{written}"

    def _list(self, element: lxml.html.HtmlElement) -> str:
        room = self.inline.room - _ITEM_INDENT
        items = "".join(f"[{self._joined(item, room)}], " for item in element.iterchildren("li"))
        start = element.get("start", "")
        first = f"start: {start}, " if element.tag == "ol" and start.isdigit() else ""
        return f"#{'enum' if element.tag == 'ol' else 'list'}({first}{items})"

    def _terms(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        for item in element.iter("dt", "dd"):
            if item.tag == "dt":
                yield f"#strong[{self.inline.content(item)}]"
            else:
                yield f"#pad(left: two)[{self._joined(item)}]"

    def _figure(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        caption = element.find(".//figcaption")
        table, picture = element.find(".//table"), element.find(".//img")
        units, notes = (element.xpath(f".//p[contains(@class, '{name}')]") for name in ("unit", "note"))
        if table is not None:
            yield self._captioned(table, caption, units, notes, name=element.get("id"))
        elif picture is not None:
            shown = "none" if caption is None else f"[{self.inline.content(caption)}]"
            drawn = self.inline.picture(picture)
            yield _noted(f"#chart({self.inline.label(element.get('id'))}, {shown}, ({self._contents(notes)}), {drawn})")
        else:
            yield from self.blocks(element)

    def _contents(self, elements: list[lxml.html.HtmlElement]) -> str:
        return "".join(f"[{self.inline.content(element)}], " for element in elements)

    def _captioned(
        self,
        table: lxml.html.HtmlElement,
        caption: lxml.html.HtmlElement | None,
        units: list[lxml.html.HtmlElement],
        notes: list[lxml.html.HtmlElement],
        *,
        name: str | None = None,
    ) -> str:
        caption = table.find("caption") if caption is None else caption
        cells = cells_in_place(table)
        if not cells:
            return ""
        plan = plan_table(cells, self.inline.room)
        whole = bool(self._inside) or stays_whole(cells, plan)
        shown = "none" if caption is None else f"[{self.inline.content(caption)}]"
        unit = f"[{'　'.join(self.inline.content(unit) for unit in units)}]" if units else "none"
        parts = (self.inline.label(name), shown, unit, f"({self._contents(notes)})", "true" if whole else "false")
        drawn = table_call(cells, plan, lambda cell: self._cell(cell, plan), whole=whole, again=_continued(caption))
        long = ", long: true" if caption is not None and len(caption.text_content()) > _LONG else ""
        written = _noted(f"captioned({', '.join(parts)}, {drawn}{long})")
        return f"#turned({written})" if plan.turned else f"#{written}"

    def _cell(self, cell: Cell, plan: TablePlan) -> str:
        pieces = heading_pieces(cell)
        if len(pieces) > 1:
            return "".join(kept(piece, cell_room(cell, plan) / plan.size) for piece in pieces)
        return self._joined(cell.element, cell_room(cell, plan), plan.size)

    def _attachments(self, element: lxml.html.HtmlElement) -> str:
        """附件： and the titles under each other."""
        titles = [(element.text or "").removeprefix("附件："), *(line.tail or "" for line in element.iter("br"))]
        return f"#attachments({''.join(f'[{markup(title)}], ' for title in titles)})"

    def _signature(self, element: lxml.html.HtmlElement) -> str:
        signers = "".join(f"[{self.inline.content(line)}], " for line in element.find_class("signer"))
        dates = [self.inline.content(line) for line in element.find_class("date")]
        return f"#signature(({signers}), {f'[{dates[0]}]' if dates else 'none'})"


def _noted(call: str) -> str:
    """The call for a table or chart, which tells whether a note is called in it."""
    return f"{call[:-1]}, noted: true)" if "#footnote" in call else call


def _continued(caption: lxml.html.HtmlElement | None) -> str:
    """What a table is called on its further pages: 表1（续）."""
    number = None if caption is None else caption.find("span[@class='number']")
    return "[续表]" if number is None else f"[{markup(number.text_content().strip())}（续）]"
