"""A semantic body set by Typst on the page of GB/T 9704-2012, as PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

import calendar
import os
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import lxml.html

from ..errors import RenderError
from .fonts import named, spoken, typst_fonts
from .row_headers import with_row_headers
from .title import document_title
from .typst_document import TypstDocument, typst_document

STANDARDS = ("a-2a", "ua-1")
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_PARSER = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")


def render_pdf(body: str, metadata: Mapping[str, Any], *, strict: bool = True) -> bytes:
    """The PDF of a semantic body.

    Args:
        body: what :func:`semantic_body` gave.
        metadata: the stitched notebook's ``metadata.halfyear``: title, bureau, office, signed, period, draft, each of
            which may be missing. The dates in the file are the signed day, else the period's last day, else
            ``SOURCE_DATE_EPOCH``, else 1970-01-01: never the clock.
        strict: whether a character that no face has is an error; otherwise its Unicode name stands for it.

    Raises:
        RenderError: a character has no glyph and ``strict``, or Typst cannot set the body.
    """
    import typst

    article = lxml.html.fragment_fromstring(body, parser=_PARSER)
    settings, when = _settings(article, metadata), _seconds(metadata)
    try:
        return _compiled(typst_document(article, settings), when)
    except typst.TypstError as error:
        _mend(article, error, strict)
    try:
        return _compiled(typst_document(article, settings, formulas=False), when)
    except typst.TypstError as error:
        msg = f"the PDF could not be set: {error.diagnostic.strip()}"
        raise RenderError(msg) from error


def _compiled(document: TypstDocument, when: int) -> bytes:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        for name, data in document.files.items():
            (Path(folder) / name).write_bytes(data)
        made = typst.compile(
            document.source.encode(),
            root=folder,
            font_paths=typst_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=when,
        )
    return with_row_headers(made)


def _mend(article: lxml.html.HtmlElement, error: Any, strict: bool) -> None:
    """Give characters without a glyph their names, so that a second try can succeed.

    Raises:
        RenderError: ``strict``, and there are such characters.
    """
    missing = dict.fromkeys(character for text in _NO_GLYPH.findall(error.diagnostic) for character in text)
    if missing and strict:
        where = "; ".join(f"no font has {named(character)}, {_place(article, character)}" for character in missing)
        msg = f"{where}; write it otherwise, or put a font that has it into a folder named by HALFYEAR_FONTS"
        raise RenderError(msg)
    table = str.maketrans({character: f"[{spoken(character)}]" for character in missing})
    for element in article.iter():
        element.text = element.text and element.text.translate(table)
        element.tail = element.tail and element.tail.translate(table)


def _place(article: lxml.html.HtmlElement, character: str) -> str:
    """Where ``character`` first stands: the heading over it and the words around it."""
    heading = ""
    for element in article.iter():
        if re.fullmatch("h[1-6]", str(element.tag)):
            heading = element.text_content().strip()
        for text in (element.text, element.tail):
            if text and character in text:
                at = text.index(character)
                words = " ".join(text[max(0, at - 10) : at + 11].split())
                return f"in {words!r}{f' under {heading!r}' if heading else ''}"
    return "in an alternative text"


def _settings(article: lxml.html.HtmlElement, metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": document_title(article, metadata),
        "author": f"{metadata.get('bureau', '')}{metadata.get('office', '')}",
        "lang": article.get("lang") or "zh-CN",
        "draft": bool(metadata.get("draft")),
    }


def _seconds(metadata: Mapping[str, Any]) -> int:
    return int(datetime.combine(_day(metadata), datetime.min.time(), UTC).timestamp())


def _day(metadata: Mapping[str, Any]) -> date:
    if metadata.get("signed"):
        return date.fromisoformat(str(metadata["signed"]))
    if metadata.get("period"):
        year, month = int(str(metadata["period"])[:4]), 6 if str(metadata["period"]).endswith("1") else 12
        return date(year, month, calendar.monthrange(year, month)[1])
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or 0), UTC).date()
