"""A date that remembers where it came from."""

from __future__ import annotations

from .element import fact_element
from .printed import seen
from .sources import Sources
from .when import When


class DateFact:
    """A date in the report and the cell that states it; printed as the report writes dates: 2021年6月29日."""

    __slots__ = ("sources", "when")

    def __init__(self, when: When, sources: Sources) -> None:
        self.when, self.sources = when, sources

    def __str__(self) -> str:
        return str(self.when)

    def __repr__(self) -> str:
        return f"<DateFact {self!s} from {self.sources}>"

    def __bool__(self) -> bool:
        return bool(str(self.when))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateFact) and self.when == other.when

    def __lt__(self, other: DateFact) -> bool:
        return self.when < other.when

    def __hash__(self) -> int:
        return hash(self.when)

    def __format__(self, spec: str) -> str:
        return fact_element(str(self.when), self.when.value, self.sources) if self else ""

    def _repr_html_(self) -> str:
        return seen(format(self, ""))
