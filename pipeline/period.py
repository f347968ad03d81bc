"""The half-year a report is about."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .errors import UnknownPeriod
from .findings import Nearest

_WRITTEN = re.compile(r"(\d{4})H([12])")
_MEANT = re.compile(r"(\d{4})\s*年?\s*[-_/]?\s*[hH]?\s*([12上下])(?:半年)?")


@dataclass(frozen=True, order=True)
class Period:
    """One half-year, written ``2021H1``; ordered in time."""

    year: int
    half: int

    @classmethod
    def parse(cls, text: str | Period) -> Period:
        """Read ``2021H1``.

        Raises:
            UnknownPeriod: the text is not a year of four digits, an H and 1 or 2.
        """
        if isinstance(text, Period):
            return text
        match = _WRITTEN.fullmatch(str(text))
        if match is None or match[1] == "0000":
            meant = cls.meant(str(text))
            raise UnknownPeriod("period", value=str(text), nearest=Nearest(meant or ""))
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def meant(cls, text: str) -> Period | None:
        """The half-year that ``2021h1``, ``2021-H1`` or ``2021年上半年`` was meant to be, None where that is not plain."""
        match = _MEANT.fullmatch(text.strip())
        if match is None or int(match[1]) == 0:
            return None
        return cls(int(match[1]), {"上": 1, "下": 2}.get(match[2]) or int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}H{self.half}"

    @property
    def label(self) -> str:
        """The half-year as the report says it: 2021年上半年."""
        return f"{self.year}年{'上' if self.half == 1 else '下'}半年"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = 6 if self.half == 1 else 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def previous(self) -> Period:
        """The half-year before (环比)."""
        return Period(self.year, 1) if self.half == 2 else Period(self.year - 1, 2)

    @property
    def year_before(self) -> Period:
        """The same half of the year before (同比)."""
        return Period(self.year - 1, self.half)

    @property
    def next(self) -> Period:
        """The half-year after."""
        return Period(self.year, 2) if self.half == 1 else Period(self.year + 1, 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def named_by(folder: Path) -> str:
    """The half-year a folder of outputs is named by, for messages; PERIOD where its name is none."""
    return folder.name if _WRITTEN.fullmatch(folder.name) else "PERIOD"
