"""One thing wrong in the data: where, what was found, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .messages import catalogue, shown

ERROR, WARNING = "error", "warning"
_MOST_RANGES = 6


@dataclass(frozen=True)
class Problem:
    """One fault, told once however many cells of a column share it.

    ``file`` is relative to the period's folder (``tables/indicators.csv``, ``tables.xlsx``), ``sheet`` the sheet's
    name, ``rows`` and ``column`` (its letter) are as Excel shows them, ``heading`` is the column's, ``value``
    what was found, ``severity`` error or warning, ``params`` what the message of ``code`` needs besides.
    """

    file: str
    code: str
    sheet: str = ""
    rows: tuple[int, ...] = ()
    column: str = ""
    heading: str = ""
    value: str = ""
    severity: str = ""
    params: dict[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not self.severity:
            object.__setattr__(self, "severity", catalogue()[self.code].severity)

    @property
    def row(self) -> int:
        """The first row, or 0 where the whole file or column is meant."""
        return self.rows[0] if self.rows else 0

    @property
    def place(self) -> str:
        """Where, as Excel writes it (``tables/indicators.csv!E7``, ``tables.xlsx 指标!E7,E9:E12``) or editors: ``prose/a.md:3``."""
        if self.file.endswith(".md"):
            return f"{self.file}:{self.row}" if self.row else self.file
        cells = self._cells()
        return f"{self.file}{' ' + self.sheet if self.sheet else ''}{'!' + cells if cells else ''}"

    def text(self, lang: str = "en") -> str:
        """The whole message in ``zh`` or ``en``."""
        words = [self.place, self.heading, shown(self.value, lang) if self.value else ""]
        colon = "：" if lang == "zh" else ": "
        return " ".join(filter(None, words)) + colon + catalogue()[self.code].text(lang, self.params)

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json``: the fields, and the message under ``message``."""
        return {
            "severity": self.severity,
            "code": self.code,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "rows": list(self.rows),
            "column": self.column,
            "heading": self.heading,
            "value": self.value,
            "place": self.place,
            "message": self.text(lang),
        }

    def _cells(self) -> str:
        if not self.rows:
            return self.column
        if not self.column:
            return f"{self.rows[0]}:{self.rows[-1]}"
        ranges = list(_ranges(self.rows))
        named = [
            f"{self.column}{first}" if first == last else f"{self.column}{first}:{self.column}{last}"
            for first, last in ranges[:_MOST_RANGES]
        ]
        return ",".join(named) + (f",…({len(self.rows)})" if len(ranges) > _MOST_RANGES else "")


def letter(index: int) -> str:
    """The letters Excel shows over the column of that index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _ranges(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Neighbouring rows together: the first and the last of each run."""
    first = last = None
    for row in rows:
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None:
            yield first, last
        first = last = row
    if first is not None:
        yield first, last
