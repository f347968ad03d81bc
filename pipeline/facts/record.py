"""The document is its own record: facts read back from the finished HTML."""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = {"p", "li", "td", "th", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt"}


@dataclass(frozen=True)
class RecordedFact:
    """One ``<data class="fact">`` of a document.

    ``number`` counts from 1 through the report; ``section`` is the section's name; ``printed`` what the reader
    sees and ``context`` the paragraph, cell or caption around it; ``value`` the canonical number or date;
    ``sources`` the ledger cells, as ``tables/a.csv#row=2;col=数值`` with blanks between.
    """

    number: int
    section: str
    printed: str
    value: str
    qualifier: str
    derivation: str
    sources: str
    context: str


def read_facts(html: str) -> list[RecordedFact]:
    """Every fact of an HTML report, in reading order."""
    from lxml import html as parser

    found = parser.document_fromstring(html).find_class("fact")
    return [
        RecordedFact(
            number=number,
            section=_section(fact),
            printed=fact.text_content(),
            value=fact.get("value", ""),
            qualifier=fact.get("data-qualifier", ""),
            derivation=fact.get("data-derivation", ""),
            sources=fact.get("data-source", ""),
            context=_context(fact),
        )
        for number, fact in enumerate(found, 1)
    ]


def _section(fact: HtmlElement) -> str:
    return next((e.get("id", "") for e in fact.iterancestors("section")), "")


def _context(fact: HtmlElement) -> str:
    block = next((e for e in fact.iterancestors() if e.tag in _BLOCKS), fact)
    return " ".join(block.text_content().split())


def write_facts(facts: list[RecordedFact], file: Path) -> None:
    """Write ``facts.csv``: UTF-8 with BOM, so that Excel and WPS read the Chinese by double click."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([field.name for field in fields(RecordedFact)])
        writer.writerows(map(astuple, facts))
