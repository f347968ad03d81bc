"""A number that remembers where it came from.

A fact behaves as a number in pandas and plain Python (``frame["数"].sum()``, ``refused / accepted``), and
an f-string words it for the report: ``f"办件量{handled}"`` gives the number inside a ``<data class="fact">``
element with its sources, and its unit behind it.
"""

from __future__ import annotations

import math
import operator
import re
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import TYPE_CHECKING

from ..errors import FactError
from .quantity import Quantity
from .sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .when import When

_SPEC = re.compile(r"(?P<bare>n?)(?:\.(?P<decimals>\d+)(?P<kind>[f%]))?")
_HUNDRED = Decimal(100)
_POINTS = {"%": "百分点", "‰": "千分点"}  # two rates differ in points


def element(printed: str, value: str, sources: Sources, *, derivation: str = "", qualifier: str = "") -> str:
    """The ``<data>`` element in which a fact stands in the document (docs/design.md)."""
    extra = f' data-derivation="{derivation}"' if derivation else ""
    extra += f' data-qualifier="{qualifier}"' if qualifier else ""
    return f'<data class="fact" value="{value}" data-source="{escape(str(sources))}"{extra}>{escape(printed)}</data>'


class Fact:
    """One figure of the report: a quantity as stated or calculated, and the ledger cells behind it.

    ``derivation`` is "" for a figure as stated, else how it was calculated: sum, difference, product,
    ratio, share, change, count. A blank, ``/`` or 不适用 cell is a fact without value: it adds nothing
    to a sum, as pandas treats a missing number, and cannot be divided.
    """

    __slots__ = ("derivation", "quantity", "sources")

    def __init__(self, quantity: Quantity, sources: Sources, derivation: str = "") -> None:
        self.quantity, self.sources, self.derivation = quantity, sources, derivation

    @property
    def stated(self) -> bool:
        """Whether there is a number: false for blank, ``/`` and 不适用."""
        return self.quantity.value is not None

    @property
    def value(self) -> Decimal:
        """The number in units of one (3.4万 is 34000).

        Raises:
            FactError: there is none.
        """
        if self.quantity.value is None:
            msg = f"{self.sources or 'a fact'} states no number ({self.quantity.state}); fill it in, or test .stated first"
            raise FactError(msg)
        return self.quantity.value

    @property
    def unit(self) -> str:
        """The unit as stated: 件, 人次, %."""
        return self.quantity.unit

    # -- as a number ---------------------------------------------------------------------------------

    def __float__(self) -> float:
        return float(self.quantity.value) if self.stated else math.nan

    def __int__(self) -> int:
        return int(self.value)

    def __bool__(self) -> bool:
        return bool(self.quantity.value)

    def __eq__(self, other: object) -> bool:
        number = _number(other)
        return self.quantity.value == number if number is not None else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compared(other, operator.ge)

    def _compared(self, other: object, holds: Callable[[Decimal, Decimal], bool]) -> bool:
        """Like a missing number, a fact without value is neither smaller nor greater than anything."""
        if isinstance(other, Fact) and not other.stated:
            return False
        number = _number(other)
        if number is None:
            return NotImplemented
        return self.stated and holds(self.value, number)

    def __hash__(self) -> int:
        return hash(self.quantity.value)

    def __add__(self, other: object) -> Fact:
        return self._combined(other, 1, "sum")

    __radd__ = __add__

    def __sub__(self, other: object) -> Fact:
        return self._combined(other, -1, "difference")

    def __mul__(self, other: object) -> Fact:
        number = _number(other)
        if number is None:
            return NotImplemented
        return self._derived(self.value * number, other, "product", unit=self.unit or getattr(other, "unit", ""))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Fact:
        number = _number(other)
        if number is None:
            return NotImplemented
        if not number:
            msg = f"{self!s} cannot be divided by zero ({getattr(other, 'sources', other)}); say 无可比基数 instead"
            raise FactError(msg)
        unit = self.unit if not isinstance(other, Fact) else ""
        return self._derived(self.value / number, other, "ratio", unit=unit)

    def __neg__(self) -> Fact:
        return self._derived(-self.value, None, self.derivation or "difference", unit=self.unit)

    def __abs__(self) -> Fact:
        return self if self.value >= 0 else self._derived(-self.value, None, self.derivation, unit=self.unit)

    def _combined(self, other: object, sign: int, derivation: str) -> Fact:
        if not isinstance(other, Fact):
            if other == 0:  # sum() starts from 0
                return self
            return NotImplemented
        if not (self.stated and other.stated):
            return self if self.stated or not other.stated else (other if sign > 0 else -other)
        if self.unit and other.unit and self.unit != other.unit:
            msg = (
                f"{self!s} and {other!s} have different units, {self.unit} and {other.unit}; convert one before adding"
            )
            raise FactError(msg)
        unit = self.unit or other.unit
        if sign < 0:
            unit = _POINTS.get(unit, unit)
        return self._derived(self.value + sign * other.value, other, derivation, unit=unit)

    def _derived(self, value: Decimal, other: object, derivation: str, *, unit: str) -> Fact:
        parents = [self, other] if isinstance(other, Fact) else [self]
        qualifiers = {parent.quantity.qualifier for parent in parents} - {""}
        qualifier = qualifiers.pop() if len(qualifiers) == 1 else ("约" if qualifiers else "")
        sources = self.sources | other.sources if isinstance(other, Fact) else self.sources
        exponent = value.normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        return Fact(Quantity(value=value, unit=unit, qualifier=qualifier, decimals=decimals), sources, derivation)

    # -- as words ------------------------------------------------------------------------------------

    def __str__(self) -> str:
        """As a reader sees it, without markup: 10余次."""
        return str(self.quantity)

    def __repr__(self) -> str:
        return f"<Fact {self!s} from {self.sources}>"

    def __format__(self, spec: str) -> str:
        """The fact as it stands in the document.

        ``{x}`` number and unit, ``{x:n}`` the number alone (for a table whose head gives the unit), ``{x:.1f}``
        rounded half up, ``{x:.1%}`` a ratio as a percentage.

        Raises:
            FactError: the fact states no number, or the format is none of these.
        """
        match = _SPEC.fullmatch(spec)
        if match is None:
            msg = f"{spec!r} does not format a fact; allowed: nothing, n, .1f, .1%, n.1f"
            raise FactError(msg)
        quantity = self.quantity
        if self.value is not None and match["kind"]:
            quantity = quantity_rounded(quantity, int(match["decimals"]), percent=match["kind"] == "%")
        printed = element(
            quantity.number, quantity.plain, self.sources, derivation=self.derivation, qualifier=quantity.qualifier
        )
        return printed if match["bare"] else printed + escape(quantity.tail)

    def _repr_html_(self) -> str:
        return format(self, "")


def quantity_rounded(quantity: Quantity, decimals: int, *, percent: bool = False) -> Quantity:
    """``quantity`` to so many decimals, half up (四舍五入); with ``percent`` a ratio becomes so many %."""
    value = (quantity.value or Decimal(0)) * (_HUNDRED if percent else 1)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    unit = "%" if percent else quantity.unit
    return Quantity(value=rounded, unit=unit, qualifier=quantity.qualifier, decimals=decimals)


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
        return element(str(self.when), self.when.value, self.sources) if self else ""

    def _repr_html_(self) -> str:
        return format(self, "")


def share(part: Fact, whole: Fact, decimals: int = 1) -> Fact:
    """What part of ``whole`` is ``part``, in %, rounded half up.

    Raises:
        FactError: one of them states no number, or the whole is zero.
    """
    ratio = part / whole
    return Fact(quantity_rounded(ratio.quantity, decimals, percent=True), ratio.sources, "share")


def count(sources: Iterable[Sources], unit: str) -> Fact:
    """How many records there are: one source each, the record's own row."""
    rows = list(sources)
    return Fact(Quantity(value=Decimal(len(rows)), unit=unit), Sources(parts=tuple(rows)), "count")


def _number(other: object) -> Decimal | None:
    if isinstance(other, Fact):
        return other.value if other.stated else None
    if isinstance(other, bool) or not isinstance(other, int | float | Decimal):
        return None
    return Decimal(str(other))
