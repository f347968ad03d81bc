"""Totals as people write them: on top, below, in the middle, of two levels, under any name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from ..records import Records
from .kinds_of_names import WIDER, is_one_of, is_whole_of
from .opened_period import OpenedPeriod
from .possible_parts import all_beside, called_without_total, candidates, is_first_few, is_set_apart, of_places
from .registers import long_totals
from .row_rules import declared_totals
from .slips import could_be, is_round, one_slip_apart, times_ten
from .spans import running_totals, span_in
from .stated_rows import TOTAL, Row, bounds_of, meet, rows_of, said, total_of
from .values_before import values_before

_FAIRLY = Decimal("0.1")
_CLOSE = Decimal("0.02")
_SOMEWHAT = Decimal("0.05")
_TELLING = 100
_FEW = 3
_PAST = re.compile(r"上年|去年|上期|同期|扣")
_MUCH = 1000  # with so many digits a slip is no chance


def sums(opened: OpenedPeriod) -> None:
    """Report a total by name that no rows beside it give, and a row that the others nearly come to."""
    for records in opened.records.values():
        for rows in lists_of(records):
            for stated in (rows, list(values_before(rows))):
                _named(stated)
                _unnamed(stated)


def total_rows(records: Records, rules: Iterable[str] = ()) -> dict[Row, list[Row]]:
    """The totals, each with the rows it is of: a declared rule says so, or its name and rows that come to it.

    A row under any name is one too if it is first or last and large, and all others of its measure come to it.
    """
    found = declared_totals(records, rules) | {row: parts for row, parts, holds in long_totals(records) if holds}
    for rows in lists_of(records):
        for row in rows:
            if row not in found:
                held = (parts for parts in candidates(row, rows) if _holds(row, parts)) if row.is_total else ()
                parts = next(iter(held), None)
                if parts:
                    found[row] = parts
        for block in _blocks(rows):
            whole, parts = _under_any_name(block)
            if whole is not None and whole not in found:
                found[whole] = parts
    return found


def _under_any_name(block: list[Row]) -> tuple[Row | None, list[Row]]:
    """The first or last of some rows to which all others come to the last digit, where that can hardly be chance."""
    if len({row.measure for row in block}) > 1 or any(row.is_total or row.quantity.qualifier for row in block):
        return None, []
    for whole, parts in ((block[0], block[1:]), (block[-1], block[:-1])):
        enough = (len(parts) >= _FEW and whole.value >= 100) or (len(parts) == _FEW - 1 and whole.value >= 1000)
        if enough and all(row.value > 0 for row in parts) and bounds_of(parts) == whole.bounds:
            return whole, parts
    return None, []


def lists_of(records: Records, *, running_too: bool = False) -> Iterator[list[Row]]:
    """Rows that could add up, in the order of the file: of one figure column, chapter and unit.

    What runs on from month to month adds up to nothing, and is left out unless it is asked for.
    """
    kept = ("lists", running_too)
    if kept not in records.stated:
        records.stated[kept] = list(_lists_of(records, running_too=running_too))
    yield from records.stated[kept]


def _lists_of(records: Records, *, running_too: bool) -> Iterator[list[Row]]:
    found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows_of(records):
        if not row.is_rate and not row.is_average and row.quantity.origin is None:
            found[row.column, row.chapter if running_too else row.group, row.unit].append(row)
    for rows in found.values():
        run_on = set() if running_too else {row for chain in running_totals(rows) for row in chain}
        yield [row for row in rows if row not in run_on]


def _holds(total: Row, parts: list[Row]) -> bool:
    return bool(parts) and total not in parts and meet(total.bounds, bounds_of(parts))


def _named(rows: list[Row]) -> None:
    for total in rows:
        if not total.is_total or _is_only_of_months(total) or total.is_settled or total.counts_once:
            continue
        if not total.is_sum and any(
            set(row.classed) & {*filter(TOTAL.search, total.classed)} for row in rows if row is not total
        ):
            continue  # 事项总数 again and again
        found = [parts for parts in candidates(total, rows) if parts]
        if any(_holds(total, parts) and not _is_of_next(total, parts, rows) for parts in found):
            continue
        if any(row.overlaps for parts in found for row in parts):
            found = [parts for parts in found if not any(row.overlaps for row in parts) and _is_near(total, parts)]
        if not total.is_total_of_others:
            found = [parts for parts in found if any(row.measure != total.measure for row in parts)]
        several = [parts for parts in found if len(parts) > 1]
        nearest = min(several, key=lambda parts: abs(total.value - total_of(row.value for row in parts)), default=[])
        if nearest and (total.is_sum or _is_called_for(total, nearest, rows)):
            _tell(total, nearest)
        elif parts := next(_nearly(total, rows), []):
            _tell(total, parts)


def _is_only_of_months(total: Row) -> bool:
    """Whether it is a total by the months that its subject names, which are held by themselves."""
    return (
        not total.is_sum
        and bool(span_in(total.subject))
        and not any(map(TOTAL.search, (total.measure, *total.classed)))
    )


def _is_called_for(total: Row, parts: list[Row], rows: list[Row]) -> bool:
    """Whether a 总量 is of these: they are of its name, or nearly come to it."""
    called = called_without_total(total)
    if any(map(is_first_few, rows)) and not _is_near(total, parts):
        return False  # the others are not listed
    of_name = all(row.measure == total.measure or (len(called) > 1 and called in row.measure) for row in parts)
    return not _is_level(total, rows) and (of_name or _is_near(total, parts, least=20))


def _nearly(total: Row, rows: list[Row]) -> Iterator[list[Row]]:
    """What a total by name is one slip apart from: the places of a wider one, all rows of its subject or of its measure."""
    places = of_places(total, rows)
    apart = total.value - total_of(row.value for row in places)
    is_slip = places and (_is_near(total, places, least=_least(places)) or times_ten(total, places))
    if is_slip or _is_copied(places, apart, least=_TELLING):
        yield places
    yield from (parts for parts in all_beside(total, rows) if _is_near(total, parts))


def _is_of_next(total: Row, parts: list[Row], rows: list[Row]) -> bool:
    """Whether rows between two 小计 come to both: they are those of the one below them, as the other has its own above."""
    place = rows.index(total)
    nearest = rows[place + 1 : place + 1 + len(parts)]
    after = rows[place + 1 + len(parts) : place + 2 + len(parts)]
    both = nearest == parts and place > 0 and not rows[place - 1].is_total
    return both and "小计" in total.subject and any("小计" in row.subject and _holds(row, parts) for row in after)


def _least(parts: list[Row]) -> int:
    """From which total a slip is no chance where the total is one by name: parts of one digit become others too easily."""
    return 100 if any(row.value < 10 for row in parts) else 20


def _is_level(total: Row, rows: list[Row]) -> bool:
    """Whether a 总量 or 累计 stands alone: what is beside it is of other subjects or other measures."""
    beside = [row for row in rows if row is not total]
    parts = [row for row in beside if row.measure == total.measure or row.subject == total.subject]
    return not total.is_sum and (
        len(parts) < 2
        or any(row.is_partial for row in beside)
        or total_of(row.value for row in parts) * 2 < total.value
    )


def _tell(total: Row, parts: list[Row]) -> None:
    summed = total_of(row.value for row in parts)
    total.report(
        "total-apart",
        parts,
        row=total.line,
        parts=rows_in_words(parts),
        sum=said(summed, total),
        difference=said(total.value - summed, total),
    )


def _unnamed(rows: list[Row]) -> None:
    """A first or last row that the others nearly come to, one slip of the pen apart."""
    for block in _blocks(rows):
        if len(block) <= _FEW - 1 or any(row.is_partial for row in block):
            continue
        if any(row.quantity.qualifier for row in block[1:-1]):
            continue
        measures = {row.measure for row in block}
        if any(row.is_total_of_others if len(measures) == 1 else row.is_total for row in block):
            continue
        if len(measures) > 1 and any(row.value < 0 or _PAST.search(row.measure) for row in block):
            continue
        wider = [row for row in block[1:-1] if WIDER.match(row.subject)]
        choices = [(row, [other for other in block if other is not row]) for row in (block[0], block[-1], *wider)]
        if any(_holds(total, parts) for total, parts in choices):
            continue
        for total, parts in choices:
            if (
                total.is_settled
                or is_one_of(total.subject, [row.subject for row in parts])
                or _fails_elsewhere(total, parts)
                or _are_steps(parts)
            ):
                continue
            is_ten = total.quantity.qualifier and times_ten(total, parts)
            is_near = _is_near(total, parts) and _may_be_greatest(total, parts) and not is_round(total, parts)
            if is_near or is_ten or _is_apart_by_name(total, parts):
                _tell_near(total, parts)
                break


def _fails_elsewhere(total: Row, parts: list[Row]) -> bool:
    """Whether the same subjects state another measure in which it is no total of the others."""
    subjects = {row.subject for row in (total, *parts)}
    others: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows_of(total.records):
        alike = row.group == total.group and row.subject in subjects and row.measure != total.measure
        if alike and not row.is_rate and not row.is_average:
            others[row.measure][row.subject] = row
    for of_measure in others.values():
        if len(of_measure) == len(parts) + 1 == len(subjects):
            whole = of_measure.pop(total.subject)
            if abs(whole.value - total_of(row.value for row in of_measure.values())) > _FAIRLY * whole.value:
                return True
    return False


def _are_steps(parts: list[Row]) -> bool:
    """Whether two of them have rates (办结率, 满意率): what comes of each other, and no parts side by side."""
    one = parts[0]
    rates = {row.measure for row in rows_of(one.records) if row.is_rate and row.subject == one.subject}
    return sum(f"{part.measure}率" in rates for part in parts) > 1


def _is_apart_by_name(total: Row, parts: list[Row]) -> bool:
    """Whether the parts are of one kind by their names and the total is not, and they are a little less or more than it."""
    alike = len({row.measure for row in (total, *parts)}) == 1 and len(parts) >= _FEW
    apart = total.value - total_of(row.value for row in parts)
    is_of = alike and is_whole_of(total.subject, [row.subject for row in parts])
    return is_of and total.value >= _TELLING and apart <= _SOMEWHAT * total.value


def _may_be_greatest(total: Row, parts: list[Row]) -> bool:
    """Whether no part is more; or one is, and one slip in it or in the total is told by many digits."""
    summed, largest = total_of(row.value for row in parts), max(parts, key=lambda row: row.value)
    if total.value >= largest.value:
        return True
    meant = largest.value + total.value - summed
    slipped = total.value >= _MUCH and could_be(largest.quantity, meant) and total.value >= meant
    return slipped or (summed >= 10 * _MUCH and could_be(total.quantity, summed))


def _tell_near(total: Row, parts: list[Row]) -> None:
    summed = total_of(row.value for row in parts)
    apart = said(total.value - summed, total)
    total.report("total-near", parts, parts=rows_in_words(parts), row=total.line, difference=apart)


def _blocks(rows: list[Row]) -> Iterator[list[Row]]:
    """Neighbouring rows of one measure or one subject, and all rows of the list."""
    rows = [row for row in rows if not is_set_apart(row) and not row.counts_once]
    yield [row for row in rows if not row.is_partial]
    for name in ("measure", "subject"):
        for _, found in groupby(rows, key=attrgetter(name)):
            block = list(found)
            if len(block) < len(rows):
                yield block


def _is_near(total: Row, parts: list[Row], least: int = 100) -> bool:
    apart = total.value - total_of(row.value for row in parts)
    near = len(parts) > _FEW - 1 and total.value >= least
    if near and (
        abs(apart) <= _CLOSE * total.value or (abs(apart) <= _FAIRLY * total.value and _is_copied(parts, apart))
    ):
        return True
    return total.value >= least and one_slip_apart(total, parts)


def _is_copied(parts: list[Row], apart: Decimal, least: int = _MUCH) -> bool:
    """Whether a part is the same as another to many digits, as if its row had been copied, and may be another."""
    times = Counter(row.value for row in parts if row.value >= least)
    return any(count > 1 and value + apart >= 0 for value, count in times.items())


def rows_in_words(rows: Iterable[Row]) -> str:
    """第2至4行, 第2、5行."""
    lines = sorted({row.line for row in rows})
    if lines and lines == list(range(lines[0], lines[-1] + 1)) and len(lines) > 2:
        return f"{lines[0]}–{lines[-1]}"
    return "、".join(map(str, lines))


CHECKS = (sums,)
