"""What a report is about: a year, a half-year, a quarter, a month, or the months of a year up to one."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, total_ordering
from pathlib import Path
from typing import NamedTuple

from .errors import UnknownPeriod
from .findings import Nearest


class Kind(NamedTuple):
    """How long the periods of a kind are, and what a report calls its own figures and those it compares them with."""

    months: int
    current: str = "本期"
    before: str = "上期"
    year_ago: str = "上年同期"


KINDS = {
    "year": Kind(12, "本年", "上年", "上年"),
    "half": Kind(6),
    "quarter": Kind(3, "本季度", "上季度"),
    "month": Kind(1, "本月", "上月"),
    "months": Kind(1),  # how much longer it is than the one up to the month before
}
EXAMPLES = ("2021", "2021H1", "2021Q3", "2021-03", "2021-01..09")
_WRITTEN = re.compile(
    r"(?P<year>[1-9]\d{3})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2])|-01\.\.(?P<months>0[2-9]|1[0-2]))?"
)
_MEANT = (  # compiled where it is asked for: every command loads this module
    r"(?P<year>[1-9]\d{3})(?:年?度?|"
    r"年?[-_/]?(?:[hH](?P<half>[12])(?:半年)?|(?P<half_word>[上下])半年?)|"
    r"年?[-_/]?(?:[qQ](?P<quarter>[1-4])|第?(?P<quarter_word>[一二三四1-4])季度?)|"
    r"(?:年|[-_/.]?)(?P<month>\d{1,2})(?:月份?)?|"
    r"(?:年0?1月?(?:[-—–~至到]{1,2}|\.{2,3})|[-.]0?1\.{2,3})(?P<months>\d{1,2})(?:月份?)?)"
)
_HALVES, _QUARTERS = "上下", "一二三四"


@total_ordering
@dataclass(frozen=True)
class Period:
    """The ``number``-th period of its kind in a year: ``2021H1``; in time by their ends, a month before its quarter."""

    kind: str
    year: int
    number: int

    @classmethod
    def parse(cls, text: str | Period) -> Period:
        """Read ``2021``, ``2021H1``, ``2021Q3``, ``2021-03`` or ``2021-01..09``.

        Raises:
            UnknownPeriod: the text is none of these.
        """
        if isinstance(text, Period):
            return text
        found = cls.named(str(text))
        if found is None:
            meant = cls.meant(str(text))
            raise UnknownPeriod("period", value=str(text), allowed=EXAMPLES, nearest=Nearest(str(meant or "")))
        return found

    @classmethod
    def named(cls, text: str) -> Period | None:
        """The period that a folder of that name is of, None where it is of none."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            return None
        kind = str(match.lastgroup)
        return cls(kind, int(match["year"]), 1 if kind == "year" else int(match[kind]))

    @classmethod
    def meant(cls, text: str) -> Period | None:
        """What ``2021h1``, ``2021年上半年`` or ``2021年1-9月`` was meant to be, None where that is not plain."""
        import unicodedata

        match = re.fullmatch(_MEANT, re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
        if match is None:
            return None
        kind, _, in_words = str(match.lastgroup).partition("_")
        said = "1" if kind == "year" else match[str(match.lastgroup)]
        number = f"{_HALVES if kind == 'half' else _QUARTERS}".find(said) + 1 if in_words else 0
        year = int(match["year"])
        written = {"month": f"{year}-{said:>02}", "months": f"{year}-01..{said:>02}"}.get(kind)
        return cls.named(written) if written else cls(kind, year, number or int(said))

    def __str__(self) -> str:
        written = {"half": "H{}", "quarter": "Q{}", "month": "-{:02}", "months": "-01..{:02}"}.get(self.kind, "")
        return f"{self.year}{written.format(self.number)}"

    def __lt__(self, other: Period) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._order < other._order

    @cached_property
    def _order(self) -> tuple[date, int, int]:
        return self.last, -self.first.toordinal(), -list(KINDS).index(self.kind)

    @property
    def label(self) -> str:
        """The period as the report says it: 2021年上半年, 2021年1—9月."""
        return f"{self.year}年{self._in_year}"

    @property
    def _in_year(self) -> str:
        if self.kind == "half":
            return f"{_HALVES[self.number - 1]}半年"
        if self.kind == "quarter":
            return f"第{_QUARTERS[self.number - 1]}季度"
        return "" if self.kind == "year" else self.months

    @property
    def months(self) -> str:
        """Its months without the year: 1—6月, 3月."""
        first, last = self.first.month, self.last.month
        return f"{last}月" if first == last else f"{first}—{last}月"

    @property
    def months_within(self) -> tuple[Period, ...]:
        """The months that it is made of; a month of none."""
        own = () if self.kind == "month" else range(self.first.month, self.last.month + 1)
        return tuple(Period("month", self.year, number) for number in own)

    @property
    def first(self) -> date:
        """Its first day."""
        length = KINDS[self.kind].months
        return date(self.year, 1 if self.kind == "months" else length * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = KINDS[self.kind].months * self.number
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def previous(self) -> Period | None:
        """The one before (环比); none of months up to one, which overlap."""
        if self.kind == "months":
            return None
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, 12 // KINDS[self.kind].months)

    @property
    def year_before(self) -> Period:
        """The same of the year before (同比)."""
        return Period(self.kind, self.year - 1, self.number)

    @property
    def base(self) -> Period:
        """The one whose figures stand under 上期值: that before, or that of the year before where those before overlap."""
        return self.previous or self.year_before

    @property
    def bases(self) -> dict[str, Period]:
        """What its figures are compared with, as 环比 and as 同比; what lies before a year lies a year before, once."""
        found = {"环比": self.previous, "同比": self.year_before}
        return {kind: base for kind, base in found.items() if base and (kind == "同比" or base != self.year_before)}

    @property
    def called(self) -> Kind:
        """What a report calls its own figures and those they are compared with: 本月, 上月, 上年同期."""
        return KINDS[self.kind]

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def named_by(folder: Path) -> str:
    """The period a folder of outputs is named by, for messages; PERIOD where its name is none."""
    return folder.name if Period.named(folder.name) else "PERIOD"
