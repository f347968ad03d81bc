"""A semantic body set by Typst on the page of GB/T 9704-2012, as PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Literal

import lxml.html

from ...errors import RenderError
from ...findings import Said
from ...formats import RenderOptions
from ...leftovers import temporary
from ...period import Period
from ..font_files import FOLDERS
from ..fonts import named, typst_fonts
from ..glyphs import name_characters, place_of
from ..title import document_title
from .culprit import culprit
from .document import Spared, TypstDocument, typst_document
from .row_headers import with_row_headers
from .text import string
from .undrawn import STANDARDS, texts_of, undrawn

_PARSER = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")


def render_pdf(body: str, metadata: Mapping[str, Any], *, strict: bool = True) -> bytes:
    """The PDF of a semantic body.

    Args:
        body: what :func:`semantic_body` gave.
        metadata: the stitched notebook's ``metadata.halfyear``: title, bureau, office, signed, period, draft, each of
            which may be missing; ``contents`` puts a 目录 before the text, ``letterhead`` (issuer, number, signer) a 版头
            over the title, ``colophon`` (copied, printer, date) a 版记 under the text; a report has none of them unless asked. The dates in the file are the signed day, else the period's last day, else
            ``SOURCE_DATE_EPOCH``, else 1970-01-01: never the clock.
        strict: whether a character that no face has, or a picture that cannot be decoded, is an error; otherwise its
            Unicode name or its alternative text stands for it.

    Raises:
        RenderError: something cannot be drawn and ``strict``, or Typst cannot set the body.
    """
    import typst

    article = lxml.html.fragment_fromstring(body, parser=_PARSER)
    settings, when, spared = _settings(article, metadata), _seconds(metadata), Spared()
    while True:
        document = typst_document(article, settings, spared)
        try:
            made = _compiled(document, when)
            return with_row_headers(made) if document.has_row_headers else made
        except typst.TypstError as error:
            missing = _missing(error)
            if missing and strict:
                raise _complaint(article, missing) from None
            named_now = bool(missing) and name_characters(article, missing)
            less = spared if named_now else _sparing(document, spared, error, strict)
            if less is None:
                where, words = culprit(article, lambda part: _can_be_set(part, settings))
                raise RenderError("pdf-not-set", where=where, words=words) from error
            spared = less


def render(body: str, metadata: Mapping[str, Any], options: RenderOptions) -> bytes:
    """The PDF as the format ``pdf`` gives it."""
    return render_pdf(body, metadata, strict=options.strict)


def prepare() -> None:
    """Find the fonts."""
    typst_fonts()


def _can_be_set(part: lxml.html.HtmlElement, settings: dict[str, Any]) -> bool:
    import typst

    try:
        _compiled(typst_document(part, {**settings, "letterhead": None, "colophon": None, "contents": False}), 0)
    except typst.TypstError:
        return False
    return True


def _compiled(document: TypstDocument, when: int, standards: tuple[Literal["a-2a", "ua-1"], ...] = STANDARDS) -> bytes:
    import typst

    with temporary("typst") as folder:
        for name, data in document.files.items():
            (folder / name).write_bytes(data)
        return typst.compile(
            document.source.encode(),
            root=str(folder),
            font_paths=typst_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=list(standards),
            timestamp=when,
        )


def _missing(error: Any) -> list[str]:
    """The characters that no face has of the texts Typst could not set, in the order it met them."""
    texts = "".join(texts_of(error.diagnostic))
    return undrawn(texts) or list(dict.fromkeys(texts))


def _complaint(article: lxml.html.HtmlElement, missing: list[str]) -> RenderError:
    places = {one: place_of(article, one) for one in missing}
    each = [Said("no-glyph-at", character=named(one), where=where) for one, (where, _) in places.items()]
    return RenderError("no-glyph", characters=each, variable=FOLDERS, words=places[missing[0]][1])


def _sparing(document: TypstDocument, spared: Spared, error: Any, strict: bool) -> Spared | None:
    """What to leave out on the next try: pictures that cannot be decoded, else all formulas; None at the end."""
    broken = frozenset(name for name in document.files if not _is_drawable(name, document.files[name]))
    if broken and not strict:
        return replace(spared, pictures=spared.pictures | broken)
    return replace(spared, formulas=True) if not spared.formulas else None


def _is_drawable(name: str, data: bytes) -> bool:
    import typst

    try:
        _compiled(TypstDocument(f"#image({string(name)})", {name: data}), 0, ())
    except typst.TypstError:
        return False
    return True


def _settings(article: lxml.html.HtmlElement, metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": document_title(article, metadata),
        "author": f"{metadata.get('bureau', '')}{metadata.get('office', '')}",
        "lang": article.get("lang") or "zh-CN",
        "draft": bool(metadata.get("draft")),
        "contents": bool(metadata.get("contents")),
        "letterhead": metadata.get("letterhead"),
        "colophon": metadata.get("colophon"),
    }


def _seconds(metadata: Mapping[str, Any]) -> int:
    return int(datetime.combine(_day(metadata), datetime.min.time(), UTC).timestamp())


def _day(metadata: Mapping[str, Any]) -> date:
    if metadata.get("signed"):
        return date.fromisoformat(str(metadata["signed"]))
    if metadata.get("period"):
        return Period.parse(str(metadata["period"])).last
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or 0), UTC).date()
