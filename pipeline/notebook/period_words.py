"""The period as prose says it."""

from __future__ import annotations

from ..facts import When
from ..period import Period


class PeriodWords(str):
    """``{{ period }}``: 2021年上半年. Its parts are words too: ``{{ period.year }}``, ``{{ period.months }}``."""

    def __new__(cls, period: Period) -> PeriodWords:
        self = super().__new__(cls, period.label)
        self._period = period
        return self

    _period: Period

    @property
    def year(self) -> str:
        """2021."""
        return str(self._period.year)

    @property
    def part(self) -> str:
        """The period without its year: 上半年, 第三季度, 1—9月; of a year nothing."""
        return self._period.label.removeprefix(f"{self._period.year}年")

    @property
    def months(self) -> str:
        """1—6月; of a month 3月."""
        return self._period.months

    @property
    def first_day(self) -> str:
        """2021年1月1日."""
        return str(When.parse(self._period.first))

    @property
    def last_day(self) -> str:
        """2021年6月30日."""
        return str(When.parse(self._period.last))

    @property
    def previous(self) -> PeriodWords | str:
        """The period before, with parts of its own; nothing for months up to one."""
        return PeriodWords(self._period.previous) if self._period.previous else ""

    @property
    def year_before(self) -> PeriodWords:
        """The same of the year before, with parts of its own."""
        return PeriodWords(self._period.year_before)

    @property
    def current(self) -> str:
        """What the report calls it: 本期, 本月."""
        return self._period.called.current
