"""The semantic body: one HTML fragment that says everything the notebook says, and nothing of how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
from lxml import etree

from ..document.elements import ids_in, links_within
from .attachments import attach
from .clean import FindPicture, cleaned, pictures_in
from .footnotes import gather_footnotes, keep_apart
from .formulas import mathematics_to_mathml
from .heading_levels import drop_empty_headings, give_ids, set_title
from .markdown import markdown_to_html
from .markdown_captions import join_captions
from .notes_elsewhere import with_notes_from_elsewhere
from .outputs import output_part

_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\n(?=[{_HAN}])")


def semantic_body(notebook: Any, *, folder: Path | None = None, name_cells: bool = False) -> str:
    """The report as ``<article class="report" lang=…>``, for every format alike.

    Inside: ``<header class="front">`` with the title, a ``<section id=…>`` for each run of cells that share
    ``metadata.halfyear.section``, and footnotes in ``<section class="footnotes">``. Where a cell of a section is tagged
    ``attachment``, the section stands after the signature as 附件, named before it. Every heading has an id; formulas
    are MathML; there are no scripts, styles or addresses of pictures outside the document.

    Args:
        notebook: a stitched report or any other notebook of format 4.
        folder: where pictures named by relative paths are looked for; None leaves them out.
        name_cells: each block of a section says in ``data-cell`` which cell it comes from: ``reform-7``.
    """
    report = notebook.get("metadata", {}).get("halfyear") or {}
    article = lxml.html.Element("article", {"class": "report"})
    for element, cell, attached in _elements(notebook, pictures_in(folder)):
        section = (cell["metadata"].get("halfyear") or {}).get("section", "")
        if name_cells and section:
            element.set("data-cell", cell["id"])
        _room(article, section, attached).append(element)
    article.set("lang", report.get("lang") or _language(article))
    attach(article)
    set_title(article)
    gather_footnotes(article)
    give_ids(article)
    mathematics_to_mathml(article)
    if report.get("edition") == "public":
        _unlink_what_is_not_there(article)
    return str(lxml.html.tostring(article, encoding="unicode"))


def _unlink_what_is_not_there(article: lxml.html.HtmlElement) -> None:
    """A link within the report to what the public edition leaves out keeps its words alone."""
    ids = ids_in(article)
    for link, target in list(links_within(article)):
        if unquote(target) not in ids:
            link.drop_tag()


def _elements(
    notebook: Any, find_picture: FindPicture
) -> Iterator[tuple[lxml.html.HtmlElement, Mapping[str, Any], bool]]:
    """The blocks of all cells in order, each with its cell and whether that is an attachment's."""
    language = notebook.get("metadata", {}).get("language_info", {}).get("name", "python")
    for number, cell in enumerate(with_notes_from_elsewhere(notebook["cells"]), 1):
        attached = "attachment" in cell["metadata"].get("tags", ())
        for part in _cell_parts(cell, language, find_picture):
            _join_han_lines(part)
            drop_empty_headings(part)
            join_captions(part)
            keep_apart(part, number)
            yield from ((paragraph, cell, attached) for paragraph in _paragraphs(part.text))
            for element in list(part):
                stray, element.tail = element.tail, None
                yield element, cell, attached
                yield from ((paragraph, cell, attached) for paragraph in _paragraphs(stray))


def _cell_parts(cell: Mapping[str, Any], language: str, find_picture: FindPicture) -> Iterator[lxml.html.HtmlElement]:
    """The pieces of one cell, cleaned: its text, or its code and each of its outputs."""
    tags = {tag.replace("_", "-") for tag in cell["metadata"].get("tags", ())}
    if "remove-cell" in tags:
        return
    if text := _text(cell, language, tags):
        yield cleaned(text, find_picture)
    if cell["cell_type"] == "code" and not tags & {"remove-output", "remove-outputs", "hide-output"}:
        parts = (output_part(output, find_picture) for output in _outputs(cell.get("outputs", ())))
        yield from (part for part in parts if part is not None)


def _text(cell: Mapping[str, Any], language: str, tags: Set[str]) -> str:
    """The HTML of what a cell says itself: its text or its code."""
    source = "".join(cell.get("source", ""))
    if cell["cell_type"] == "markdown":
        return markdown_to_html(source, cell.get("attachments"))
    if cell["cell_type"] == "raw":
        return _raw(source, cell["metadata"])
    if not source.strip() or tags & {"remove-input", "hide-input"}:
        return ""
    shown = escape(source, quote=False)
    return f'<pre class="code"><code class="language-{escape(language)}">{shown}</code></pre>'


def _outputs(outputs: Any) -> list[dict[str, Any]]:
    """The outputs of a cell; pieces of one stream that follow each other are one."""
    merged: list[dict[str, Any]] = []
    for output in outputs:
        before = merged[-1] if merged else {}
        if output["output_type"] == "stream" and before.get("name") == output["name"]:
            before["text"] = "".join(before["text"]) + "".join(output["text"])
        else:
            merged.append(dict(output))
    return merged


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


def _paragraphs(loose: str | None) -> Iterator[lxml.html.HtmlElement]:
    """Text that stands between blocks, as a paragraph; nothing where it is blank."""
    text = (loose or "").strip()
    if text:
        element = lxml.html.Element("p")
        element.text = text
        yield element


def _join_han_lines(part: lxml.html.HtmlElement) -> None:
    """A line end between two Han characters is no blank."""
    for element in part.iter():
        if element.tag != "pre" and next(element.iterancestors("pre"), None) is None and element.text:
            element.text = _BETWEEN_HAN.sub("", element.text)
        if element.tail and next(element.iterancestors("pre"), None) is None:
            element.tail = _BETWEEN_HAN.sub("", element.tail)


def _language(article: lxml.html.HtmlElement) -> str:
    return "zh-CN" if re.search("[\u4e00-\u9fff]", article.text_content()) else "en"
