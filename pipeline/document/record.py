"""The document is its own record: facts read back from the finished HTML."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import FactError
from ..period import named_by
from .carried import facts_carried_by
from .elements import wrap
from .passages import Passage, read_passages

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FACTS = "facts.csv"
FORMAT = 1  # of facts.csv: raised where a reader of the number below could misread a column
_FORMAT_COLUMN, _LATER = "format", ("cells",)  # columns that came after the first version


@dataclass(frozen=True)
class RecordedFact:
    """One fact of a document: a ``<data class="fact">``, or one that a chart carries.

    ``number`` counts from 1 through the report; ``section`` is the section's name and ``place`` where in it (第3段,
    表1“一业一证”行“办件量”列, 图1); ``printed`` what the reader sees and ``context`` the paragraph, cell or caption
    around it; ``value`` the canonical number or date; ``sources`` the ledger cells, as
    ``tables/a.csv#row=2;col=数值`` with blanks between, and ``cells`` the same as people write them: 指标!E2.
    """

    number: int
    section: str
    place: str
    printed: str
    value: str
    qualifier: str
    derivation: str
    sources: str
    context: str
    cells: str = ""


def read_facts(html: str) -> list[RecordedFact]:
    """Every fact of an HTML report, in reading order."""
    found = [fact for passage in read_passages(html) for fact in _facts(passage)]
    return [RecordedFact(number, *fact) for number, fact in enumerate(found, 1)]


def _facts(passage: Passage) -> Iterator[tuple[str, ...]]:
    place = passage.place
    if place.kind == "chart":
        yield from ((place.section, place.text(), *fact, "") for fact in passage.carried)
    for mark in passage.marks:
        if mark.kind == "fact":
            said = (
                mark.attributes.get(name, "") for name in ("value", "data-qualifier", "data-derivation", "data-source")
            )
            yield (place.section, place.text(), passage.text[mark.start : mark.end], *said, passage.text)


def write_facts(facts: list[RecordedFact], file: Path) -> None:
    """Write ``facts.csv``: UTF-8 with BOM, so that Excel and WPS read the Chinese by double click."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*(field.name for field in fields(RecordedFact)), _FORMAT_COLUMN])
        writer.writerows((*astuple(fact), FORMAT) for fact in facts)


def load_facts(file: Path) -> list[RecordedFact]:
    """Read back what ``write_facts`` wrote.

    A file of an earlier version may lack the columns that came later, one without a format number is as the first.

    Raises:
        FactError: the file is missing, lacks columns, or is of a format that only a later version knows.
    """
    names = [field.name for field in fields(RecordedFact)]
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            rows, there = list(reader), list(reader.fieldnames or ())
    except FileNotFoundError:
        raise FactError("facts-missing", file=file, period=named_by(file.parent)) from None
    if not {*names} - {*_LATER} <= {*there}:
        raise FactError("facts-columns", file=file, found=there or "—", allowed=names)
    if any(row.get(_FORMAT_COLUMN) not in (None, "", str(FORMAT)) for row in rows):
        raise FactError("facts-newer", file=file)
    return [RecordedFact(int(row["number"]), *(row.get(name, "") for name in names[1:])) for row in rows]


def link_facts(article: HtmlElement) -> None:
    """Lead from each fact to its row in the list of sources, and from the row back, by plain links.

    A row is ``<tr data-fact="12 13">``, 12 and 13 being the numbers of its facts. A fact with a row gets the id
    ``fact-12`` and stands in a link to the row, whose id is ``source-12`` after its first fact; ``<span
    data-fact="12">`` in it stands in a link back (to the chart's figure for a fact that a chart carries). A document
    without such rows stays as it is.
    """
    rows = {number: row for row in article.iter("tr") for number in row.get("data-fact", "").split()}
    shown = {span.get("data-fact", ""): span for span in article.iter("span") if span.get("data-fact")}
    for number, element in _numbered(article) if rows else ():
        row = rows.get(str(number))
        if row is None or next(element.iterancestors("a"), None) is not None:
            continue
        row.set("id", f"source-{row.get('data-fact', '').split()[0]}")
        if element.tag == "data":
            element.set("id", f"fact-{number}")
            wrap(element, element.makeelement("a", {"class": "to-source", "href": f"#{row.get('id')}"}))
        if str(number) in shown:
            wrap(shown[str(number)], row.makeelement("a", {"class": "to-fact", "href": f"#{element.get('id')}"}))


class Anchor(NamedTuple):
    """An id of a page that leads to a fact; of two the smaller leads closer: ``steps`` is 0 for the fact itself, 1 for
    its table or chart, 2 for the heading that it stands under."""

    steps: int
    id: str


def anchors(page: str) -> dict[int, Anchor]:
    """Where a link to each fact of an HTML page can lead, by the fact's number; facts before any id have none."""
    from lxml import html as parser

    root = parser.document_fromstring(page, parser=parser.HTMLParser(huge_tree=True, encoding=None))
    found = {number: _anchor(element) for number, element in _numbered(root)}
    return {number: anchor for number, anchor in found.items() if anchor}


def _anchor(element: HtmlElement) -> Anchor | None:
    name = element.get("id")
    if element.tag == "data" and name:
        return Anchor(0, name)
    figures = element.xpath("ancestor-or-self::figure[@id][1]/@id")
    if figures:
        return Anchor(1, figures[0])
    headings = element.xpath("preceding::*[self::h2 or self::h3 or self::h4][@id][1]/@id")
    return Anchor(2, headings[0]) if headings else None


def _numbered(article: HtmlElement) -> Iterator[tuple[int, HtmlElement]]:
    """Each fact's number and the element it stands in, numbered as ``read_facts`` does."""
    number = 0
    for element in list(article.iter("data", "figure")):
        if element.tag == "data" and "fact" in element.get("class", "").split():
            number += 1
            yield number, element
        elif element.tag == "figure":
            for _ in facts_carried_by(element):
                number += 1
                yield number, element
