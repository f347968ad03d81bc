"""What a Word document says: its paragraphs, cells, footnotes, pictures' descriptions, charts and comments, in reading order.

What is marked as deleted (w:del, w:moveFrom) is not said; instructions of fields and the 目录 are not; of alternatives the first counts.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ReleaseError
from .word_charts import chart_in, charts_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SAID = {f"{_W}t", f"{_MATH}t"}
_BLANKS = {f"{_W}tab", f"{_W}br", f"{_W}cr"}
_UNSAID = {f"{_W}del", f"{_W}moveFrom", _FALLBACK}
_LARGEST = 200_000_000  # bytes of one part
TEXT, CELL, PICTURE, COMMENT = "text", "cell", "picture", "comment"
_PARTS = {"word/document.xml": TEXT, "word/footnotes.xml": TEXT, "word/comments.xml": COMMENT}


class WordPassage(NamedTuple):
    """One paragraph, picture's description, chart or comment; ``kind`` is text, cell (of a table), picture or comment. No blanks stand in ``text``."""

    kind: str
    text: str


def read_word(file: Path) -> list[WordPassage]:
    """The passages of a .docx file; those that say nothing are left out.

    Raises:
        ReleaseError: the file is no Word document, is damaged, or a part of it is larger than any report.
    """
    try:
        with zipfile.ZipFile(file) as package:
            there = [name for name in _PARTS if name in package.namelist()]
            if next(iter(_PARTS)) not in there or any(package.getinfo(name).file_size > _LARGEST for name in there):
                raise ReleaseError("word-not-readable", file=file)
            charts = charts_of(package)
            return [one for name in there for one in _passages(package.read(name), _PARTS[name], charts)]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReleaseError("word-not-readable", file=file) from error


def without_blanks(text: str) -> str:
    """Programs set, and break, blanks as they like: they count for nothing in Chinese text."""
    return "".join(text.split())


def _passages(part: bytes, kind: str, charts: dict[str, str]) -> Iterator[WordPassage]:
    from lxml import etree

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for paragraph in root.iter(f"{_W}p"):
        if any(one.tag in _UNSAID for one in paragraph.iterancestors()) or _is_listing(paragraph):
            continue
        pictures: list[str] = []
        text = without_blanks("".join(_said(paragraph, pictures, charts)))
        yield from (WordPassage(PICTURE, without_blanks(one)) for one in pictures)
        if text:
            in_table = next(paragraph.iterancestors(f"{_W}tc"), None) is not None
            yield WordPassage(CELL if in_table else kind, text)


def _is_listing(paragraph: _Element) -> bool:
    """Whether it is a line of the 目录, which Word makes of the headings."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and str(style.get(f"{_W}val")).startswith("TOC")


def _said(element: _Element, pictures: list[str], charts: dict[str, str]) -> Iterator[str]:
    """What stands in a paragraph itself, not in a text box of its; what its charts say and its pictures' descriptions go to ``pictures``."""
    for child in element:
        if child.tag in _UNSAID or child.tag == f"{_W}p":
            continue
        if child.tag in _SAID:
            yield child.text or ""
        elif child.tag in _BLANKS:
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag == f"{_W}drawing" and (chart := charts.get(chart_in(child))):
            pictures.append(chart)
        elif str(child.tag).endswith("}docPr") and child.get("descr"):
            pictures.append(str(child.get("descr")))
        else:
            yield from _said(child, pictures, charts)
