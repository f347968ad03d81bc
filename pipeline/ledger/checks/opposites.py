"""Two shares of which one is what the other is not: 线上 and 线下, 合格率 and 不合格率; together they are 100 %."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from .opened_period import OpenedPeriod
from .rate_parts import OF_WHOLE, chapters, is_share
from .slips import could_be
from .stated_rows import Row, half_place

_OPPOSITES = (
    ("线上", "线下"), ("网上", "线下"), ("网上", "窗口"), ("网上", "现场"), ("网上办", "窗口办"), ("男", "女"), ("城镇", "农村"),
    ("本地", "外地"), ("内资", "外资"), ("初次", "重复"), ("个人", "企业"), ("个人", "单位"), ("自然人", "法人"), ("及时", "逾期"),
)  # fmt: skip
_MOST = 60  # shares of a chapter
_NOT = "不未非"
_HUNDRED = Decimal(100)


def opposites(opened: OpenedPeriod) -> None:
    """Report two opposite shares that are more than 100 % together, or one slip away from it."""
    for rows in chapters(opened):
        shares: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            if row.unit == "%" and is_share(row):
                shares[row.as_of, row.basis].append(row)
        few = (alike for alike in shares.values() if len(alike) <= _MOST)
        for one, other in (pair for alike in few for pair in _opposite(alike)):
            apart, slack = one.value + other.value - _HUNDRED, half_place(one.quantity) + half_place(other.quantity)
            slipped = any(could_be(row.quantity, row.value - apart, slack) for row in (one, other) if row.value > apart)
            if abs(apart) > slack and (apart > 0 or slipped) and not (one.is_settled or other.is_settled):
                summed = f"{(one.value + other.value).normalize():f}%"
                other.report("share-not-whole", [one], sum=summed, difference=f"{apart.normalize():+f}")


def _opposite(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    for one, other in permutations(rows, 2):
        for name, also in (("subject", "measure"), ("measure", "subject")):
            if getattr(one, also) == getattr(other, also):
                names = getattr(one, name), getattr(other, name)
                if _is_denied(*names) or (OF_WHOLE.search(one.measure) and _are_opposites(*names)):
                    yield one, other


def _is_denied(one: str, other: str) -> bool:
    """Whether the second name says what the first is not: 不合格率 of 合格率."""
    return any(other == f"{word}{one}" for word in _NOT)


def _are_opposites(one: str, other: str) -> bool:
    return any(this in one and one.replace(this, that) == other for this, that in _OPPOSITES)


CHECKS = (opposites,)
