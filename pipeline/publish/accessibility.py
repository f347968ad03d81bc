"""What a file must say of itself so that readers who do not see it can use it."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..document.elements import level_of
from ..findings import Finding, Place
from ..formats import format_named, format_names, loaded
from .unpack_pdf import objects, opened

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def accessibility(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Faults of HTML (WCAG 2: 1.1.1, 1.3.1, 2.4.2, 3.1.1), PDF (PDF/UA-1 and PDF/A marks) and DOCX files.

    What only a person can judge (whether an alternative text says the right thing) is not looked at.
    """
    return tuple(
        Finding(code, Place(name), found)
        for name, data in files.items()
        if name.rpartition(".")[2] in format_names()
        for code, found in loaded(format_named(name.rpartition(".")[2]).accessibility)(data)
    )


def fonts(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Fonts that a PDF uses and does not hold (ISO 19005-2, 6.2.11.4)."""
    return tuple(
        Finding("font-not-embedded", Place(name), str(held["/FontName"]).removeprefix("/"))
        for name, data in files.items()
        if name.endswith(".pdf")
        for held in _objects(data)
        if isinstance(held, dict) and "/FontName" in held and not any(part in held for part in _FONT_FILES)
    )


def _objects(data: bytes) -> Iterator[Any]:
    with suppress(Exception):  # the gate of personal data tells what cannot be read
        yield from objects(opened(data))


def of_page(data: bytes) -> Iterator[tuple[str, str]]:
    """What an HTML page lacks."""
    from lxml import html as parser

    root = parser.document_fromstring(data, parser=parser.HTMLParser(encoding="utf-8", huge_tree=True))
    if not root.get("lang"):
        yield "no-language", ""
    if not (root.findtext(".//title") or "").strip():
        yield "no-title", ""
    yield from _headings(root)
    for image in root.iter("img"):
        if not image.get("alt", "").strip():
            yield "no-alternative", image.get("id", "")
    for drawing in root.iter("{*}svg", "svg"):
        if not (drawing.get("aria-label") or drawing.findtext("{*}title") or drawing.findtext("title") or "").strip():
            yield "no-alternative", drawing.get("id", "")
    for table in root.iter("table"):
        if not any(cell.get("scope") for cell in table.iter("th")):
            yield "table-without-headings", " ".join(table.text_content().split())[:20]
    ids = Counter(name for element in root.iter() if (name := element.get("id")))
    yield from (("id-twice", name) for name, count in ids.items() if count > 1)
    for link in root.iter("a"):
        address = link.get("href", "")
        if address.startswith("#") and address[1:] not in ids:
            yield "dead-link", address


def _headings(root: HtmlElement) -> Iterator[tuple[str, str]]:
    levels = [level_of(heading) for heading in root.iter(*_HEADINGS)]
    if levels.count(1) != 1:
        yield "not-one-title", str(levels.count(1))
    for heading, before in zip(list(root.iter(*_HEADINGS))[1:], levels, strict=False):
        if level_of(heading) > before + 1:
            yield "heading-skips", " ".join(heading.text_content().split())


def of_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    """What a PDF lacks."""
    root = _root(data)
    said = root["/Metadata"].get_data() if "/Metadata" in root else b""
    claims = {
        "pdf-untagged": root.get("/MarkInfo", {}).get("/Marked"),
        "pdf-without-structure": "/StructTreeRoot" in root,
        "no-language": root.get("/Lang"),
        "pdf-title-hidden": root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"),
        "not-pdf-ua": b"pdfuaid:part" in said,
        "not-pdf-a": b"pdfaid:part" in said,
    }
    yield from ((code, "") for code, holds in claims.items() if not holds)


def _root(data: bytes) -> Mapping[str, Any]:
    """The catalogue of a document; one that cannot be read claims nothing."""
    try:
        return opened(data).root_object
    except Exception:  # the gate of personal data tells that it cannot be read
        return {}


def of_word_document(data: bytes) -> Iterator[tuple[str, str]]:
    """What a Word document lacks."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    core = etree.fromstring(parts["docProps/core.xml"]) if "docProps/core.xml" in parts else None
    if core is None or not (core.findtext("{*}title") or "").strip():
        yield "no-title", ""
    if not any(
        b"w:lang " in parts.get(name, b"") for name in ("word/styles.xml", "word/settings.xml", "word/document.xml")
    ):
        yield "no-language", ""
    body = etree.fromstring(parts["word/document.xml"])
    for picture in body.iter("{*}docPr"):
        if not (picture.get("descr") or "").strip():
            yield "no-alternative", picture.get("name", "")
    for table in body.iter(f"{_WORD}tbl"):
        if table.find(f".//{_WORD}tblHeader") is None:
            yield "table-without-headings", "".join(table.itertext())[:20]
