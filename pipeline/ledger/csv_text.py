"""The text of a CSV file, whatever it was saved as: its encoding, its separator and a hint of it, its longest line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..findings import Said
from ..input_file import LimitError
from . import limits

SEPARATORS = (b",", b"\t", b";")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", Said("kind-xlsx")),
    (b"\xd0\xcf\x11\xe0", Said("kind-xls")),
    (b"%PDF", Said("kind-pdf")),
    (b"\x1f\x8b", Said("kind-packed")),
)
_BINARY = Said("kind-binary")
# Excel takes the separator from such a first line and does not show it
_HINT = re.compile(rb'"?sep=([^\w\s"]|\t)"?[\t,;]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_QUOTED = re.compile(rb'"(?:[^"]|"")*"')
_LOOKED_AT = 20  # lines that tell the separator: titles and headings, and some rows


def as_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """A file of ours: comma-separated, with the mark by which Excel and WPS know UTF-8."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(lines)
    return stream.getvalue().encode("utf-8-sig")


class NotTextError(ValueError):
    """A file that is no text, or not of an encoding that can be told; ``code`` and ``params`` are its problem's."""

    def __init__(self, *, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def as_utf8(raw: bytes) -> bytes:
    """The file as UTF-8 without its mark, where it says what it is.

    What claims to be UTF-8 is not decoded twice: a cell that is not shows itself when the records are read.

    Raises:
        NotTextError: it is something else.
        LimitError: a line of it is too long.
    """
    mark, encoding = _marked(raw)
    kind = next((kind for start, kind in _OTHER_KINDS if raw.startswith(start)), None)
    if not kind and raw[:100].lstrip()[:5].lower() in (b"<html", b"<?xml", b"<!doc", b"<tabl"):
        kind = Said("kind-web-page")
    if not kind and encoding == "utf-8" and b"\x00" in raw:
        kind = _BINARY
    if kind:
        raise NotTextError(code="not-text", kind=kind)
    look_at_lines(raw)  # before anything is made of it; a byte of UTF-16 that looks like an end of line does no harm
    text = raw[len(mark) :] if encoding == "utf-8" else recoded(raw[len(mark) :], encoding)
    if b"\x00" in text:
        raise NotTextError(code="not-text", kind=_BINARY)
    return text.removesuffix(b"\x1a")  # where old programs end a text


def _marked(raw: bytes) -> tuple[bytes, str]:
    """The mark that a file begins with and the encoding it names; UTF-8 where it has none."""
    return next((one for one in _MARKS if raw.startswith(one[0])), (b"", "utf-8"))


def text_and_encoding(raw: bytes) -> tuple[str, str]:
    """The text of a file that has been read, without its mark, and the encoding in which more can be put behind it.

    Raises:
        NotTextError: it is of none that is read.
    """
    mark, encoding = _marked(raw)
    for each in (encoding,) if mark else (encoding, "gb18030"):
        try:
            return raw[len(mark) :].decode(each), each
        except UnicodeDecodeError:
            continue
    raise NotTextError(code="encoding", line=1)


def recoded(raw: bytes, encoding: str) -> bytes:
    """``raw`` from another encoding.

    Raises:
        NotTextError: it is not of that encoding.
    """
    try:
        return raw.decode(encoding).encode()
    except UnicodeError as error:
        line = raw.count(b"\n", 0, getattr(error, "start", 0)) + 1
    raise NotTextError(code="encoding", line=line)


def from_gb18030(raw: bytes) -> bytes:
    """What turned out not to be UTF-8 as GB18030, unless it began as UTF-8.

    Raises:
        NotTextError: it is neither, or both.
    """
    if not _begins_as_utf8(raw):
        return recoded(raw, "gb18030")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    raise NotTextError(code="mixed-encoding", line=line)


def _begins_as_utf8(raw: bytes) -> bool:
    """Whether the first line holds Chinese in UTF-8, so that a later failure is not another encoding's file."""
    first = raw.partition(b"\n")[0]
    try:
        return not first.isascii() and bool(first.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def without_hint(text: bytes) -> tuple[bytes, bytes]:
    """The text without a first line ``sep=;``, and the separator that such a line names."""
    match = _HINT.match(text)
    return (text[match.end() :], match[1]) if match else (text, b"")


def separator(text: bytes) -> bytes:
    """What parts most of the first lines, and then into most cells, outside quotation marks.

    A title above the headings and notes within rows hold other marks, in fewer lines. Commas win where nothing is parted.
    """
    head = _QUOTED.sub(b"", text[: _LOOKED_AT * 10_000]).splitlines()[:_LOOKED_AT]

    def parts(mark: bytes) -> tuple[int, int]:
        counts = [line.count(mark) for line in head]
        return sum(map(bool, counts)), max(counts, default=0)

    return max(SEPARATORS, key=parts)


def look_at_lines(text: bytes) -> None:
    """Refuse a line that is longer than any row of a ledger.

    Raises:
        LimitError: there is one.
    """
    start = 0
    while len(text) - start > limits.LINE:
        end = max(text.rfind(b"\n", start, start + limits.LINE), text.rfind(b"\r", start, start + limits.LINE))
        if end < 0:
            line = text.count(b"\n", 0, start) + 1
            raise LimitError(code="line-too-long", line=line, limit=limits.LINE)
        start = end + 1
