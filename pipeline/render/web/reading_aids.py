"""What the page adds to the body for whoever reads it on a screen: names, links, focus, unbroken figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import lxml.html
from lxml import etree

from ...document.elements import around, level_of, wrap
from ...document.record import link_facts
from ...document.source_note import SourceNotes
from ..table_plan import SIZES, cells_in_place, plan_table, stays_whole, width_of
from .source_notes import Note, add_source_notes

_MANY_COLUMNS, _LONG_HEADING = 5, 7.0
_TYPE = dict(zip(SIZES, ("", "wuhao", "xiaowu", "liuhao", "qihao"), strict=True))
_NARROW = 30  # characters
_UNIT = re.compile("[%％]|个百分点|余?(?:[万亿]?(?:人次|小时|[件份次个项人天版位条户家元名场期年月日]))")


_WORDS = {
    "zh": {
        "contents": "目录",
        "skip": "跳到正文",
        "back": "返回正文",
        "table": "表格",
        "drawing": "图形",
        "tools": "本页工具",
        "sources": "数据来源",
        "listed": "见来源清单",
        "index": "来源索引",
    },
    "en": {
        "contents": "Contents",
        "skip": "Skip to the text",
        "back": "Back to the text",
        "table": "Table ",
        "drawing": "Drawing ",
        "tools": "Tools of this page",
        "sources": "Sources",
        "listed": "in the list of sources",
        "index": "Index of sources",
    },
}


def page_words(article: lxml.html.HtmlElement) -> dict[str, str]:
    """The words that the page adds by itself, in the language of its text; English where that is not Chinese."""
    return _WORDS["zh" if article.get("lang", "zh-CN").startswith("zh") else "en"]


def add_reading_aids(article: lxml.html.HtmlElement, metadata: Mapping[str, Any]) -> list[Note]:
    """Make the body of a page one that mouse, finger, keyboard and screen reader can use; its text stays as it is.

    Gives the notes on sources that its figures open.
    """
    _settle_captions(article)
    _frame_tables(article)
    _frame_code(article)
    _keep_units(article)
    link_facts(article)
    _name_backlinks(article)
    _keep_period(article, metadata.get("label", ""))
    return add_source_notes(article, SourceNotes(metadata))


def settle_title(article: lxml.html.HtmlElement, title: str) -> None:
    """Every page has one heading of the first level: a notebook without takes its first heading, or its file's name."""
    if article.find(".//h1") is not None:
        return
    first = next(article.iter("h2"), None)
    if first is not None and " ".join(_words(first).split()) == title:
        first.tag = "h1"
        return
    front = lxml.html.Element("header", {"class": "front"})
    etree.SubElement(front, "h1").text = title
    article.insert(0, front)


def contents(article: lxml.html.HtmlElement) -> list[dict[str, str]]:
    """The contents: one entry a heading of level 2 and 3, each with an id to lead to."""
    found = []
    for place, heading in enumerate(article.iter("h2", "h3"), 1):
        if not heading.get("id"):
            heading.set("id", f"heading-{place}")
        number = heading.find("span[@class='number']")
        mark = _words(number) if number is not None else ""
        entry = {"level": str(level_of(heading)), "id": heading.get("id", ""), "number": mark}
        found.append({**entry, "text": _words(heading).removeprefix(mark).strip()})
    return found


def _frame_tables(article: lxml.html.HtmlElement) -> None:
    """Each table in a region that scrolls, reached by the Tab key and named by its caption."""
    words = page_words(article)
    for place, table in enumerate(list(article.iter("table")), 1):
        if next(table.iterancestors("table"), None) is not None:
            continue
        _classify(table)
        region = lxml.html.Element("div", {"class": "scroll", "role": "region", "tabindex": "0"})
        caption = around(table).find("figcaption")
        if caption is None:
            region.set("aria-label", f"{words['table']}{place}")
        else:
            caption.set("id", caption.get("id") or f"caption-{place}")
            region.set("aria-labelledby", caption.get("id"))
        wrap(table, region)


def column_widths(article: lxml.html.HtmlElement) -> list[str]:
    """The classes of columns, such as ``w125`` for 12.5%, each once."""
    return sorted({name for column in article.iter("col") for name in column.classes})


def size_pictures(article: lxml.html.HtmlElement) -> dict[str, str]:
    """Classes for the pictures whose width is not in whole pixels, such as ``wide50pc`` for 50%, and what they declare."""
    rules: dict[str, str] = {}
    for image in article.iter("img"):
        image.attrib.pop("data-height", "")
        if around(image).tag == "p" and _is_alone(image):
            around(image).classes.add("picture")
        for side, what in (("width", "wide"), ("most", "most")):
            wish = image.attrib.pop(f"data-{side}", "")
            if wish:
                name = what + wish.replace("%", "pc").replace(".", "-")
                rules[name] = f"{'max-' if side == 'most' else ''}width:{wish}"
                image.classes.add(name)
    return rules


def _settle_captions(article: lxml.html.HtmlElement) -> None:
    """A caption stands first or last in its figure (HTML, 4.4.13): one with a note after it first, the style sheet shows it between."""
    for caption in article.iter("figcaption"):
        if caption.getprevious() is not None and caption.getnext() is not None:
            around(caption).insert(0, caption)


def _is_alone(element: lxml.html.HtmlElement) -> bool:
    parent = around(element)
    return len(parent) == 1 and not "".join(parent.itertext()).strip()


def _classify(table: lxml.html.HtmlElement) -> None:
    """What the style sheet asks of a table, and on paper the columns, type and sheet that it has in the PDF.

    ``many`` columns scroll on a telephone, ``short`` tables stay on one printed page, a ``turned`` one on a turned one.
    """
    for corner in table.xpath(".//th[not(normalize-space())]"):
        corner.tag = "td"  # an empty cell heads nothing
        corner.attrib.pop("scope", None)
    for heading in table.xpath(".//th[@scope='col']"):
        if width_of(heading.text_content().strip()) > _LONG_HEADING:
            heading.classes.add("long")
    cells = cells_in_place(table)
    if not cells:
        return
    plan = plan_table(cells)
    names = {"many": len(plan.widths) >= _MANY_COLUMNS, "short": stays_whole(cells, plan), "turned": plan.turned}
    table.classes.update(name for name, wanted in {**names, _TYPE[plan.size]: True}.items() if name and wanted)
    for columns in table.xpath("./colgroup | ./col"):
        columns.drop_tree()
    group = lxml.html.Element("colgroup")
    for width in plan.widths:
        etree.SubElement(group, "col", {"class": f"w{1000 * width / sum(plan.widths):.0f}"})
    table.insert(0 if table.find("caption") is None else 1, group)


def _frame_code(article: lxml.html.HtmlElement) -> None:
    """Code and output with lines longer than a telephone is wide scroll, so the Tab key reaches them."""
    for block in article.iter("pre"):
        if max(map(len, _words(block).splitlines()), default=0) > _NARROW:
            block.set("tabindex", "0")


def _name_backlinks(article: lxml.html.HtmlElement) -> None:
    """The way back from a footnote has a name to be read out, and a sign that Chinese fonts have."""
    for link in article.find_class("footnote-back"):
        link.text = "↑"
        link.set("aria-label", page_words(article)["back"])


def _keep_units(article: lxml.html.HtmlElement) -> None:
    """No line ends between a figure and its unit."""
    for fact in list(article.iter("data")):
        after = fact.tail or ""
        unit = _UNIT.match(after)
        if unit and around(fact).tag not in ("td", "th"):
            rest = after[unit.end() :]
            whole = lxml.html.Element("span", {"class": "whole"})
            wrap(fact, whole)
            fact.tail, whole.tail = unit[0], rest


def _keep_period(article: lxml.html.HtmlElement, label: str) -> None:
    """The title does not break inside 2021年上半年."""
    for heading in article.iter("h1"):
        before, found, after = (heading.text or "").partition(label) if label else ("", "", "")
        if found:
            whole = lxml.html.Element("span", {"class": "whole"})
            heading.text, whole.text, whole.tail = before, found, after
            heading.insert(0, whole)


def _words(element: lxml.html.HtmlElement) -> str:
    return "".join(element.itertext())
