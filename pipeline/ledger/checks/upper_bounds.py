"""What is never more than what stands beside it, by the names of both: 承诺 than 法定, an average than the highest, 网上办件 than 办件."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

from ..roles import Role
from .opened_period import OpenedPeriod
from .rate_parts import chapters
from .spans import span_in
from .stated_rows import Row, meet, rows_of

_TIMES = ("天", "日", "个工作日", "工作日", "小时", "分钟")
_LIMITS = tuple(map(re.compile, (r"法定", r"承诺(?!件)", r"实际|平均")))  # each is kept by those behind it
_HIGHEST = re.compile(r"(?:单日|单月|日|月)?(?:最[高大多长]|峰值)(?:的?一?[日天月])?")
_MEAN = re.compile(r"(?:平均)?[日天月]均|平均每?[日天月]?")
_LOWEST = re.compile(r"(?:单日|单月|日|月)?最[低小少短](?:的?一?[日天月])?")
_SOME = re.compile(
    r"(?:其中[：:]?)?(?:网上|线[上下]|窗口|现场|自助|掌上|移动端|按[时期]|及时|提前|即时|当场|全程|一次|容缺|告知承诺|跨[省市域区]|异地|邮寄"
    r"|免费|超[期时]|逾期|涉企|重复|重大|疑难|不?满意|不?合格|有效)"
)
_STEPS = tuple(  # the second is never more than the first, of which it is a part
    (re.compile(rf"(?:{one})(?:问卷|案件|企业|单位|总?数?量?|[件人户]数)?"), re.compile(other))
    for one, other in (
        ("发[放出]", "回收"), ("回收|收回", "有效"), ("(?:收到|参与)?评价|参评|回访|测评|调查", "满意|好评"), ("检查|抽[查取检]", "合格"),
        ("发现|发现问题", "整改|已改"), ("参考|参加考试|应考", "合格|通过|及格"), ("应.+", "^[已实]"), ("参赛|报名", "获奖"),
    )
)  # fmt: skip
_EXTREME, _MOST_OF = re.compile(r"最[高多大低少小](?:的?月份?)?"), re.compile(r"最[高多大]")
_LONGER = ("开办以来累计", "本年累计", "当期")
_SINCE = re.compile(r"当期|本期|当月|本月|本年|今年|累计|开办|以来|共")
_MOST = 60  # figures of one subject


def limits(opened: OpenedPeriod) -> None:
    """Report a figure that is more than one that it cannot be more than."""
    for records in opened.records.values():
        found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in rows_of(records) if records.ledger.field(Role.MEASURE) else ():
            if row.quantity.origin is None and not row.is_rate:
                found[row.column, row.chapter, row.subject, row.unit, row.as_of].append(row)
        for alike in found.values():
            for more, less in permutations(alike, 2) if len(alike) <= _MOST else ():
                if less.bounds[0] > more.bounds[1] and _is_bounded(more, less) and not less.is_settled:
                    less.report("above-limit", [more], row=more.line, more=f"{more.measure}{more.quantity}")


def _is_bounded(more: Row, less: Row) -> bool:
    """Whether by their names the one bounds the other, or is the same added up for longer."""
    if more.basis != less.basis:
        is_longer = more.basis in _LONGER and less.basis in _LONGER[_LONGER.index(more.basis) + 1 :]
        return is_longer and _SINCE.sub("", more.measure) == _SINCE.sub("", less.measure)
    if more.is_total != less.is_total:
        return False
    if more.unit in _TIMES and -1 < limit_of(more) < limit_of(less):
        return True
    if any(one.fullmatch(more.measure) and other.search(less.measure) for one, other in _STEPS):
        return not any(one.fullmatch(less.measure) for one, _ in _STEPS)
    some = _SOME.match(less.measure)
    if some and less.measure[some.end() :] == more.measure:
        return True
    return any(_names(more, less)) and not ("月" in less.measure and "月" not in more.measure)


def limit_of(row: Row) -> int:
    """Which limit of time it is; -1 where it is none."""
    return next((number for number, words in enumerate(_LIMITS) if words.search(row.measure)), -1)


def _names(more: Row, less: Row) -> Iterator[bool]:
    for one, other in ((_HIGHEST, _MEAN), (_HIGHEST, _LOWEST), (_MEAN, _LOWEST)):
        found = one.search(more.measure), other.search(less.measure)
        if all(found):
            yield one.sub("", more.measure) == other.sub("", less.measure)


def extremes(opened: OpenedPeriod) -> None:
    """Report 最高月 and 最低月 that are not the greatest and the least of the months beside them."""
    for rows in chapters(opened):
        for row in (row for row in rows if _EXTREME.fullmatch(row.subject)):
            alike = [other for other in rows if other.measure == row.measure and other.unit == row.unit]
            months = [other for other in alike if (span := span_in(other.subject)) and span.months == 1]
            if len(months) > 2 and not row.is_settled:
                found = (max if _MOST_OF.match(row.subject) else min)(months, key=lambda other: other.value)
                if not meet(found.bounds, row.bounds):
                    row.report("extreme-apart", [found], row=found.line, given=str(found.quantity))


CHECKS = (limits, extremes)
