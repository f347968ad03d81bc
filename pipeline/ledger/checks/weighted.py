"""Marks by weights (权重) and what they come to together, and figures of all that lie between those of each."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

from .opened_period import OpenedPeriod
from .rate_parts import MOVED, OF_WHOLE, chapters
from .stated_rows import Row, half_place, said, total_of
from .totals import rows_in_words

_WEIGHT = re.compile(r"权重|权数")
_ALL = re.compile(r".{0,6}(?:合计|总计)|总体|综合|平均|(?:全部|全体|所有|各类|全[区市县局省]).{0,6}")
_HUNDRED = Decimal(100)


def weighted(opened: OpenedPeriod) -> None:
    """Report a mark that is not what the marks beside it come to by their weights, and weights that are not 100 % together."""
    for rows in chapters(opened):
        weights = {row.subject: row for row in rows if _WEIGHT.search(row.measure) and row.is_rate}
        if len(weights) < 2:
            continue
        marks: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row.subject in weights and row is not weights[row.subject]:
                marks[row.measure].append(row)
        summed = total_of(row.value for row in weights.values())
        if summed != _HUNDRED and len(weights) > 2:
            told, others = next(iter(weights.values())), list(weights.values())[1:]
            told.report("share-not-whole", others, sum=f"{summed.normalize():f}%", difference=f"{summed - _HUNDRED:+f}")
            continue
        for of_measure in marks.values():
            together = [row for row in rows if row.subject not in weights and row.unit == of_measure[0].unit]
            if len(of_measure) == len(weights) and len(together) == 1:
                _hold(together[0], [(row, weights[row.subject]) for row in of_measure])


def between(opened: OpenedPeriod) -> None:
    """Report a rate or an average of all that is less than the least or more than the greatest of those that it is of."""
    for rows in chapters(opened):
        found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            if (row.is_rate or row.is_average) and not MOVED.search(row.measure) and not OF_WHOLE.search(row.measure):
                found[row.measure, row.unit, row.as_of].append(row)
        for alike in found.values():
            of_all = [row for row in alike if _ALL.fullmatch(row.subject)]
            each = [row for row in alike if row not in of_all]
            if len(of_all) == 1 and len(each) > 1 and not of_all[0].is_settled:
                least, most = min(each, key=lambda row: row.value), max(each, key=lambda row: row.value)
                if of_all[0].bounds[1] < least.bounds[0] or of_all[0].bounds[0] > most.bounds[1]:
                    span = {"least": str(least.quantity), "most": str(most.quantity)}
                    of_all[0].report("mean-outside", [least, most], lines=rows_in_words(each), **span)
                elif of_all[0].is_average:
                    _by_numbers(of_all[0], each, rows)


def _by_numbers(mean: Row, each: list[Row], rows: list[Row]) -> None:
    """Hold an average of all to those of each by how many each is of, where one number says so and adds up."""
    numbers: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if not row.is_rate and not row.is_average and row.unit != mean.unit:
            numbers[row.measure][row.subject] = row
    subjects = {row.subject for row in (mean, *each)}
    known = [of_measure for of_measure in numbers.values() if of_measure.keys() >= subjects]
    if len(known) == 1:
        weights = [(row, known[0][row.subject]) for row in each]
        summed, whole = total_of(weight.value for _, weight in weights), known[0][mean.subject].value
        given = total_of(row.value * weight.value for row, weight in weights) / (whole or 1)
        half = _half(mean) + max(map(_half, each))
        if summed == whole and abs(given - mean.value) > half:
            shown = said(round(given, mean.quantity.decimals), mean)
            mean.report("mean-apart", each, lines=rows_in_words(each), given=shown)


def _half(row: Row) -> Decimal:
    """By how much a figure that was worked out may be off."""
    return half_place(row.quantity) or Decimal("0.5")


def _hold(whole: Row, marks: list[tuple[Row, Row]]) -> None:
    given = total_of(mark.value * weight.value for mark, weight in marks) / _HUNDRED
    half = _half(whole) + max(half_place(mark.quantity) for mark, _ in marks)
    if abs(given - whole.value) > half and not whole.is_settled:
        rows = [row for pair in marks for row in pair]
        whole.report(
            "mean-apart", rows, lines=rows_in_words(rows), given=said(round(given, whole.quantity.decimals), whole)
        )


CHECKS = (weighted, between)
