"""Every text in a file that is to leave: what a reader sees, and what stands where no reader looks."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

_XML = (".xml", ".rels", ".svg", ".xhtml")
_ARCHIVES = (".docx", ".xlsx", ".pptx", ".zip", ".ofd", ".odt", ".wps")
# Elements inside a line, in HTML, SVG and office documents; all others begin and end one.
_INLINES = frozenset(
    (
        "a", "abbr", "b", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong",
        "sub", "sup", "time", "u", "tspan", "r", "t", "rPr", "proofErr", "hyperlink", "smartTag", "sdt", "sdtContent",
        "bookmarkStart", "bookmarkEnd",
    )
)  # fmt: skip
_DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w=-]+)*),([^\"')\s]*)")
_LARGEST = 512 * 1024 * 1024  # bytes; a small archive can unpack to fill any machine
_DEEPEST = 6  # archives in archives in …; more is no office file
_KEPT_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Text(NamedTuple):
    """A text found in a file. ``place`` leads to it: ``report.docx!word/document.xml``, ``report.ipynb cell 3``."""

    place: str
    text: str


def texts(name: str, data: bytes, depth: int = 0) -> Iterator[Text]:
    """All texts of a file of that name: words, attributes, comments, properties, embedded files, and its name itself.

    Office files are unpacked member by member, also archives inside them; of a PDF the page texts, document properties,
    alternative texts, bookmarks and XMP are read; of a notebook every string, keys included; of a picture its text
    chunks. What is drawn as a picture, or encrypted, cannot be seen; a member that cannot be read is told by an empty
    text at ``place (unreadable)``.
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
    elif data.startswith(b"PK\x03\x04") or kind in _ARCHIVES:
        yield from _archive(name, data, depth)
    elif data.startswith(b"%PDF-"):
        from .unpack_pdf import pdf_texts

        yield from (Text(f"{name} {part}", text) for part, text in pdf_texts(data))
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from (Text(f"{name} (picture's text)", text) for text in _png_texts(data))
    elif kind in (".ipynb", ".json"):
        yield from _strings(name, json.loads(data.decode("utf-8-sig")), depth)
    elif kind in (".html", ".htm"):
        yield from _markup(name, data.decode("utf-8", "replace"), depth, html=True)
    elif kind in _XML or data.lstrip()[:5] == b"<?xml":
        yield from _markup(name, data.decode(_xml_encoding(data), "replace"), depth, html=False)
    elif kind == ".csv":
        yield from _cells(name, data)
    else:
        yield Text(name, _loose(data))


def _archive(name: str, data: bytes, depth: int) -> Iterator[Text]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.comment:
            yield Text(f"{name} (archive's comment)", _loose(archive.comment))
        if sum(member.file_size for member in archive.infolist()) > _LARGEST:
            msg = "the archive unpacks to more than an office file does"
            raise ValueError(msg)
        for member in archive.infolist():
            if not member.is_dir():
                yield from texts(f"{name}!{member.filename}", archive.read(member), depth + 1)


def _markup(name: str, text: str, depth: int, *, html: bool) -> Iterator[Text]:
    """Words block by block (a number may be broken into runs), every attribute, comment, style and data address."""
    from lxml import etree
    from lxml import html as html_parser

    if html:
        root = html_parser.document_fromstring(text, parser=html_parser.HTMLParser(huge_tree=True))
    else:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
        root = etree.fromstring(text.encode("utf-8"), parser)
    if root is None:
        yield Text(name, text)
        return
    yield Text(name, "".join(_words(root)))
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield Text(f"{name} (comment)", element.text or "")
            continue
        for key, value in element.attrib.items():
            yield from _attribute(f"{name} <{_local(element)} {_local_name(key)}>", value, depth)
        if _local(element) == "style":
            yield from _embedded(f"{name} <style>", element.text or "", depth)


def _words(root: object) -> Iterator[str]:
    for event, element in _walk(root):
        block = isinstance(element.tag, str) and _local(element) not in _INLINES
        if block:
            yield "\n"
        if event == "start" and isinstance(element.tag, str):
            yield element.text or ""
        elif event == "end" and element is not root:
            yield element.tail or ""


def _walk(root: object) -> Iterator[tuple[str, object]]:
    from lxml import etree

    return etree.iterwalk(root, events=("start", "end", "comment", "pi"))


def _attribute(place: str, value: str, depth: int) -> Iterator[Text]:
    yield Text(place, unquote(_DATA.sub("", value)))
    yield from _embedded(place, value, depth)


def _embedded(place: str, value: str, depth: int) -> Iterator[Text]:
    """Files that stand in data addresses."""
    for match in _DATA.finditer(value):
        kind = {"image/svg+xml": ".svg", "text/html": ".html", "application/json": ".json"}.get(match[1], "")
        data = base64.b64decode(match[3] + "==") if ";base64" in match[2] else unquote(match[3]).encode()
        yield from (
            Text(inner.place.replace(" (name)", ""), inner.text)
            for inner in texts(f"{place} data{kind}", data, depth + 1)
        )


def _strings(place: str, value: object, depth: int) -> Iterator[Text]:
    """Every string of a JSON document, keys too; a notebook's cells are counted from 1."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield Text(f"{place} (key)", key)
            yield from _strings(_step(place, key), inner, depth)
    elif isinstance(value, list):
        if value and all(isinstance(one, str) for one in value):
            yield from _string(place, "".join(value), depth)
        else:
            for number, inner in enumerate(value, 1):
                yield from _strings(f"{place} {number}", inner, depth)
    elif isinstance(value, str):
        yield from _string(place, value, depth)
    elif value is not None and not isinstance(value, bool):
        yield Text(place, str(value))


def _step(place: str, key: str) -> str:
    return f"{place} {'cell' if key == 'cells' else key}"


def _string(place: str, text: str, depth: int) -> Iterator[Text]:
    kind = place.rpartition(" ")[2]
    if kind.startswith("image/") and kind != "image/svg+xml":
        yield from texts(f"{place} data", base64.b64decode(text), depth + 1)
        return
    yield Text(place, re.sub(r"<[^>]*>", "", _DATA.sub("", text)))
    if "<" in text:
        yield Text(f"{place} (markup)", _DATA.sub("", text))
    yield from _embedded(place, text, depth)


def _cells(name: str, data: bytes) -> Iterator[Text]:
    for number, row in enumerate(csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"))), 1):
        yield Text(f"{name} row {number}", "\n".join(row))


def _png_texts(data: bytes) -> Iterator[str]:
    """The text chunks of a PNG (PNG specification, 11.3.3)."""
    place = 8
    while place + 8 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        chunk = data[place + 8 : place + 8 + length]
        if kind in (b"tEXt", b"iTXt"):
            yield _loose(chunk)
        if kind == b"zTXt":
            yield _loose(zlib.decompress(chunk.split(b"\0", 1)[1][1:]))
        place += length + 12


def _xml_encoding(data: bytes) -> str:
    match = re.match(rb"<\?xml[^>]*encoding=[\"']([\w-]+)", data.lstrip())
    return match[1].decode() if match else "utf-8"


def _loose(data: bytes) -> str:
    return _KEPT_CONTROL.sub("\n", data.decode("utf-8", "replace"))


def _local(element: object) -> str:
    return element.tag.rpartition("}")[2]


def _local_name(key: str) -> str:
    return key.rpartition("}")[2]
