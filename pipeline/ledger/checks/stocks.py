"""What was there, what came and went, and what is left: stocks, and what was changed again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, product

from ..distinct import combined
from ..records import Records
from ..roles import Role
from .movement import by_subject
from .opened_period import OpenedPeriod
from .rate_parts import chapters
from .slips import could_be, one_slip_apart, one_slip_between
from .spans import span_of
from .stated_rows import Row, bounds_of, meet, said, total_of
from .values_before import values_before

_OPEN = re.compile(
    r"满分|基[础准]分|^原有|[期年]初|旧存|上一?(?:期|年|季|月)度?(?:[末底]|结[转存余]|转入|遗留|未)|去年底|20\d\d年底|20\d\d年末|结转上"
)
_CLOSED = re.compile(
    r"最终得分|实得分?|期末|[年月季]末|未办结|未审?结|未完成|在办|待办|正在办理|办理中|结转下|转下[期年]|累计|以来|结存|现有|实有|现行|剩余|余额|净增|净减"
)
_OUT = re.compile(
    r"扣分|扣减|作废|损毁|清退|移交|出库|发放|注销|[办审完]结|办理(?!中)|结案|退出|减少|取消|吊销|完成|销号|总计|合计|废止|失效|[拨划调转]出|退休|离职|核销|报废|支出|领用|使用"
)
_IN = re.compile(
    r"新|收到|(?<!不予)受理|接收|收案|增加|承接|录入|制发|制定|出台|[拨划购存调转收领]入|入库|加分|奖励分|追加|到账"
)
_ADDED_UP = re.compile(r"累计|以来")  # nothing goes of it
_TAKEN = re.compile(r"受理")  # of what was received, not more beside it
_FEWER = re.compile(r"合并|取消|精简|压减|冻结|下放")
_MORE = re.compile(r"拆分|新增|承接")


def stocks(opened: OpenedPeriod) -> None:
    """Report a stock at the end that is not that at the start, with what came and without what went."""
    by_measure = (
        [replace(row, subject=row.measure, measure=row.subject) for row in rows]
        for rows in by_subject(opened, since_too=True, of="measure")
    )
    by_own = ([*rows, *_left_last_time(rows)] for rows in by_subject(opened, since_too=True))
    for rows in (*by_own, *by_measure):
        for _, found in groupby(sorted(rows, key=lambda row: row.unit), key=lambda row: row.unit):
            _stock(sorted(found, key=lambda row: row.position))
    for rows in chapters(opened):
        _around(rows)
        marks = [replace(row, measure=f"{row.subject}{row.measure}") for row in rows if row.unit == "分"]
        if len({row.subject for row in marks}) > 1:
            _stock(marks)


def _left_last_time(rows: list[Row]) -> Iterator[Row]:
    """The stock at the start, where it stands beside that at the end as its 上期值."""
    for row in values_before(rows):
        if _CLOSED.search(row.measure):
            yield replace(row, measure=f"上期末{row.measure}")


def _around(rows: list[Row]) -> None:
    """Hold what stands between the first and the last row of a stock to it: 办理结果 of another name."""
    ends = {row for row in rows if _OPEN.search(row.measure)}, {row for row in rows if _CLOSED.search(row.measure)}
    if len(ends[0]) == len(ends[1]) == 1:
        first, last = *ends[0], *ends[1]
        own = [row.position for row in rows if row.subject == first.subject == last.subject]
        between = [row for row in rows if own and own[0] <= row.position <= own[-1] and row.unit == first.unit]
        if any(row.subject != first.subject for row in between):
            _stock(between)


def chains(opened: OpenedPeriod) -> None:
    """Report a row that begins (变更前) with another number than the row before it of the same thing left (变更后)."""
    for records in opened.records.values():
        for before, after in _pairs_of_columns(records):
            _chain(records, before, after)


def turned(opened: OpenedPeriod) -> None:
    """Report a merging that left more than there was, and a splitting that left less."""
    for records in opened.records.values():
        kinds = records.ledger.fields(Role.CLASS)
        for before, after in _pairs_of_columns(records) if kinds and len(records) else ():
            rows = combined([records.coded(kinds[0]), records.figures(before), records.figures(after)])
            for code, (kind, was, left) in enumerate(rows.values):
                if was is None or left is None or was.value is None or left.value is None:
                    continue
                if (_FEWER.search(kind) and left.value > was.value) or (_MORE.search(kind) and left.value < was.value):
                    records.report("turned-about", rows.positions(code), after, str(left), kind=kind, before=str(was))


def _stock(rows: list[Row]) -> None:
    opened = [row for row in rows if _OPEN.search(row.measure)]
    closed = [row for row in rows if row not in opened and _CLOSED.search(row.measure) and not _is_new(row)]
    nets = [row for row in closed if row.measure.startswith("净")]
    if opened and nets and len(closed) > len(nets):
        _stock([row for row in rows if row not in opened and (row not in closed or row in nets)])
        closed = [row for row in closed if row not in nets]
        rows = [row for row in rows if row not in nets]
    is_net = len(closed) == 1 and closed == nets
    if len(opened) != (0 if is_net else 1) or len(closed) != 1 or any(row.is_rate for row in rows):
        return
    rest = [row for row in rows if row not in opened and row not in closed and not row.is_partial]
    longest = max((span.months for span in map(span_of, rest) if span), default=0)
    rest = [row for row in rest if (span := span_of(row)) is None or span.months == longest]
    gone = [row for row in rest if _OUT.search(row.measure)]
    come = [row for row in rest if row not in gone and _IN.search(row.measure)]
    is_guessed = not come and (len(rest) > 1 or bool(gone))
    come = come or [row for row in rest if row not in gone][:1]
    if not rest:
        return
    others = [row for row in rest if row not in gone and row not in come]
    gone = gone or others
    whole = total_of(row.value for row in (*opened, *come))
    if is_guessed and not one_slip_between([*opened, *come], [*gone, closed[0]]):
        return  # no name says what came
    may_go = not _ADDED_UP.search(closed[0].measure)
    if not gone and may_go and closed[0].value < whole and not one_slip_apart(closed[0], [*opened, *come]):
        return  # what went is not said here
    if not _is_in_balance(opened, come, (gone, gone + others), closed[0]) and not (
        closed[0].is_settled or any(row.is_told for row in rows)
    ):
        given = total_of(row.value for row in (*opened, *come)) - total_of(row.value for row in gone)
        difference = said(closed[0].value - given, closed[0])
        closed[0].report("stock-apart", [*opened, *come, *gone], given=said(given, closed[0]), difference=difference)


def _is_in_balance(opened: list[Row], come: list[Row], gone: tuple[list[Row], ...], closed: Row) -> bool:
    """Whether what is left comes of the rest, be what was received or what was accepted of it all that came."""
    taken = [row for row in come if _TAKEN.search(row.measure)]
    for came, went in product((come, taken, [row for row in come if row not in taken]), gone):
        more, less = bounds_of((*opened, *came)), bounds_of(went)
        if (came or not come) and meet(closed.bounds, (more[0] - less[1], more[1] - less[0])):
            return True
    return False


def _is_new(row: Row) -> bool:
    return bool(re.search(r"新", row.measure))


def _pairs_of_columns(records: Records) -> Iterator[tuple[str, str]]:
    """Columns of figures called 某前 and 某后."""
    figures = {column.heading: column.field for column in records.ledger.figures}
    for heading, field in figures.items():
        after = figures.get(heading.replace("前", "后"))
        if "前" in heading and after:
            yield field, after


def _chain(records: Records, before: str, after: str) -> None:
    names = records.coded(records.ledger.about).spread()
    items = [records.coded(name).spread() for name in records.ledger.fields(Role.ITEM)[-1:]]
    firsts, lasts = records.figures(before).spread(), records.figures(after).spread()
    left: dict[str, tuple[int, object]] = {}
    dated = records.ledger.field(Role.AS_OF)
    days = records.dates(dated).spread() if dated else [None] * len(records)
    for position, name in enumerate(names):
        first, last = firsts[position], lasts[position]
        where, what = left.get(name, (position, first))
        exact = all(each is not None and each.value is not None and not each.qualifier for each in (first, what))
        later = where != position and days[where] != days[position]  # what is of one day are parts side by side
        same = all(item[where] == item[position] for item in items)  # else it is the whole list's only if it looks so
        if exact and later and first.value != what.value and (same or could_be(first, what.value)):
            line = int(records.rows[where])
            records.report("chain-broken", [position], before, str(first), row=line, left=str(what))
        if last is not None and last.value is not None:
            left[name] = (position, last)


CHECKS = (stocks, chains, turned)
