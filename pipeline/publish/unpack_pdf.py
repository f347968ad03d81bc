"""The texts of a PDF, read with nothing but zlib: enough of ISO 32000 to see what a reader and a search engine see.

Seen are the words of pages and forms (decoded by each font's own ToUnicode map), document properties, alternative and
replacement texts, bookmarks, annotations, XMP and embedded files that are not encrypted. Not seen: pictures of words,
glyphs of fonts without a ToUnicode map, encrypted documents, filters other than Flate and ASCII.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

_TOKEN = re.compile(rb"\s+|%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s]*>|\(|/[^\s()<>\[\]{}/%]*|[^\s()<>\[\]{}/%]+|.", re.DOTALL)
_PAREN = re.compile(rb"\\.|[()]", re.DOTALL)
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_STRING = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>(?!>)", re.DOTALL)
_SHOWN = re.compile(
    rb"\[((?:[^\]()<]|\((?:[^()\\]|\\.)*\)|<[^>]*>)*)\]\s*TJ|(\((?:[^()\\]|\\.)*\)|<[^>]*>)\s*(?:Tj|'|\")", re.DOTALL
)
_BLOCK = re.compile(rb"\bBT\b(.*?)\bET\b", re.DOTALL)
_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_UNSEEN = (
    b"/FontFile",
    b"/Subtype/Image",
    b"/Subtype /Image",
    b"/Type/XRef",
    b"/Type /XRef",
    b"/Subtype/CIDFontType0C",
    b"/OpenType",
)


def pdf_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """(part, text) of everything that can be read; the parts are page text, properties, XMP and embedded data.

    Raises:
        ValueError: the document is encrypted.
    """
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", data):
        msg = "the document is encrypted"
        raise ValueError(msg)
    streams, strings = _read(data)
    maps = [found for _, content in streams if b"begincmap" in content and (found := _to_unicode(content))]
    for content in (content for head, content in streams if b"/ObjStm" in head):
        strings += _read(content)[1]
    yield "(properties)", "\n".join(map(_plain, strings))
    for head, content in streams:
        if b"/Metadata" in head or content.lstrip().startswith(b"<?xpacket"):
            yield "(XMP)", re.sub(r"<[^>]*>", "\n", content.decode("utf-8", "replace"))
            yield "(XMP)", content.decode("utf-8", "replace")
        elif b"/EmbeddedFile" in head:
            yield "(embedded file)", content.decode("utf-8", "replace")
        elif b"BT" in content and b"begincmap" not in content:
            yield from (("(page text)", text) for text in _page_texts(content, maps))


def objects(data: bytes) -> list[bytes]:
    """Each object outside of streams and inside object streams and XMP, as bytes in which dictionaries can be looked for."""
    streams, _ = _read(data)
    inner = [content for head, content in streams if b"/ObjStm" in head or b"/Metadata" in head]
    return [*re.split(rb"\bendobj\b", data), *(part for content in inner for part in re.split(rb"(?=<<)", content))]


def _read(data: bytes) -> tuple[list[tuple[bytes, bytes]], list[bytes]]:
    """The dictionary and the decoded bytes of every stream that can hold text, and every string outside of streams."""
    streams, strings, place, begin = [], [], 0, 0
    while place < len(data):
        token = _TOKEN.match(data, place)
        place, word = token.end(), token[0]
        if word == b"(":
            place = _closed(data, place)
            strings.append(_bytes(data[token.start() : place]))
        elif word[:1] == b"<" and word not in (b"<<", b"<"):
            strings.append(_bytes(word))
        elif word == b"obj":
            begin = place
        elif word == b"stream":
            head = data[begin : token.start()]
            raw, place = _raw(data, place, head)
            if not any(mark in head for mark in _UNSEEN):
                streams.append((head, raw))
    return [pair for head, raw in streams for pair in _decoded_pair(head, raw)], strings


def _closed(data: bytes, place: int) -> int:
    """Where the string that was opened before ``place`` has closed."""
    depth = 1
    for match in _PAREN.finditer(data, place):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return len(data)


def _raw(data: bytes, place: int, head: bytes) -> tuple[bytes, int]:
    """The bytes of a stream that begins after the keyword, and where reading goes on."""
    place += 2 if data[place : place + 2] == b"\r\n" else 1
    length = _LENGTH.search(head)
    end = place + int(length[1]) if length else data.find(b"endstream", place)
    end = end if place <= end <= len(data) else len(data)
    return data[place:end], end


def _decoded_pair(head: bytes, raw: bytes) -> list[tuple[bytes, bytes]]:
    try:
        return [(head, _decoded(head, raw))]
    except (zlib.error, ValueError):
        return []  # another filter, as pictures have


def _decoded(head: bytes, raw: bytes) -> bytes:
    if b"ASCII85Decode" in head:
        raw = base64.a85decode(raw.strip().removesuffix(b"~>"))
    if b"ASCIIHexDecode" in head:
        raw = bytes.fromhex(raw.strip().rstrip(b">").decode("ascii"))
    return zlib.decompressobj().decompress(raw) if b"FlateDecode" in head else raw


def _plain(text: bytes) -> str:
    """A text string (ISO 32000-1, 7.9.2.2; UTF-8 since ISO 32000-2)."""
    if text[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return text.decode("utf-16", "replace")
    return text[3:].decode("utf-8", "replace") if text[:3] == b"\xef\xbb\xbf" else text.decode("latin-1")


def _page_texts(content: bytes, maps: list[dict[bytes, str]]) -> Iterator[str]:
    """The words of a content stream, once for each font's map: under another font's map they make no sense."""
    shown = [[_bytes(string[0]) for string in _strings_of(block[1])] for block in _BLOCK.finditer(content)]
    for mapped in maps:
        width = len(next(iter(mapped)))
        yield "\n".join(
            "".join(mapped.get(text[at : at + width], "") for text in texts for at in range(0, len(text), width))
            for texts in shown
        )
    yield "\n".join(b"".join(texts).decode("latin-1") for texts in shown)


def _strings_of(block: bytes) -> Iterator[re.Match[bytes]]:
    for match in _SHOWN.finditer(block):
        yield from _STRING.finditer(match[1] if match[1] is not None else match[2])


def _to_unicode(content: bytes) -> dict[bytes, str]:
    """Character codes → text of a ToUnicode map (ISO 32000-1, 9.10.3)."""
    mapped: dict[bytes, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", content, re.DOTALL):
        mapped |= {bytes.fromhex(code.decode()): _text(value) for code, value in _MAPPED.findall(part)}
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", content, re.DOTALL):
        for first, last, start, each in _RANGE.findall(part):
            mapped |= _ranged(first, last, start, each)
    return mapped


def _ranged(first: bytes, last: bytes, start: bytes, each: bytes) -> dict[bytes, str]:
    begin, end, width = int(first, 16), int(last, 16), len(first) // 2
    codes = [code.to_bytes(width, "big") for code in range(begin, min(end, begin + 0xFFFF) + 1)]
    if each:
        return dict(zip(codes, map(_text, re.findall(rb"<([0-9A-Fa-f\s]+)>", each)), strict=False))
    text = _text(start)
    return {code: text[:-1] + chr(ord(text[-1]) + step) for step, code in enumerate(codes)} if text else {}


def _text(digits: bytes) -> str:
    return bytes.fromhex(b"".join(digits.split()).decode()).decode("utf-16-be", "replace")


def _bytes(string: bytes) -> bytes:
    """The bytes of a literal or hexadecimal string (ISO 32000-1, 7.3.4)."""
    if string.startswith(b"<"):
        digits = b"".join(string[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return re.sub(rb"\\([0-7]{1,3}|\r?\n|.)", _unescaped, string[1:-1], flags=re.DOTALL)


def _unescaped(match: re.Match[bytes]) -> bytes:
    mark = match[1]
    if mark[:1] in b"01234567":
        return bytes([int(mark, 8) & 0xFF])
    return b"" if mark in (b"\n", b"\r\n") else _ESCAPED.get(mark, mark)
