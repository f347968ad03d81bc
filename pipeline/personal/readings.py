"""The readings of a text: as it stands, and as programs decode it (markup, entities, percent, quoted-printable, base64, hexadecimal, escapes)."""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from .first_look import may_hold_personal_data

_DEEPEST = 3  # an encoding in an encoding in an encoding
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{8,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}")
_ESCAPE = re.compile(r"\\(?:u\{?|U|x)?([0-9A-Fa-f]{2,8})\}? ?")
# What shows that a text may be encoded so, and how it is decoded; lines stay lines.
_CODINGS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"&(?:#|\w+;)"), html.unescape),
    (re.compile(r"%[0-9A-Fa-f]{2}"), unquote),
    (re.compile(r"=(?:[0-9A-Fa-f]{2}|\r?\n)"), lambda text: _text(quopri.decodestring(text.encode())) or text),
    (re.compile(r"<[A-Za-z/!]"), lambda text: re.sub(r"<[A-Za-z/!][^<>]*>", "", text)),
    (
        _HEX := re.compile(r"(?<![0-9A-Fa-f])(?:[2-7][0-9A-Fa-f]){11,}(?![0-9A-Fa-f])"),
        lambda text: _HEX.sub(_of_hex, text),
    ),
    (re.compile(r"\\[uUx0-9]"), lambda text: _ESCAPE.sub(_character, text)),
)


def readings(text: str, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Each reading of ``text`` that is worth a look, and where in it that begins; the first is the text itself."""
    if not may_hold_personal_data(text):
        return
    yield 0, text
    if depth == _DEEPEST:
        return
    for shown, decode in _CODINGS:
        if shown.search(text) and (decoded := decode(text)) != text:
            yield from readings(decoded, depth + 1)
    for match in _BASE64.finditer(text):
        decoded = _of_base64(match[0])
        if decoded:
            yield from ((match.start(), reading) for _, reading in readings(decoded, depth + 1))


def text_of(data: bytes) -> str:
    """The text that bytes of unknown coding hold: UTF-8, UTF-16 or GB18030; what fits none is read as far as it goes."""
    return _text(data) or data.decode("utf-8", "replace")


def _text(data: bytes) -> str:
    for coding in _codings(data):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return ""


def _codings(data: bytes) -> tuple[str, ...]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16", "utf-8")
    nothing = data.count(0)
    if nothing * 3 >= len(data) > 1:  # every second byte of digits and Latin letters in UTF-16
        return ("utf-16-be", "utf-16-le") if data[::2].count(0) > nothing // 2 else ("utf-16-le", "utf-16-be")
    return ("utf-8-sig", "gb18030")


def _of_base64(token: str) -> str:
    digits = re.sub(r"\s", "", token).rstrip("=").translate(str.maketrans("-_", "+/"))
    if digits.isdigit() or len(digits) % 4 == 1:
        return ""
    try:
        return _text(base64.b64decode(digits + "=" * (-len(digits) % 4)))
    except binascii.Error:
        return ""


def _of_hex(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0]).decode("ascii")


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if 32 <= number < 0xD800 else match[0]
