"""要点: the most telling figures at the top of the page, each leading to the sentence that states it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import lxml.html
from lxml import etree

MOST = 6
_LEAST = 3  # fewer are found as fast in the text
_OF_ONE_SECTION = 2
_NO_COUNTS = ("年", "月", "日", "%", "‰", "位", "版")
_WIDTH, _HEIGHT = 96, 24


def add_key_figures(article: lxml.html.HtmlElement, metadata: Mapping[str, Any]) -> None:
    """Put the block behind the title, where the text states enough of what the ledgers have.

    ``metadata.key_figures`` are the figures that may stand there, ``metadata.highlights`` the labels of those that the
    office wants, in their order; without it the largest two of each chapter do.
    """
    chosen = chosen_figures(article, metadata.get("key_figures", ()), metadata.get("highlights") or ())
    front = article.find(".//h1")
    if front is None or len(chosen) < _LEAST:
        return
    block = lxml.html.Element("nav", {"class": "key-figures", "aria-label": "要点"})
    listed = etree.SubElement(block, "ul")
    for number, (fact, entry) in enumerate(chosen, 1):
        fact.set("id", fact.get("id") or f"key-{number}")
        listed.append(_item(fact, entry))
    place = next((one for one in front.iterancestors("header")), front)
    place.addnext(block)


def chosen_figures(
    article: lxml.html.HtmlElement, entries: Iterable[dict[str, Any]], labels: Sequence[str]
) -> list[tuple[lxml.html.HtmlElement, dict[str, Any]]]:
    """Of the figures that the text states those with these labels, else the largest, each with its fact in the text."""
    stated = _stated(article, {one["source"]: one for one in entries})
    return _wanted(stated, labels) or _largest(stated)


def _stated(
    article: lxml.html.HtmlElement, known: Mapping[str, dict[str, Any]]
) -> list[tuple[lxml.html.HtmlElement, dict[str, Any], str]]:
    """The facts of running text that are one known figure as the ledger states it, each once, with its chapter."""
    found: dict[str, tuple[lxml.html.HtmlElement, dict[str, Any], str]] = {}
    for fact in article.iter("data"):
        source = fact.get("data-source", "")
        in_text = next(fact.iterancestors("table", "figure", "header"), None) is None
        if source in known and in_text and not fact.get("data-derivation"):
            chapter = next((one.get("id", "") for one in fact.iterancestors("section") if one.get("id")), "")
            found.setdefault(source, (fact, known[source], chapter))
    return list(found.values())


def _wanted(stated: Iterable[Any], labels: Sequence[str]) -> list[tuple[lxml.html.HtmlElement, dict[str, Any]]]:
    by_label = {entry["label"]: (fact, entry) for fact, entry, _ in stated}
    return [by_label[label] for label in labels if label in by_label][:MOST]


def _largest(stated: Sequence[Any]) -> list[tuple[lxml.html.HtmlElement, dict[str, Any]]]:
    """The largest counts of each chapter, in the order of the text."""
    counts = [one for one in stated if not one[1]["printed"].endswith(_NO_COUNTS)]
    kept: list[Any] = []
    for chapter in dict.fromkeys(chapter for *_, chapter in counts):
        own = [one for one in counts if one[2] == chapter]
        kept += sorted(own, key=lambda one: -abs(float(one[1]["value"])))[:_OF_ONE_SECTION]
    while len(kept) > MOST:
        kept.remove(min(kept, key=lambda one: abs(float(one[1]["value"]))))
    return [(fact, entry) for fact, entry, _ in counts if any(fact is one[0] for one in kept)]


def _item(fact: lxml.html.HtmlElement, entry: Mapping[str, Any]) -> lxml.html.HtmlElement:
    item = lxml.html.Element("li")
    link = etree.SubElement(item, "a", {"href": f"#{fact.get('id')}"})
    etree.SubElement(link, "span", {"class": "label"}).text = entry["label"]
    etree.SubElement(link, "strong").text = entry["printed"]
    if entry["past"]:
        link.append(_sparkline(entry["past"]))
    for words in entry["changes"]:
        etree.SubElement(link, "span", {"class": "change"}).text = words
    return item


def _sparkline(past: Sequence[float | None]) -> lxml.html.HtmlElement:
    """A line through the periods, broken where one states nothing, the last one marked; the figures are in the text."""
    stated = [one for one in past if one is not None]
    low, span = min(stated), (max(stated) - min(stated)) or 1
    places = [
        None if one is None else (3 + (_WIDTH - 6) * at / (len(past) - 1), 3 + (_HEIGHT - 6) * (1 - (one - low) / span))
        for at, one in enumerate(past)
    ]
    path, begun = "", False
    for place in places:
        if place is not None:
            path += f"{'L' if begun else 'M'}{place[0]:.1f} {place[1]:.1f}"
        begun = place is not None
    svg = lxml.html.Element("svg", {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "aria-hidden": "true", "class": "sparkline"})
    etree.SubElement(svg, "path", {"d": path})
    last = next(place for place in reversed(places) if place is not None)
    etree.SubElement(svg, "circle", {"cx": f"{last[0]:.1f}", "cy": f"{last[1]:.1f}", "r": "2.5"})
    return svg
