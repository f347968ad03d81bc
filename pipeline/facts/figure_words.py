"""The words in which offices state a figure: a direction in place of a sign, a place in a ranking, nothing at all.

Reading and wording share these lists, so that what a report says is read back as what the cell states.
"""

from __future__ import annotations

import re
from decimal import Decimal

UP = (
    "上升", "提高", "提升", "增加", "增长", "增多", "扩大", "延长", "上涨", "攀升", "跃升", "前移", "升", "增",
)  # fmt: skip
DOWN = (
    "下降", "降低", "减少", "缩短", "压缩", "压减", "回落", "下滑", "下跌", "后移", "退后", "降", "减",
)  # fmt: skip
NOTHING = ("没有", "未产生", "未发生")  # of what is counted: a zero
LEVEL = ("持平",)  # a change of zero
RATES = ("%", "‰", "百分点", "个百分点", "千分点", "个千分点")
POINTS = RATES[2:]

_AGAINST = r"(?:同比|环比|较?比?(?:上年同期|上年|去年同期|去年|上期|上月|上季度))?"
CHANGE = re.compile(rf"[由从](?P<origin>.+?)(?P<verb>{'|'.join(UP + DOWN)})[到至为](?P<value>.+)")
MOVED = re.compile(rf"(?P<said>{_AGAINST}(?P<verb>{'|'.join(UP + DOWN)})了?)(?P<size>.+)")
STILL = re.compile(
    rf"(?P<said>(?:与?(?:上年同期|上年|去年同期|去年|上期|上月|上季度))?{LEVEL[0]}|{_AGAINST}{LEVEL[0]}|{'|'.join(NOTHING)})"
)
HAN_RANK = re.compile(r"(?P<said>第(?P<numeral>[一二三四五六七八九十]{1,3}))(?P<unit>[位名]?)")
_ONES = "〇一二三四五六七八九"


def rises(verb: str) -> bool:
    """Whether a verb says that it became more; of places, that it became better."""
    return verb in UP


def ordinal(numeral: str) -> int | None:
    """The number of 第一 to 第九十九; None where the numeral is none (十十)."""
    match = re.fullmatch(r"(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)", numeral)
    if match is None or not numeral:
        return None
    tens = 0 if "十" not in numeral else _ONES.index(match[1]) if match[1] else 1
    return tens * 10 + (_ONES.index(match[2]) if match[2] else 0)


def direction(value: Decimal, unit: str) -> str:
    """The word for a sign: 下降24.76%, 减少4件, 增长3%, 上升1.1个百分点."""
    if unit in POINTS:
        return "上升" if value > 0 else "下降"
    if unit in RATES:
        return "增长" if value > 0 else "下降"
    return "增加" if value > 0 else "减少"
