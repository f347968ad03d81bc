"""What a Word document says: its paragraphs, cells, notes, pictures' descriptions, charts, comments and page edges, in reading order.

What is marked as deleted (w:del, w:moveFrom) is not said, and paragraphs whose mark is deleted are one; instructions of
fields, numbers of pages and the 目录 are not said; of alternatives the first counts.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ReleaseError
from .word_charts import WordChart, chart_in, charts_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SAID = {f"{_W}t", f"{_MATH}t"}
_BLANKS = {f"{_W}tab", f"{_W}br", f"{_W}cr"}
_UNSAID = {f"{_W}del", f"{_W}moveFrom", _FALLBACK}
_WORKED_OUT = {
    "PAGE",
    "PAGEREF",
    "NUMPAGES",
    "SECTIONPAGES",
    "TOC",
}  # fields that each program fills in by its own pages
_LISTINGS = ("TOC", "Contents")  # how styles of the 目录 begin, as Word and as LibreOffice write them
_OFF = {"0", "false", "off"}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # characters that have no width
_LARGEST = 200_000_000  # bytes of one part
TEXT, CELL, PICTURE, COMMENT, HIDDEN, STRUCK, EDGE = "text", "cell", "picture", "comment", "hidden", "struck", "edge"
_TAKEN_BACK = {"vanish": HIDDEN, "strike": STRUCK, "dstrike": STRUCK}  # looks of words that no longer count
_PARTS = [
    re.compile(rf"word/{name}\d*\.xml") for name in ("document", "footnotes", "endnotes")
]  # document2.xml: Word on the web
_COMMENTS = re.compile(r"word/comments\d*\.xml")
_EDGES = re.compile(r"word/(?:header|footer)[^/]*\.xml")


class WordPassage(NamedTuple):
    """One paragraph, picture's description, chart or comment, without blanks.

    ``kind`` is text, cell (of a table), picture, comment, hidden (words that are not shown), struck (struck through) or
    edge (over or under the pages' text); ``column`` heads a cell's column, ``points`` are the numbers of a chart.
    """

    kind: str
    text: str
    column: str = ""
    points: tuple[str, ...] = ()


def read_word(file: Path) -> list[WordPassage]:
    """The passages of a .docx file; those that say nothing are left out.

    Raises:
        ReleaseError: the file is no Word document, is damaged, or a part of it is larger than any report.
    """
    try:
        with zipfile.ZipFile(file) as package:
            texts, edges, notes = (
                [name for one in known for name in package.namelist() if one.fullmatch(name)]
                for known in (_PARTS, [_EDGES], [_COMMENTS])
            )
            too_large = any(package.getinfo(name).file_size > _LARGEST for name in (*texts, *edges, *notes))
            if too_large or not (texts and _PARTS[0].fullmatch(texts[0])):
                raise ReleaseError("word-not-readable", file=file)
            charts, comments = charts_of(package), dict(one for name in notes for one in _comments(package.read(name)))
            found = [one for name in texts for one in _Part(TEXT, charts, comments).passages(package.read(name))]
            around = {one for name in edges for one in _Part(EDGE, {}, {}).passages(package.read(name))}
            left = [WordPassage(COMMENT, text) for text in comments.values()]
            return [*found, *left, *sorted(around)]  # each program has its own number and order of these parts
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReleaseError("word-not-readable", file=file) from error


def without_blanks(text: str) -> str:
    """Programs set, and break, blanks as they like: they count for nothing in Chinese text."""
    return "".join(text.translate(_UNSEEN).split())


class _Part:
    """One part of a document on its way to passages: what is open or found while its paragraphs are read one by one."""

    def __init__(self, kind: str, charts: dict[str, WordChart], comments: dict[str, str]) -> None:
        self._kind, self._charts, self._comments = kind, charts, comments  # of these, those not yet met
        self._fields: list[str] = []  # the instructions of the fields that are open, the innermost last
        self._beside: list[WordPassage] = []
        self._taken_back: dict[str, str] = {}

    def passages(self, part: bytes) -> Iterator[WordPassage]:
        """What the paragraphs say, one after another."""
        root = _parsed(part)
        columns, before = _columns(root), ""
        for paragraph in root.iter(f"{_W}p"):
            if any(one.tag in _UNSAID for one in paragraph.iterancestors()):
                continue
            said = before + "".join(self._said(paragraph))
            if _is_listing(paragraph):  # read all the same: fields begin and end in it
                continue
            before = said if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None else ""
            yield from self._before()
            if (text := without_blanks(said)) and not before:
                cell = next(paragraph.iterancestors(f"{_W}tc"), None)
                yield WordPassage(self._kind, text) if cell is None else WordPassage(CELL, text, columns.get(cell, ""))
        if text := without_blanks(before):
            yield WordPassage(self._kind, text)

    def _before(self) -> Iterator[WordPassage]:
        """What is told ahead of a paragraph: its pictures, charts and comments, its words that are hidden or struck through."""
        taken_back = ((kind, without_blanks(words)) for kind, words in self._taken_back.items())
        yield from (*self._beside, *(WordPassage(kind, words) for kind, words in taken_back if words))
        self._beside, self._taken_back = [], {}

    def _said(self, element: _Element) -> Iterator[str]:
        """What stands in a paragraph itself, not in a text box of its."""
        for child in element:
            if child.tag in _UNSAID or child.tag == f"{_W}p":
                continue
            if child.tag in _SAID:
                yield "" if any(map(_is_worked_out, self._fields)) else child.text or ""
            elif child.tag in _BLANKS:
                yield " "
            elif child.tag == f"{_W}noBreakHyphen":
                yield "-"
            elif child.tag == f"{_W}fldChar":
                self._mark(str(child.get(f"{_W}fldCharType")))
            elif child.tag == f"{_W}instrText" and self._fields:
                self._fields[-1] += child.text or ""
            elif child.tag == f"{_W}fldSimple" and _is_worked_out(child.get(f"{_W}instr") or ""):
                continue
            elif child.tag == f"{_W}drawing" and (chart := self._charts.get(chart_in(child))):
                self._beside.append(WordPassage(PICTURE, without_blanks(chart.said), points=chart.points))
            elif str(child.tag).endswith("}docPr") and child.get("descr"):
                self._beside.append(WordPassage(PICTURE, without_blanks(str(child.get("descr")))))
            elif child.tag == f"{_W}commentReference" and (text := self._comments.pop(str(child.get(f"{_W}id")), "")):
                self._beside.append(WordPassage(COMMENT, text))
            elif child.tag == f"{_W}r" and (kind := _taken_back(child)):
                self._taken_back[kind] = self._taken_back.get(kind, "") + "".join(self._said(child))
            else:
                yield from self._said(child)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()


def _parsed(part: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _comments(part: bytes) -> Iterator[tuple[str, str]]:
    """Each comment's number, by which the text refers to it, and what it says."""
    for one in _parsed(part).iter(f"{_W}comment"):
        if text := without_blanks("".join(said.text or "" for said in one.iter(f"{_W}t"))):
            yield str(one.get(f"{_W}id")), text


def _is_worked_out(instruction: str) -> bool:
    return instruction.split()[:1] != [] and instruction.split()[0].upper() in _WORKED_OUT


def _taken_back(run: _Element) -> str:
    """Whether its words are hidden or struck through; "" where they count."""
    for name, kind in _TAKEN_BACK.items():
        mark = run.find(f"{_W}rPr/{_W}{name}")
        if mark is not None and mark.get(f"{_W}val") not in _OFF:
            return kind
    return ""


def _is_listing(paragraph: _Element) -> bool:
    """Whether it is a line of the 目录, which Word makes of the headings."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and str(style.get(f"{_W}val")).startswith(_LISTINGS)


def _columns(root: _Element) -> dict[_Element, str]:
    """Each cell of a table → what its first row says over it."""
    found: dict[_Element, str] = {}
    for table in root.iter(f"{_W}tbl"):
        heads: list[str] = []
        for row in table.iterchildren(f"{_W}tr"):
            cells = [(cell, _span(cell)) for cell in row.iterchildren(f"{_W}tc")]
            heads = heads or [_head(cell) for cell, span in cells for _ in range(span)]
            at = 0
            for cell, span in cells:
                found[cell] = heads[at] if at < len(heads) else ""
                at += span
    return found


def _head(cell: _Element) -> str:
    return without_blanks("".join(one.text or "" for one in cell.iter(f"{_W}t")))


def _span(cell: _Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    said = "" if span is None else str(span.get(f"{_W}val"))
    return min(int(said), 1000) if said.isdecimal() else 1
