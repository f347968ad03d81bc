"""Text inside a paragraph: looks, links, cross-references, footnote marks, formulas and pictures."""

from __future__ import annotations

import re
from typing import Any

import lxml.html

from .context import Context, Place
from .line import PLAIN, Line, Look, field_runs, run
from .picture import picture_run
from .wordprocessing import Element, related, w

_LOOKS: dict[str, dict[str, Any]] = {
    name: change
    for names, change in (
        (("b", "strong"), {"bold": True}),
        (("i", "em", "cite", "dfn", "var"), {"italic": True}),
        (("code", "kbd", "samp"), {"fixed": True}),
        (("u", "ins"), {"underline": True}),
        (("s", "del"), {"strike": True}),
        (("sub",), {"position": "subscript"}),
        (("sup",), {"position": "superscript"}),
    )
    for name in names
}
_ANSI = {
    "ansi-red": "A01818", "ansi-green": "1C6B2A", "ansi-yellow": "775700", "ansi-blue": "1D4F9C",
    "ansi-magenta": "83278A", "ansi-cyan": "0B6470",
}  # fmt: skip


def add_inline(element: lxml.html.HtmlElement, line: Line, context: Context, place: Place, look: Look = PLAIN) -> None:
    """Add an inline element, without its tail, to ``line``."""
    if element.tag == "br":
        line.line_break()
    elif element.tag == "img":
        line.add(*picture_run(element, context, place))
        line.holds_picture = True
    elif element.tag == "math":
        line.add(context.formulas[element])
        line.holds_formula = True
    elif element.tag == "a" and element.get("href"):
        _add_link(element, line, context, place, look)
    else:
        name = element.get("id", "")
        if name in context.bookmarks:
            line.add(*context.bookmark(name))
        add_contents(element, line, context, place, _look(element, look))


def add_contents(
    element: lxml.html.HtmlElement, line: Line, context: Context, place: Place, look: Look = PLAIN
) -> None:
    """Add what is inside ``element`` to ``line``."""
    line.text(element.text, look)
    for child in element:
        add_inline(child, line, context, place, look)
        line.text(child.tail, look)


def _look(element: lxml.html.HtmlElement, look: Look) -> Look:
    changed = look._replace(**_LOOKS.get(str(element.tag), {}))
    for name in element.classes if element.get("class") else ():
        if name == "ansi-bold":
            changed = changed._replace(bold=True)
        elif name in _ANSI:
            changed = changed._replace(colour=_ANSI[name])
    return changed


def _add_link(link: lxml.html.HtmlElement, line: Line, context: Context, place: Place, look: Look) -> None:
    target = link.get("href", "")
    if link.get("role") == "doc-noteref" and target[1:] in context.notes:
        _add_note(link, line, context)
    elif "footnote-back" in link.classes:
        return
    elif not target.startswith("#"):
        line.begin(related("hyperlink", context.parts.link(target, context.part), history=1))
        add_contents(link, line, context, place, look._replace(link=True))
        line.end()
    elif target[1:] in context.labels and link.text_content().strip() == context.labels[target[1:]]:
        line.add(*field_runs(f"REF {context.bookmarks[target[1:]]} \\h", link.text_content().strip(), look))
    elif target[1:] in context.bookmarks:
        line.begin(w("hyperlink", anchor=context.bookmarks[target[1:]], history=1))
        add_contents(link, line, context, place, look)
        line.end()
    else:
        add_contents(link, line, context, place, look)


def _add_note(link: lxml.html.HtmlElement, line: Line, context: Context) -> None:
    """A real footnote at its first call; a further call refers to that one's number."""
    identifier = link.get("href", "")[1:]
    if identifier in context.called:
        number = context.called[identifier]
        line.add(*field_runs(f"NOTEREF _RefNote{number} \\f \\h", str(number), Look(note=True)))
        return
    if context.part == "footnotes":
        line.text(link.text_content(), Look(position="superscript"))  # Word has no notes to notes
        return
    from .blocks import footnote_content  # a footnote holds blocks, which hold text

    number = context.parts.footnote(footnote_content(context.notes[identifier], context))
    context.called[identifier] = number
    mark = w("r", *Look(note=True).properties(), w("footnoteReference", id=number))
    line.add(*context.marked(f"_RefNote{number}", mark))


def caption_label(label: str, identifier: str, context: Context, following: dict[str, int]) -> list[Element]:
    """表1 or 图1 with a number that Word counts, inside the bookmark that references lead to.

    ``following`` remembers the last number of each kind; where the document skips one, the field says so.
    """
    match = re.fullmatch(r"(\D+)(\d+)", label)
    if match is None:
        return context.bookmark(identifier, *run(label))
    kind, number = match[1].strip(), int(match[2])
    reset = "" if following.get(kind, 0) + 1 == number else f" \\r {number}"
    following[kind] = number
    return context.bookmark(identifier, *run(match[1]), *field_runs(f"SEQ {kind} \\* ARABIC{reset}", match[2]))
