"""Every text in a file that is to leave: what a reader sees, and what stands where no reader looks."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from ..personal import text_of
from .unpack_picture import BEGINNINGS, picture_texts

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKUP = (".xml", ".rels", ".svg", ".xhtml", ".html", ".htm")
# Elements inside a line, in HTML, SVG and office documents; all others begin and end one.
_INLINES = frozenset(
    (
        "a", "abbr", "b", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong",
        "sub", "sup", "time", "u", "tspan", "r", "t", "rPr", "proofErr", "hyperlink", "smartTag", "sdt", "sdtContent",
        "bookmarkStart", "bookmarkEnd", "wbr", "font", "bdi", "bdo", "var", "samp", "label", "ruby", "noBreakHyphen", "softHyphen",
    )
)  # fmt: skip
_CELLS = frozenset({"td", "th", "tc"})
_DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w=-]+)*),([^\"')\s]*)")
_LARGEST = 512 * 1024 * 1024  # bytes; a small archive can unpack to fill any machine
_DEEPEST = 6  # files in files in …; more is no office file


class Text(NamedTuple):
    """A text found in a file. ``place`` leads to it: ``report.docx!word/document.xml``, ``report.html <img alt>``."""

    place: str
    text: str


def texts(name: str, data: bytes, depth: int = 0) -> Iterator[Text]:
    """All texts of a file of that name: words, attributes, comments, properties, embedded files, and its name itself.

    Office files are unpacked member by member; of a PDF see ``pdf_parts``, of a picture ``picture_texts``. What is drawn
    as a picture, or encrypted, cannot be seen; what cannot be read is told by an empty text at ``place (unreadable)``.
    """
    yield Text(f"{name} (name)", PurePosixPath(name.replace("!", "/")).name)
    kind = PurePosixPath(name).suffix.lower()
    try:
        yield from _inner(name, data, kind, depth)
    except Exception:  # whatever is wrong with a file, it must not pass for one that was read
        yield Text(f"{name} (unreadable)", "")


def _inner(name: str, data: bytes, kind: str, depth: int) -> Iterator[Text]:
    if depth > _DEEPEST:
        yield Text(f"{name} (unreadable)", "")
    elif data.startswith(b"PK\x03\x04") or kind == ".docx":
        yield from _archive(name, data, depth)
    elif data.startswith(b"%PDF-"):
        yield from _pdf(name, data, depth)
    elif data.startswith(BEGINNINGS):
        yield from (Text(f"{name} (picture's text)", text) for text in picture_texts(data))
    elif kind in _MARKUP or data.lstrip()[:5] == b"<?xml":
        yield from _markup(name, data, depth, html=kind in (".html", ".htm"))
    else:
        yield Text(name, text_of(data))


def _archive(name: str, data: bytes, depth: int) -> Iterator[Text]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.comment:
            yield Text(f"{name} (archive's comment)", text_of(archive.comment))
        if sum(member.file_size for member in archive.infolist()) > _LARGEST:
            msg = "the archive unpacks to more than an office file does"
            raise ValueError(msg)
        for member in archive.infolist():
            if not member.is_dir():
                yield from texts(f"{name}!{member.filename}", archive.read(member), depth + 1)


def _pdf(name: str, data: bytes, depth: int) -> Iterator[Text]:
    from .unpack_pdf import pdf_parts

    for part, said in pdf_parts(data):
        yield from _held(f"{name} {part}", said, depth) if isinstance(said, bytes) else (Text(f"{name} {part}", said),)


def _held(place: str, data: bytes, depth: int) -> Iterator[Text]:
    """The texts of a file that has no name of its own."""
    yield from (inner for inner in texts(place, data, depth + 1) if inner.place != f"{place} (name)")


def _markup(name: str, data: bytes, depth: int, *, html: bool) -> Iterator[Text]:
    """Words block by block (a number may be broken into runs), every attribute, comment, style and data address."""
    root = _parsed(data, html=html)
    if root is None:
        yield Text(name, text_of(data))
        return
    yield Text(name, "".join(_words(root)))
    for element in (*reversed(list(root.itersiblings(preceding=True))), *root.iter(), *root.itersiblings()):
        if not isinstance(element.tag, str):
            yield Text(f"{name} (comment)", element.text or "")
            continue
        for key, value in element.attrib.items():
            yield from _attribute(f"{name} <{_local(element.tag)} {_local(key)}>", value, depth)
        if _local(element.tag) == "style":
            yield from _embedded(f"{name} <style>", element.text or "", depth)


def _parsed(data: bytes, *, html: bool) -> _Element | None:
    from lxml import etree
    from lxml import html as html_parser

    if html:
        return html_parser.document_fromstring(text_of(data), parser=html_parser.HTMLParser(huge_tree=True))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    return etree.fromstring(data, parser)


def _words(root: _Element) -> Iterator[str]:
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_element = isinstance(element.tag, str)
        yield _edge(_local(str(element.tag)), event) if is_element else ""
        if event == "start" and is_element:
            yield element.text or ""
        elif event != "start" and element is not root:
            yield element.tail or ""


def _edge(name: str, event: str) -> str:
    """What parts the words in an element from those around it."""
    if name in _CELLS:
        return "\t"
    if name == "br":
        return "\n" if event == "start" else ""
    return "" if name in _INLINES else "\n"


def _attribute(place: str, value: str, depth: int) -> Iterator[Text]:
    yield Text(place, _DATA.sub("", value))
    yield from _embedded(place, value, depth)


def _embedded(place: str, value: str, depth: int) -> Iterator[Text]:
    """Files that stand in data addresses."""
    for match in _DATA.finditer(value):
        kind = {"image/svg+xml": ".svg", "text/html": ".html"}.get(match[1], "")
        data = base64.b64decode(match[3] + "==") if ";base64" in match[2] else unquote(match[3]).encode()
        yield from _held(f"{place} data{kind}", data, depth)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
