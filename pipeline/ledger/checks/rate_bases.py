"""What a rate is of by its name, and on which base it rests beside others."""

from __future__ import annotations

import re
from collections import defaultdict

from .stated_rows import PARTLY, Row

SHARE = re.compile(
    r"(?P<stem>.*?)(?:占比|比例|比重|率|进度)$|.{0,8}占(?![用地]).+|(?:完成|达到?|实现)(?:年度|全年|目标|计划|任务).*"
)
_COUNTED = re.compile(r"^已|(?:总?[数量]|数量|金额|[件户项])$")
_STEP = re.compile(r"受理|承办|交办|立案|收案|回访")
_FEW = 3


def stem(row: Row) -> str:
    """What the rate is of: 办结 of 办结率."""
    match = SHARE.match(row.measure)
    stem = (match["stem"] if match else "") or ""
    return re.sub(r"^(?:综合|总体|平均)", "", stem)


def common_base(given: dict[Row, list[Row]]) -> Row | None:
    """The base that most rates rest on; of two rates, the greatest."""
    counted: dict[Row, int] = defaultdict(int)
    for bases in given.values():
        for base in dict.fromkeys(bases):
            counted[base] += 1
    if not counted:
        return None
    return max(counted, key=lambda base: (counted[base], base.value))


def is_usual(common: Row | None, given: dict[Row, list[Row]]) -> bool:
    """Whether two rates rest on the base, or there are but two: of three that each rest on another, none is usual."""
    found = [bases for bases in given.values() if bases]
    return len(found) < _FEW or sum(common in bases for bases in found) > 1


def has_own(row: Row, bases: list[Row], common: Row, rows: list[Row]) -> bool:
    """Whether the rate has a base of its own: one by name, one of its own subject, or one that begins a new list after a rate."""
    if any(_is_named(row, _COUNTED.sub("", base.measure)) for base in bases):
        return True
    if common.subject != row.subject:
        return any(base.subject == row.subject for base in bases)
    between = (sorted((base.position, common.position)) for base in bases)
    return any(first < other.position < last for first, last in between for other in rows if other.is_rate)


def bases_of_part(row: Row, counts: list[Row]) -> list[Row]:
    """What the rate's part says that it is of: 成功回访 for 满意率 with 回访满意."""
    of = stem(row)
    own = [other for other in counts if other.subject == row.subject]
    parts = [other for other in own if of and of in other.measure]
    rest = _COUNTED.sub("", PARTLY.sub("", parts[0].measure).replace(of, "")) if len(parts) == 1 else ""
    return [o for o in own if len(rest) > 1 and rest in o.measure and o not in parts and o.unit == parts[0].unit]


def _is_named(row: Row, base: str) -> bool:
    """Whether the rate's name says what it is of (办结 of 按时办结率), or the base is a step that rates are of (受理)."""
    return bool(_STEP.fullmatch(base)) or (len(base) > 1 and base in stem(row) != base)
