"""The semantic body: one HTML fragment that says everything the notebook says, and nothing of how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from .attachments import attach
from .clean import FindPicture, cleaned, pictures_in
from .formulas import mathematics_to_mathml
from .markdown import markdown_to_html
from .outputs import ChartFormat, output_to_html

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\n(?=[{_HAN}])")


def semantic_body(notebook: Any, *, chart_format: ChartFormat = "svg", folder: Path | None = None) -> str:
    """The report as ``<article class="report" lang=…>``, for every format alike.

    Inside: ``<header class="front">`` with the title, a ``<section id=…>`` for each run of cells that share
    ``metadata.halfyear.section``, and footnotes in ``<section class="footnotes">``. Where a cell of a section is tagged
    ``attachment``, the section stands after the signature as 附件, named before it. Every heading has an id; formulas
    are MathML; there are no scripts, styles or addresses of pictures outside the document.

    Args:
        notebook: a stitched report or any other notebook of format 4.
        chart_format: what a chart's ``<img>`` holds, ``svg`` or, where the output has it, ``png``.
        folder: where pictures named by relative paths are looked for; None leaves them out.
    """
    report = notebook.get("metadata", {}).get("halfyear") or {}
    article = lxml.html.Element("article", {"class": "report"})
    for element, section, attached in _elements(notebook, chart_format, pictures_in(folder)):
        _room(article, section, attached).append(element)
    article.set("lang", report.get("lang") or _language(article))
    attach(article)
    _set_title(article)
    _gather_footnotes(article)
    _give_ids(article)
    mathematics_to_mathml(article)
    return lxml.html.tostring(article, encoding="unicode")


def _elements(
    notebook: Any, chart_format: ChartFormat, find_picture: FindPicture
) -> Iterator[tuple[lxml.html.HtmlElement, str, bool]]:
    """The blocks of all cells in order, each with the section it belongs to and whether its cell is an attachment's."""
    language = notebook.get("metadata", {}).get("language_info", {}).get("name", "python")
    for number, cell in enumerate(notebook["cells"], 1):
        section = (cell["metadata"].get("halfyear") or {}).get("section", "")
        attached = "attachment" in cell["metadata"].get("tags", ())
        for html in _cell_parts(cell, language, chart_format, find_picture):
            part = cleaned(html, find_picture)
            _join_han_lines(part)
            _prefix_footnotes(part, number)
            if (part.text or "").strip():
                yield _paragraph(part.text), section, attached
            for element in list(part):
                stray, element.tail = element.tail, None
                yield element, section, attached
                if (stray or "").strip():
                    yield _paragraph(stray), section, attached


def _cell_parts(
    cell: Mapping[str, Any], language: str, chart_format: ChartFormat, find_picture: FindPicture
) -> Iterator[str]:
    """The HTML pieces of one cell: its text, or its code and each of its outputs."""
    tags = {tag.replace("_", "-") for tag in cell["metadata"].get("tags", ())}
    source = "".join(cell.get("source", ""))
    if "remove-cell" in tags:
        return
    if cell["cell_type"] == "markdown":
        yield markdown_to_html(source, cell.get("attachments"))
    elif cell["cell_type"] == "raw":
        yield _raw(source, cell["metadata"])
    elif cell["cell_type"] == "code":
        if source.strip() and not tags & {"remove-input", "hide-input"}:
            shown = escape(source, quote=False)
            yield f'<pre class="code"><code class="language-{escape(language)}">{shown}</code></pre>'
        if not tags & {"remove-output", "remove-outputs", "hide-output"}:
            yield from _outputs(cell.get("outputs", ()), chart_format, find_picture)


def _outputs(outputs: Any, chart_format: ChartFormat, find_picture: FindPicture) -> Iterator[str]:
    """The outputs of a cell; pieces of one stream that follow each other are one."""
    merged: list[dict[str, Any]] = []
    for output in outputs:
        before = merged[-1] if merged else {}
        if output["output_type"] == "stream" and before.get("name") == output["name"]:
            before["text"] = "".join(before["text"]) + "".join(output["text"])
        else:
            merged.append(dict(output))
    for output in merged:
        yield output_to_html(output, chart_format, find_picture)


def _raw(source: str, metadata: Mapping[str, Any]) -> str:
    """A raw cell is meant for one format: HTML and Markdown are read, others left out, unnamed ones shown as text."""
    kind = metadata.get("raw_mimetype") or metadata.get("format") or "text/plain"
    if kind == "text/html":
        return source
    if kind == "text/markdown":
        return markdown_to_html(source)
    return f'<pre class="raw">{escape(source, quote=False)}</pre>' if kind == "text/plain" and source.strip() else ""


def _room(article: lxml.html.HtmlElement, section: str, attached: bool) -> lxml.html.HtmlElement:
    """Where the next block of ``section`` goes: the last section when it is that one, a new one, or the article."""
    if not section:
        return article
    last = article[-1] if len(article) else None
    if last is None or last.tag != "section" or last.get("id") != section:
        last = etree.SubElement(article, "section", id=section)
    if attached:
        last.set("class", "attachment")
    return last


def _paragraph(text: str) -> lxml.html.HtmlElement:
    element = lxml.html.Element("p")
    element.text = text.strip()
    return element


def _join_han_lines(part: lxml.html.HtmlElement) -> None:
    """A line end between two Han characters is no blank."""
    for element in part.iter():
        if element.tag != "pre" and next(element.iterancestors("pre"), None) is None and element.text:
            element.text = _BETWEEN_HAN.sub("", element.text)
        if element.tail and next(element.iterancestors("pre"), None) is None:
            element.tail = _BETWEEN_HAN.sub("", element.tail)


def _language(article: lxml.html.HtmlElement) -> str:
    return "zh-CN" if re.search("[\u4e00-\u9fff]", article.text_content()) else "en"


def _set_title(article: lxml.html.HtmlElement) -> None:
    """The first heading, where it opens the document and is of level 1, becomes the title.

    Where further headings of level 1 follow, as in many notebooks, all others go down one level.
    """
    first = next(iter(article.iterdescendants(*_HEADINGS)), None)
    if first is None or first.tag != "h1" or _index(article, first) != 0:
        return
    if article.find(".//h1") is not None and len(list(article.iter("h1"))) > 1:
        for heading in article.iterdescendants("h1", "h2", "h3", "h4", "h5"):
            if heading is not first:
                heading.tag = f"h{int(heading.tag[1]) + 1}"
    front = lxml.html.Element("header", {"class": "front"})
    parent = first.getparent()
    parent.remove(first)
    front.append(first)
    article.insert(0, front)


def _index(article: lxml.html.HtmlElement, element: lxml.html.HtmlElement) -> int:
    """How many blocks with something in them stand before ``element``."""
    top = element
    while top.getparent() is not article:
        if top.getprevious() is not None:
            return -1
        top = top.getparent()
    return article.index(top)


def _prefix_footnotes(part: lxml.html.HtmlElement, cell: int) -> None:
    """Footnotes are numbered from 1 in each cell; a prefix keeps them apart until they are gathered."""
    for element in part.iter():
        for name in ("id", "href"):
            match = re.fullmatch(r"(#?)(fn|fnref)-(\d+)", element.get(name, ""))
            if match:
                element.set(name, f"{match[1]}{match[2]}-c{cell}-{match[3]}")


def _gather_footnotes(article: lxml.html.HtmlElement) -> None:
    """One numbered list of footnotes at the end, in the order the text calls them."""
    lists = [section for section in article.iter("section") if "footnotes" in section.classes]
    if not lists:
        return
    notes = {note.get("id"): note for section in lists for note in section.iter("li")}
    for section in lists:
        section.drop_tree()
    gathered = lxml.html.Element("section", {"class": "footnotes", "role": "doc-endnotes"})
    ordered = etree.SubElement(gathered, "ol")
    numbers: dict[str, int] = {}
    for call in article.iter("sup"):
        if "footnote-ref" in call.classes and call[0].get("href", "")[1:] in notes:
            _number_call(call, notes, numbers, ordered)
    footer = article.find("footer")
    article.insert(len(article) if footer is None else article.index(footer), gathered)


def _number_call(
    call: lxml.html.HtmlElement,
    notes: Mapping[str, lxml.html.HtmlElement],
    numbers: dict[str, int],
    ordered: lxml.html.HtmlElement,
) -> None:
    key, link = call[0].get("href")[1:], call[0]
    first = key not in numbers
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


def _give_ids(article: lxml.html.HtmlElement) -> None:
    """Every id once; every heading one, made of its words without the number."""
    taken: set[str] = set()
    for element in article.iter():
        if element.get("id") in taken:
            del element.attrib["id"]
        elif element.get("id"):
            taken.add(element.get("id"))
    for heading in article.iterdescendants(*_HEADINGS):
        if not heading.get("id"):
            heading.set("id", _unused(_slug(heading), taken))


def _slug(heading: lxml.html.HtmlElement) -> str:
    words = heading.text_content()
    for number in heading.find_class("number"):
        words = words.replace(number.text_content(), "", 1)
    return re.sub(r"[^\w.-]+", "-", words.strip()).strip("-") or "heading"


def _unused(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}-{count}"
    taken.add(candidate)
    return candidate
