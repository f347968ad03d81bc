"""附件: named under the text, set after the signature, each on a page of its own (GB/T 9704-2012, 7.3.4 and 7.3.7)."""

from __future__ import annotations

import lxml.html
from lxml import etree


def attach(article: lxml.html.HtmlElement) -> None:
    """Move the sections of class ``attachment`` behind the signature and name them before it.

    Before: ``<p class="attachments">附件：1.…<br>2.…</p>``. Each section begins with ``<p class="attachment-mark">附件1</p>``;
    its heading loses its number, for attachments are counted by themselves. A single one bears no number.
    """
    sections = article.findall("section[@class='attachment']")
    if not sections:
        return
    footer = article.find("footer")
    place = len(article) if footer is None else article.index(footer)
    article.insert(place, _list([_title(section) for section in sections]))
    for number, section in enumerate(sections, 1):
        mark = lxml.html.Element("p", {"class": "attachment-mark"})
        mark.text = f"附件{number if len(sections) > 1 else ''}"
        section.insert(0, mark)
        article.append(section)


def _title(section: lxml.html.HtmlElement) -> str:
    """The words of the first heading, which loses its number."""
    heading = next(section.iter("h1", "h2", "h3"), None)
    if heading is None:
        return ""
    for number in heading.find_class("number"):
        number.tail, tail = None, number.tail
        heading.text = (heading.text or "") + (tail or "")
        heading.remove(number)
    return heading.text_content().strip()


def _list(titles: list[str]) -> lxml.html.HtmlElement:
    element = lxml.html.Element("p", {"class": "attachments"})
    element.text = "附件：" + (f"1.{titles[0]}" if len(titles) > 1 else titles[0])
    for number, title in enumerate(titles[1:], 2):
        etree.SubElement(element, "br").tail = f"{number}.{title}"
    return element
