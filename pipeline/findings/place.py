"""Where something is wrong: in cells, a line, a setting, a notebook's cell, a passage of the report, a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from .catalogue import Said
from .words import LANGUAGES, Words, shown

_MOST_RANGES = 6
_NO_WORDS = Words("", "")


class Place(NamedTuple):
    """Where; what does not apply is left empty.

    ``file`` is what the reader calls it (``tables/indicators.csv``, ``tables.xlsx``, ``report.pdf``) with, for cells, the
    ``sheet``'s name, the ``rows`` and the ``column`` (its letter) as Excel shows them and the column's ``heading``; for
    lines of text or of a notebook's cell the ``line``; for settings the ``key``. In a report it is the ``section``'s name and its ``title``, the
    number of the ``cell`` in its notebook (0: unknown), and the ``passage`` in words.
    """

    file: str = ""
    sheet: str = ""
    rows: tuple[int, ...] = ()
    column: str = ""
    heading: str = ""
    line: int = 0
    key: str = ""
    section: str = ""
    title: str = ""
    cell: int = 0
    passage: Words | Said = _NO_WORDS

    @property
    def row(self) -> int:
        """The first row, or the line; 0 where the whole file or column is meant."""
        return self.rows[0] if self.rows else self.line

    @property
    def address(self) -> str:
        """In a file: as Excel writes it (``tables.xlsx 指标!E7,E9:E12``) or editors do (``prose/a.md:3``)."""
        if self.line and not self.cell:
            return f"{self.file}:{self.line}"
        cells = self._cells()
        return f"{self.file}{' ' + self.sheet if self.sheet else ''}{'!' + cells if cells else ''}"

    def name(self, lang: str = "en") -> str:
        """The address in a file; in a report the passage, without its section."""
        return self.address or self.passage.text(lang)

    def text(self, lang: str = "en") -> str:
        """The whole place: ``tables/indicators.csv!E7 数值``, ``reform, cell 7, paragraph 3``, ``改革创新，第7单元格，第3段``."""
        zh = lang == "zh"
        section = (self.title or self.section) if zh else self.section
        cell = Said("nth-cell", number=self.cell).text(lang) if self.cell else ""
        line = Said("nth-line", number=self.line).text(lang) if self.cell and self.line else ""
        steps = ("，" if zh else ", ").join(filter(None, (section, self.address, cell, line, self.passage.text(lang))))
        return " ".join(filter(None, (steps, self.heading, shown(self.key, lang) if self.key else "")))

    def __str__(self) -> str:
        return self.name()

    def as_kept(self) -> dict[str, Any]:
        """What is not empty, for JSON; :meth:`of_kept` reads it again."""
        kept = {name: value for name, value in self._asdict().items() if value != self._field_defaults[name]}
        return kept | ({"passage": [self.passage.text(lang) for lang in LANGUAGES]} if "passage" in kept else {})

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> Place:
        """The place that :meth:`as_kept` wrote down."""
        read: dict[str, Callable[[Any], Any]] = {"rows": tuple, "passage": lambda pair: Words(*pair)}
        return cls(**{name: read.get(name, lambda value: value)(value) for name, value in kept.items()})

    def _cells(self) -> str:
        if not self.rows:
            return self.column
        ranges = list(_ranges(self.rows))
        named = [
            f"{self.column}{first}" if first == last and self.column else f"{self.column}{first}:{self.column}{last}"
            for first, last in ranges[:_MOST_RANGES]
        ]
        return ",".join(named) + (f",…({len(self.rows)})" if len(ranges) > _MOST_RANGES else "")


NOWHERE = Place()


def letter(index: int) -> str:
    """The letters Excel shows over the column of that index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _ranges(rows: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Neighbouring rows together: the first and the last of each run."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
