"""Running totals: 1—3月 after 1—2月, 累计 at the end of one month after that of the month before."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from .opened_period import OpenedPeriod
from .rate_parts import chapters
from .spans import month_of, running_totals, span_of, thing, until
from .stated_rows import Row, bounds_of, meet, said
from .things import alike
from .totals import lists_of, rows_in_words

_OF_MONTH = re.compile(r"[当本单]月")


def running(opened: OpenedPeriod) -> None:
    """Report a running total that is less than the one before it, or not that and what came since."""
    for records in opened.records.values():
        for rows in lists_of(records, running_too=True):
            chains = running_totals(rows)
            single = _single(rows, {row for chain in chains for row in chain})
            for chain in chains:
                _first(chain[0], single.get((thing(chain[0]), until(chain[0]))))
                for before, after in pairwise(chain):
                    _step(before, after, single.get((thing(after), until(after))))


def by_place(opened: OpenedPeriod) -> None:
    """Report what has come together up to one row (累计占比 beside 占比) where it is not that of the row before and its own, as in the others."""
    for rows in chapters(opened):
        for names, things in alike(rows, lambda row: row.subject, lambda row: row.measure):
            for name in names:
                added = next((other for other in names if other == f"累计{name}"), "")
                pairs = [(thing[name], thing[added]) for thing in things if added and name in thing and added in thing]
                _held_by_place(pairs)


def _held_by_place(pairs: list[tuple[Row, Row]]) -> None:
    steps = [(before[1], own, after) for before, (own, after) in pairwise(pairs)]
    wrong = [step for step in steps if not meet(step[2].bounds, bounds_of(step[:2]))]
    if wrong and len(steps) - len(wrong) >= max(2, len(wrong)) and not any(row.is_settled for row in wrong[0]):
        before, own, after = wrong[0]
        difference = said(after.value - before.value - own.value, after)
        after.report(
            "total-near", [before, own], row=after.line, parts=rows_in_words([before, own]), difference=difference
        )


def _single(rows: list[Row], running: set[Row]) -> dict[tuple[tuple[str, ...], str], Row]:
    """What came in one month, by the thing and the month; a date alone says so where several of the thing are dated."""
    others = [(row, month_of(row)) for row in rows if row not in running]
    months = {(thing(row), until(row)): row for row, span in others if span and span.first == span.last}
    times = Counter(of for of, _ in months)
    return {
        key: row for key, row in months.items() if times[key[0]] > 1 or span_of(row) or _OF_MONTH.search(row.measure)
    }


def _first(row: Row, only: Row | None) -> None:
    """What has come together since January by its end is what came in it."""
    if only is not None and until(row)[5:] == "01" and not row.is_settled and not meet(row.bounds, only.bounds):
        difference = said(row.value - only.value, row)
        row.report("total-near", [only], row=row.line, parts=rows_in_words([only]), difference=difference)


def _step(before: Row, after: Row, since: Row | None) -> None:
    if after.is_settled or before.is_told:
        return
    if after.bounds[1] < before.bounds[0]:
        after.report("running-falls", [before], row=before.line, before=str(before.quantity))
        return
    spans = month_of(before), month_of(after)
    if since is None or spans[0] is None or spans[1] is None or spans[1].last != spans[0].last + 1:
        return
    given = (before.bounds[0] + since.bounds[0], before.bounds[1] + since.bounds[1])
    if not meet(after.bounds, given):
        summed = before.value + since.value
        lines = rows_in_words([before, since])
        difference = said(after.value - summed, after)
        after.report("total-near", [before, since], row=after.line, parts=lines, difference=difference)


CHECKS = (running, by_place)
