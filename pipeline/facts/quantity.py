"""A figure as it was stated: its value, and all that is needed to print it the same way again."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ..errors import FactError
from ..findings import Said
from .figure_text import AFTER, BEFORE, NO_VALUE, QUALIFIERS, SCALES, Stated, StatedError, read
from .figure_words import LEVEL, NOTHING, direction

__all__ = ["QUALIFIERS", "Quantity", "StatedError"]

_NOT_ADDED = frozenset({"%", "‰", "个百分点", "个千分点", "倍", "折", "分", "年", "年度", "月", "日"})


class Quantity(Stated):
    """One figure as stated.

    ``value`` is in units of one (3.4万 is 34000) and None unless ``state`` is ``value``; ``decimals`` are those printed
    (84.50 has two); ``origin`` is where a change began (由64%上升到81%: 64); ``rank`` is an order (第1位);
    ``origin_scale`` the 万 or 亿 it was stated in; ``inner`` says that 余 stands before 万 or 亿 (30余万). ``said`` are words
    that stand for the sign (下降24.76%) or for the whole number (持平, 没有, 第一). ``state`` is value, blank, slash or not-applicable.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, *, unit: str = "", qualifier: str = "") -> Quantity:
        """Read a figure as people type it, with the unit and the qualifier that stand in columns of their own.

        Full-width digits, thousands separators and blanks around the parts are read; a unit may also stand in the text.

        Raises:
            StatedError: the text can be read in no way or in more than one; ``reason`` says why.
        """
        return cls(*read(text, unit, qualifier))

    @classmethod
    def calculated(cls, value: Decimal, unit: str, qualifier: str, decimals: int) -> Quantity:
        """A figure that was worked out. 余 stands behind whole numbers only: 205余, but 约20.5."""
        hedge = "约" if qualifier == "余" and decimals > 0 else qualifier
        return cls(value, unit, hedge, max(0, decimals))

    @property
    def state_in_words(self) -> Said:
        """Why there is no value, for messages."""
        return Said(f"state-{self.state}")

    @property
    def mantissa(self) -> Decimal:
        """The number before 万 or 亿, rounded half up to the printed decimals.

        Raises:
            FactError: there is no value.
        """
        return self._rounded(self._present)

    @property
    def number(self) -> str:
        """The printed number with what stands before the unit: 10余, 3万余, 约200, 第1, 由64%上升到81."""
        if self.value is None:
            return {state: words for words, state in NO_VALUE.items()}[self.state]
        if self.said and (self.rank or not self.value):
            return self.said
        before = self.said + (self.qualifier if self.qualifier in BEFORE else "")
        more = "余" if self.qualifier == "余" else ""
        scaled = f"{more}{self.scale}" if self.inner else f"{self.scale}{more}"
        return f"{before}{self._from()}{'第' if self.rank else ''}{self._size:f}{scaled}"

    @property
    def tail(self) -> str:
        """What follows the number: the unit and 左右, 以上 or 以下; nothing where there is no value."""
        if self.value is None or (self.said and not self.value):
            return ""
        return self.unit + (self.qualifier if self.qualifier in AFTER else "")

    @property
    def plain(self) -> str:
        """The value as a canonical decimal number in units of one (``-24.76``, ``34000``), or nothing."""
        return "" if self.value is None else _canonical(self.value)

    @property
    def adds_up(self) -> bool:
        """Whether sums of such figures mean anything: counts and amounts, neither rates nor ranks nor changes."""
        is_change = self.origin is not None or (self.said and self.said not in NOTHING)
        return not (self.rank or is_change or self.unit in _NOT_ADDED)

    def with_value(self, value: Decimal, decimals: int | None = None) -> Quantity:
        """A calculated figure of the same unit, qualifier and scale; neither a rank nor a change.

        It prints ``decimals`` decimals, or as many as this figure.
        """
        places = self.decimals if decimals is None else decimals
        return self._replace(value=Decimal(value), decimals=places, rank=False, origin=None, state="value", said="")

    def rounded(self, decimals: int, *, percent: bool = False) -> Quantity:
        """The figure to so many decimals, half up (四舍五入); with ``percent`` a ratio becomes so many %."""
        if self.value is None:
            return self
        if self.said and not percent:
            return self if self.rank or not self.value else self._replace(decimals=decimals)
        value = (self.value * 100 if percent else self.value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return Quantity.calculated(value, "%" if percent else self.unit, self.qualifier, decimals)

    def __str__(self) -> str:
        return self.number + self.tail

    @property
    def worded(self) -> Quantity:
        """A change with its direction in a word in place of its sign: 下降24.76%, 减少4件, 持平; others as they are."""
        if self.value is None or self.said or self.rank or self.origin is not None:
            return self
        if not self.mantissa:
            return self._replace(said=LEVEL[0], qualifier="")
        return self._replace(said=direction(self.value, self.unit))

    def as_nothing(self, words: str) -> Quantity:
        """A zero in words (没有, 未产生); any other figure as it is."""
        return self if self.value is None or self.value else self._replace(said=words, qualifier="")

    @property
    def _size(self) -> Decimal:
        return abs(self.mantissa) if self.said else self.mantissa

    @property
    def _present(self) -> Decimal:
        if self.value is None:
            raise FactError("no-value-to-count", state=self.state_in_words)
        return self.value

    def _rounded(self, value: Decimal) -> Decimal:
        return (value / SCALES[self.scale]).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def _from(self) -> str:
        if self.origin is None:
            return ""
        verb = "上升到" if (self._present > self.origin) != self.rank else "下降到"
        place = "第" if self.rank else ""
        return f"由{place}{self.origin / SCALES[self.origin_scale]:f}{self.origin_scale}{self.unit}{verb}"


def _canonical(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
