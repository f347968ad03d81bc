"""The words of a report, taken from its page: what its other forms must say too."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import lxml.html


def squeezed(text: str) -> str:
    """Without white space and page numbers, so that line and page breaks do not part a name."""
    return re.sub(r"\s", "", re.sub(r"—\s*\d+\s*—", "", text))


@dataclass(frozen=True)
class Words:
    """Headings with their level, captions, cells of tables, and figures as printed, each in the report's order."""

    headings: list[tuple[int, str]]
    captions: list[str]
    cells: list[str]
    figures: list[str]

    @classmethod
    def of(cls, report: Path) -> "Words":
        article = lxml.html.parse(str(report / "report.html")).getroot().find_class("report")[0]
        headings = [(int(one.tag[1]), squeezed(one.text_content())) for one in article.iter("h1", "h2", "h3", "h4")]
        captions = [squeezed(one.text_content()) for one in article.iter("figcaption")]
        cells = [squeezed(one.text_content()) for one in article.iter("th", "td")]
        with (report / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
            return cls(headings, captions, cells, [squeezed(row["printed"]) for row in csv.DictReader(file)])

    def unread(self, text: str) -> list[str]:
        """Those that a form's text does not hold; headings must also come in order."""
        text, place, lost = squeezed(text), 0, []
        for _, heading in self.headings:
            found = text.find(heading, place)
            lost += [heading] * (found < 0)
            place = max(place, found)
        return [*lost, *(word for word in [*self.captions, *self.cells, *self.figures] if word not in text)]
