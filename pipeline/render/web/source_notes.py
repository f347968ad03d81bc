"""Where each figure came from: notes that the browser opens at the figure, in its own popover, and Esc puts away."""

from __future__ import annotations

from typing import NamedTuple

import lxml.html
from lxml import etree

from ...document.elements import around, wrap
from ...document.source_note import SourceNotes


class Note(NamedTuple):
    """What a figure opens: its ``text``, and ``row``, the id of its row in the list of sources where there is one.

    ``stated`` are the figures that open it, as printed, each with the id of its first place.
    """

    id: str
    text: str
    row: str
    stated: dict[str, str]


def add_source_notes(article: lxml.html.HtmlElement, notes: SourceNotes) -> list[Note]:
    """Let each fact open its note; gives the notes, each once, which stand behind the text.

    A fact becomes the label of a button without words, so that a click on it opens the note while what is searched and
    copied stays the text alone. The style sheet lets the keyboard reach the buttons where the reader wants sources. Search does
    not see closed notes: an index behind the text has their words, with links to the figures.
    """
    made: dict[tuple[str, str], Note] = {}
    for place, fact in enumerate(list(article.iter("data")), 1):
        text = notes.worded(fact.get("data-source", ""), fact.get("data-derivation", ""))
        labelled = _labelled(fact)
        if not text or labelled is None:
            continue
        row = labelled.get("href", "").removeprefix("#") if "to-source" in labelled.classes else ""
        if row:
            labelled.set("tabindex", "-1")  # the note has the link for the keyboard
        note = made.setdefault((text, row), Note(f"note-{len(made) + 1}", text, row, {}))
        fact.set("id", fact.get("id") or f"stated-{place}")
        note.stated.setdefault(fact.text_content(), fact.get("id", ""))
        label = lxml.html.Element("label", {"class": "sourced"})
        wrap(labelled, label)
        etree.SubElement(label, "button", {"type": "button", "popovertarget": note.id})
    return list(made.values())


def _labelled(fact: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The fact, or the link that it is the text of; None where a link or a control says more than the fact."""
    link = next(fact.iterancestors("a", "label", "button", "summary"), None)
    if link is None:
        return fact
    alone = link.tag == "a" and around(fact) is link and link.text_content() == fact.text_content()
    return link if alone else None
