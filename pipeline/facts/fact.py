"""A number that remembers where it came from.

A fact behaves as a number in pandas and plain Python (``frame["数"].sum()``, ``refused / accepted``), and
an f-string words it for the report: ``f"办件量{handled}"`` gives the number inside a ``<data class="fact">``
element with its sources, and its unit behind it.
"""

from __future__ import annotations

import math
import operator
import re
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING

from ..errors import FactError
from ..findings import Said
from .element import fact_element
from .figure_text import decimals_needed
from .figure_words import NOTHING
from .printed import seen
from .quantity import Quantity
from .sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable

_SPEC = re.compile(
    rf"(?P<nothing>{'|'.join(NOTHING)})|(?P<worded>\+?)(?P<bare>n?)(?P<grouped>,?)(?:\.(?P<decimals>\d+)(?P<kind>[f%]))?"
)
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+(?!\d))(?<!\.\d)(?<!\.\d\d)(?<!\.\d\d\d)")  # not behind a decimal point
_HUNDRED = Decimal(100)
_ENDLESS = (math.inf, -math.inf)
RATES = frozenset({"share", "ratio", "product"})  # what is made of these is not told by its cells
_POINTS = {"%": "个百分点", "‰": "个千分点"}  # two rates differ in points


class Fact:
    """One figure of the report: a quantity as stated or calculated, and the ledger cells behind it.

    ``derivation`` is "" for a figure as stated, else how it was calculated: sum, difference, product,
    ratio, share, change, count. A blank, ``/`` or 不适用 cell is a fact without value: it adds nothing
    to a sum, as pandas leaves a missing number out, and what is subtracted from it, multiplied or divided has no
    value either.

    Example:
        >>> fact = reform.fact("一业一证", "办件量")
        >>> str(fact), fact.unit, fact.stated
        ('322件', '件', True)
        >>> say(f"办件量{fact}。")
        办件量322件。
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
            raise FactError("no-number", sources=self.sources or Said("a-fact"), state=self.quantity.state_in_words)
        return self.quantity.value

    @property
    def unit(self) -> str:
        """The unit as stated: 件, 人次, %."""
        return self.quantity.unit

    @property
    def worded(self) -> Fact:
        """A stated change with its direction in a word in place of its sign: 下降24.76%, 减少4件, 持平."""
        return Fact(self.quantity.worded, self.sources, self.derivation)

    # -- as a number ---------------------------------------------------------------------------------

    def __float__(self) -> float:
        return float(self.value) if self.stated else math.nan

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
        if _is_missing(other):
            return False
        number = Decimal(str(other)) if other in _ENDLESS else _number(other)
        if number is None:
            return NotImplemented  # type: ignore[no-any-return]  # an operator may answer so
        return self.stated and holds(self.value, number)

    def __hash__(self) -> int:
        return hash(self.quantity.value)

    def __add__(self, other: object) -> Fact:
        if not isinstance(other, Fact):
            return self._combined(other, 1)
        if not other.stated:
            return self
        return self._with_fact(other, 1) if self.stated else other

    __radd__ = __add__

    def __sub__(self, other: object) -> Fact:
        return self._combined(other, -1)

    def __rsub__(self, other: object) -> Fact:
        number = _number(other)
        if number is None:
            return self._without_number(other)
        if not (self.unit == "%" and number == _HUNDRED):  # 100 - 97.3%: what is left of the whole
            self._refuse_bare(other)
        return self._derived(lambda value: number - value, None, self.derivation, unit=self.unit)

    def __mul__(self, other: object) -> Fact:
        number = _number(other)
        if number is None:
            return self._without_number(other)
        return self._derived(
            lambda value: value * number, other, "product", unit=self.unit or getattr(other, "unit", "")
        )

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Fact:
        number = _number(other)
        if number is None:
            return self._without_number(other)
        if not number:
            raise FactError("division-by-zero", fact=str(self), sources=getattr(other, "sources", other))
        unit = self.unit if not isinstance(other, Fact) else ""
        return self._derived(lambda value: value / number, other, "ratio", unit=unit)

    def __neg__(self) -> Fact:
        return self._derived(lambda value: -value, None, self.derivation or "difference", unit=self.unit)

    def __pos__(self) -> Fact:
        return self

    def __abs__(self) -> Fact:
        return self if not self.stated or self.value >= 0 else -self

    def __round__(self, digits: int | None = None) -> Fact:
        """Rounded half up (四舍五入), as reports round; Python's own ``round`` would make 2 of 2.5."""
        return Fact(self.quantity.rounded(digits or 0), self.sources, self.derivation)

    def _combined(self, other: object, sign: int) -> Fact:
        if isinstance(other, Fact):
            return self._with_fact(other, sign)
        number = _number(other)
        if number is None:
            return self._without_number(other)
        if not number:  # sum() starts from 0
            return self
        self._refuse_bare(other)
        return self._derived(lambda value: value + sign * number, None, self.derivation, unit=self.unit)

    def _refuse_bare(self, number: object) -> None:
        """Only a ratio takes a number that no cell states: granted / accepted - 1."""
        if self.unit or not self.derivation:
            raise FactError("bare-number", fact=str(self), sources=self.sources, number=number)

    def _with_fact(self, other: Fact, sign: int) -> Fact:
        number = other.quantity.value
        if number is None:
            return self._without_number(other)
        if self.unit != other.unit and self.unit and other.unit:
            raise FactError("different-units", fact=str(self), other=str(other), unit=self.unit, other_unit=other.unit)
        unit = self.unit or other.unit
        if sign == -1:
            unit = _POINTS.get(unit, unit)
        rates = RATES.intersection((self.derivation, other.derivation))
        derivation = min(rates, default="sum" if sign > 0 else "difference")
        return self._derived(lambda value: value + sign * number, other, derivation, unit=unit)

    def _without_number(self, other: object) -> Fact:
        """What comes of a calculation with something that states no number: again none."""
        if isinstance(other, Fact):
            return Fact(Quantity(state=other.quantity.state), self.sources | other.sources)
        return Fact(Quantity(state="blank"), self.sources) if _is_missing(other) else NotImplemented

    def _derived(self, calculate: Callable[[Decimal], Decimal], other: object, derivation: str, *, unit: str) -> Fact:
        if not self.stated:
            return self if not isinstance(other, Fact) else Fact(self.quantity, self.sources | other.sources)
        value = calculate(self.value)
        sources = self.sources | other.sources if isinstance(other, Fact) else self.sources
        hedge = _hedge(self, other, derivation)
        return Fact(Quantity.calculated(value, unit, hedge, decimals_needed(value)), sources, derivation)

    # -- as words ------------------------------------------------------------------------------------

    def __str__(self) -> str:
        """As a reader sees it, without markup: 10余次."""
        return str(self.quantity)

    def __repr__(self) -> str:
        return f"<Fact {self!s} from {self.sources}>"

    def __format__(self, spec: str) -> str:
        """The fact as it stands in the document.

        ``{x}`` number and unit, ``{x:n}`` the number alone (for a table whose head gives the unit), ``{x:.1f}``
        rounded half up, ``{x:.1%}`` a ratio as a percentage, or a percentage rounded; ``{x:,}`` with a comma
        at each thousand (12,345件); ``{x:+}`` (also ``+n``, ``+.1f``) a
        change with its direction in a word (下降24.76%, 减少4件, 持平), ``{x:没有}`` and ``{x:未产生}`` a zero in that word.

        Raises:
            FactError: the fact states no number, the format is none of these, or is % for what is no ratio.
        """
        match = _SPEC.fullmatch(spec)
        if match is None:
            raise FactError("fact-format", value=spec)
        quantity = self.quantity
        if self.value is not None and match["kind"]:
            if match["kind"] == "%" and self.unit not in ("", "%"):
                raise FactError("no-ratio", fact=str(self))
            percent = match["kind"] == "%" and not self.unit
            quantity = quantity.rounded(int(match["decimals"]), percent=percent)
        if match["worded"]:
            quantity = quantity.worded
        if match["nothing"]:
            quantity = quantity.as_nothing(match["nothing"])
        number = _THOUSANDS.sub(",", quantity.number) if match["grouped"] else quantity.number
        printed = fact_element(
            number, quantity.plain, self.sources, derivation=self.derivation, qualifier=quantity.qualifier
        )
        return printed if match["bare"] else printed + quantity.tail

    def _repr_html_(self) -> str:
        return seen(format(self, ""))


def _hedge(one: Fact, other: object, derivation: str) -> str:
    """The hedge of what was calculated: 200余 + 5 is 205余, but what is less or more than 10余 less is only 约."""
    mine, its = one.quantity.qualifier, other.quantity.qualifier if isinstance(other, Fact) else ""
    if not mine and not its:
        return ""
    turned = its if derivation in ("difference", "ratio") else ""
    if turned or (other is None and derivation == "difference" and mine) or (mine and its and mine != its):
        return "约"
    return mine or its


def _is_missing(other: object) -> bool:
    """Whether ``other`` is a cell without number, or one of the marks that pandas and comparisons set in its place."""
    if isinstance(other, Fact):
        return not other.stated
    return other is None or (isinstance(other, float) and math.isnan(other))


def _number(other: object) -> Decimal | None:
    if isinstance(other, Fact):
        return other.value if other.stated else None
    if isinstance(other, bool) or not isinstance(other, Real | Decimal):
        return None
    number = Decimal(str(other))
    return number if number.is_finite() else None
