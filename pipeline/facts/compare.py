"""A figure beside an earlier one: 环比 against the period before, 同比 against the same of the year before.

A decrease is 下降, never an increase by a negative figure; rates differ in 百分点; a rank moves 前移 or 后移; the base is
printed beside the rate so that a reader can work it out again; and no percentage is made of a missing base, of zero or of
a base under ten or below zero. Of a base that is not filled in yet nothing is said: 无此项 is what was not there or has /. A figure stated with a hedge (20余次) is not exact enough to be subtracted: the earlier one is named, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .fact import Fact
from .figure_words import RATES

Kind = Literal["环比", "同比"]
SMALL_BASE = Decimal(10)
NO_BASE = "无此项"
_BASE_NAMES = {"环比": "上期", "同比": "上年同期"}


@dataclass(frozen=True)
class Change:
    """What became of a figure.

    ``difference`` is the change as a fact (a percentage, 百分点 or a count), None where there is nothing to
    compare; ``words`` is the sentence part with its facts, as it stands in the document; ``brief`` the same for
    a table cell. In an f-string a change gives ``words``; ``str`` gives them without markup.
    """

    kind: Kind
    words: str = ""
    brief: str = ""
    difference: Fact | None = None

    def __format__(self, spec: str) -> str:
        return self.words

    def __bool__(self) -> bool:
        return bool(self.words)


def change(
    current: Fact, base: Fact | None, kind: Kind, *, comparable: bool = True, differing: str = "", called: str = ""
) -> Change:
    """How ``current`` stands to ``base``, the same figure of the earlier period.

    Args:
        base: None where the earlier period has no such figure; a blank one is not known yet.
        comparable: false where the two were counted over different spans (口径).
        differing: what else the two differ in that keeps them from being compared (范围), "" where in nothing.
        called: what the report calls the earlier period (上月); 上期 or 上年同期 by default.
    """
    name = called or _BASE_NAMES[kind]
    if not current.stated or (base is not None and base.quantity.state == "blank"):
        return Change(kind)
    if base is None or not base.stated:
        return Change(kind, f"{name}{NO_BASE}", f"{name}{NO_BASE}")
    if not comparable or (current.unit and base.unit and current.unit != base.unit):
        return Change(kind, f"与{name}口径不可比", "口径不可比")
    if differing:
        return Change(kind, f"与{name}{differing}不同，不可比", "不可比")
    if current.quantity.qualifier or base.quantity.qualifier:
        return Change(kind, f"{name}为{base}", "概数不可比")
    difference = _difference(current, base)
    printed = f"（{name}{base}）"
    if not difference.value:
        return Change(kind, f"与{name}持平{printed}", "持平", difference)
    if current.quantity.rank:
        return _change(kind, "后移", "前移", difference, printed, lead=f"比{name}")
    if current.unit in RATES:
        return _change(kind, "上升", "下降", difference, printed)
    if base.value < SMALL_BASE:  # zero and what is below it among them
        lead = f"比{name}"
        return _change(kind, "增加", "减少", difference, printed, lead=lead)
    ratio = difference / abs(base)
    rate = Fact(ratio.quantity.rounded(1, percent=True), ratio.sources, "change")
    if not rate.value:
        return Change(kind, f"与{name}基本持平{printed}", "基本持平", rate)
    return _change(kind, "增长", "下降", rate, printed)


def _change(kind: Kind, more: str, less: str, difference: Fact, printed: str, *, lead: str = "") -> Change:
    """Say the direction in a word and the size without a sign."""
    size = Fact(difference.quantity._replace(value=abs(difference.value)), difference.sources, "change")
    said = f"{more if difference.value > 0 else less}{size}"
    return Change(kind, f"{lead or kind}{said}{printed}", said, difference)


def _difference(current: Fact, base: Fact) -> Fact:
    """By how much they differ, in 万 or 亿 where both are stated so."""
    difference, scale = current - base, current.quantity.scale
    if scale != base.quantity.scale:
        return difference
    decimals = max(current.quantity.decimals, base.quantity.decimals) if scale else difference.quantity.decimals
    quantity = difference.quantity._replace(scale=scale, decimals=decimals)
    return Fact(quantity, difference.sources, difference.derivation)
