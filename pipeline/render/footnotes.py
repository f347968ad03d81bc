"""Footnotes of many cells as one numbered list."""

from __future__ import annotations

import re
from collections.abc import Mapping

import lxml.html
from lxml import etree


def keep_apart(part: lxml.html.HtmlElement, cell: int) -> None:
    """Footnotes are numbered from 1 in each cell; a prefix keeps them apart until they are gathered."""
    for element in part.iter():
        for name in ("id", "href"):
            match = re.fullmatch(r"(#?)(fn|fnref)-(\d+)", element.get(name, ""))
            if match:
                element.set(name, f"{match[1]}{match[2]}-c{cell}-{match[3]}")


def gather_footnotes(article: lxml.html.HtmlElement) -> None:
    """One numbered list of footnotes at the end, in the order the text calls them; those that say the same are one."""
    lists = [section for section in article.iter("section") if "footnotes" in section.classes]
    if not lists:
        return
    notes = {name: note for section in lists for note in section.iter("li") if (name := note.get("id"))}
    first: dict[str, str] = {}
    alike = {name: first.setdefault(note.text_content(), name) for name, note in notes.items()}
    for section in lists:
        section.drop_tree()
    gathered = lxml.html.Element("section", {"class": "footnotes", "role": "doc-endnotes"})
    ordered = etree.SubElement(gathered, "ol")
    numbers: dict[str, int] = {}
    for call in article.iter("sup"):
        key = call[0].get("href", "")[1:] if "footnote-ref" in call.classes else ""
        if key in notes:
            _number_call(call, alike[key], notes, numbers, ordered)
    footer = article.find("footer")
    article.insert(len(article) if footer is None else article.index(footer), gathered)


def _number_call(
    call: lxml.html.HtmlElement,
    key: str,
    notes: Mapping[str, lxml.html.HtmlElement],
    numbers: dict[str, int],
    ordered: lxml.html.HtmlElement,
) -> None:
    link, first = call[0], key not in numbers
    number = numbers.setdefault(key, len(numbers) + 1)
    link.set("href", f"#fn-{number}")
    link.set("role", "doc-noteref")
    link.text = str(number)
    call.attrib.pop("id", None)
    if not first:
        return
    call.set("id", f"fnref-{number}")
    note = notes[key]
    note.set("id", f"fn-{number}")
    for back in note.iter("a"):
        if "footnote" in back.classes:
            back.attrib.update({"href": f"#fnref-{number}", "role": "doc-backlink", "class": "footnote-back"})
    ordered.append(note)
