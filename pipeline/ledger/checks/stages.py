"""What comes of a process: no more is finished than came in, what is done and what is left are the whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from ..roles import Role
from .opened_period import OpenedPeriod
from .rates_meant import BASE
from .slips import one_slip_apart
from .stated_rows import Row, bounds_of, meet, rows_of, said, total_of
from .totals import lists_of, rows_in_words

_STAGES = (
    re.compile(r"申请|申报|收到|收件|来件|报名"),
    re.compile(r"(?<!不予)受理|承办|交办|立案|承接"),
    re.compile(r"(?<!未)(?:办结|审结|结案|办复|答复|回复|完成)|^(?:准予)?(?:行政)?许可(?:数量?|件数|量)?$"),
    re.compile(r"送达|发证"),
)
_ACCEPTED = 1  # what was accepted before may be finished now, though of many hardly half as much again
_MANY, _FAR = 100, Decimal("1.5")
_WANTED = re.compile(r"^(?:应|需)")
_ON_TIME = re.compile(r"已|按期|按时|及时|实际|数量|总数|总量|[数量件]$|^其中[：:]?")
_OLDER = re.compile(r"结转|期初|上年|上期|去年|上月|存量|积压|往年|历史|跨年|遗留|期末|未办?结")
_LEFT = re.compile(r"^(?:其中[：:]?)?(?:未|尚未|正在|仍在|待|不)(?P<what>\w{2,})$")
_DONE = re.compile(r"^(?:其中[：:]?)?已?(?P<what>\w{2,})$")
_PLANNED = re.compile(r"预算|概算|估算|控制价|限价|送审")
_SAVED = re.compile(r"节约|节省|结余|核减")
_LEFT_OVER = re.compile(r"结余|盈余|节余")
_SELDOM = 0.2  # of the rows: what happens more often is no slip, the names mean something else
_MOST = 60  # figures of one subject


def stages(opened: OpenedPeriod) -> None:
    """Report that more was finished than came in, unless a row or a remark speaks of what was carried over."""
    compared: Counter[tuple[str, ...]] = Counter()
    found: dict[tuple[str, ...], list[tuple[Row, Row]]] = defaultdict(list)
    for rows in _of_one_thing(opened):
        for before, after in _one_after_another(rows):
            kind: tuple[str, ...] = (before.records.ledger.stem, before.measure, after.measure)
            compared[kind] += 1
            if _is_more(before, after) and not after.is_settled:
                found[kind].append((before, after))
    for kind, pairs in found.items():
        for before, after in pairs if len(pairs) <= max(1, compared[kind] * _SELDOM) else ():
            after.report("more-than-came", [before], row=before.line, before=f"{before.measure}{before.quantity}")


def _is_more(before: Row, after: Row) -> bool:
    """Whether more was finished than came in, and where that was accepted, too much more to have been carried over."""
    found, most = _stage(before), before.bounds[1]
    if found and found[0] == _ACCEPTED:
        return most >= _MANY and after.bounds[0] > most * _FAR
    return after.bounds[0] > most


def _one_after_another(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Each two stages of one thing, the earlier first; none where something was carried over."""
    if any(_OLDER.search(row.measure + row.note + row.words) for row in rows):
        return
    staged = [(*found, row) for row in rows if (found := _stage(row))]
    for (first, one, before), (last, other, after) in combinations(sorted(staged, key=lambda each: each[0]), 2):
        if first < last and one == other and (before.as_of, before.basis) == (after.as_of, after.basis):
            yield before, after


def remainders(opened: OpenedPeriod) -> None:
    """Report what is done (已整改) and what is left (未整改) where they are not the one whole beside them."""
    for rows in _of_one_thing(opened):
        left = [row for row in rows if _LEFT.match(row.measure)]
        names = {match["what"] for row in left if (match := _LEFT.match(row.measure))}
        done = [row for row in rows if row not in left and (m := _DONE.match(row.measure)) and m["what"] in names]
        others = [row for row in rows if row not in left and row not in done]
        if len(names) != 1 or len(done) != 1 or len(others) != 1 or any(row.is_told for row in rows):
            continue
        whole, parts = others[0], [*done, *left]
        largest = max(row.value for row in parts)
        is_whole = whole.value > largest or BASE.search(whole.measure) or one_slip_apart(whole, parts)
        if is_whole and not whole.is_settled:
            _hold(whole, parts)


def savings(opened: OpenedPeriod) -> None:
    """Report what was planned, what it came to and what was saved, where the last two are not the first."""
    for rows in _of_one_thing(opened):
        planned = [row for row in rows if _PLANNED.search(row.measure)]
        saved = [row for row in rows if _SAVED.search(row.measure)]
        others = [row for row in rows if row not in planned and row not in saved]
        if len(planned) == len(saved) == len(others) == 1 and not any(row.is_settled for row in rows):
            _hold(planned[0], [*others, *saved])


def balances_left(opened: OpenedPeriod) -> None:
    """Report what is left (结余) of two 小计, of what came and of what was spent, where one slip is all that keeps it from them."""
    for records in opened.records.values():
        for rows in lists_of(records):
            left = [row for row in rows if _LEFT_OVER.search(row.subject + row.measure)]
            summed = [row for row in rows if row.is_sum and row not in left]
            if len(left) == 1 and len(summed) == 2 and not any(row.is_settled for row in (*left, *summed)):
                whole, spent = summed
                if one_slip_apart(whole, [spent, *left]):
                    _hold(whole, [spent, *left])


def _hold(whole: Row, parts: list[Row]) -> None:
    if not meet(whole.bounds, bounds_of(parts)):
        difference = said(whole.value - total_of(row.value for row in parts), whole)
        whole.report("total-near", parts, row=whole.line, parts=rows_in_words(parts), difference=difference)


def _of_one_thing(opened: OpenedPeriod) -> Iterator[list[Row]]:
    """Counts of one subject in one unit; in a ledger of columns those of one row."""
    for records in opened.records.values():
        listed = bool(records.ledger.field(Role.MEASURE))
        found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in rows_of(records, least=1):
            if not row.is_rate and row.quantity.origin is None:
                found[row.group, row.subject, row.unit, None if listed else row.position].append(row)
        yield from (rows for rows in found.values() if 1 < len(rows) <= _MOST)


def _stage(row: Row) -> tuple[int, str] | None:
    """The stage that its name speaks of, and the name without it; None where it speaks of none or of several."""
    wanted = _WANTED.match(row.measure)
    found = [number for number, words in enumerate(_STAGES) if words.search(row.measure)]
    if len(found) != 1:
        return None
    bare = _ON_TIME.sub("", _STAGES[found[0]].sub("", _WANTED.sub("", row.measure)))
    return -1 if wanted else found[0], bare


CHECKS = (stages, remainders, savings, balances_left)
