"""Ledgers too long for a table written by hand: their totals are held in one pass, and that the rest is not is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .stated_rows import MOST_ROWS, SUMMED, Row, bounds_of, meet, rows_of, said, total_of


def registers(opened: OpenedPeriod) -> None:
    """Report totals of long ledgers that neither the rows since the last total nor all others come to."""
    for records in opened.records.values():
        for total, parts, holds in long_totals(records):
            if not holds and not total.is_settled:
                summed = total_of(row.value for row in parts)
                lines = f"{parts[0].line}–{parts[-1].line}"
                difference = said(total.value - summed, total)
                total.report("total-apart", row=total.line, parts=lines, sum=said(summed, total), difference=difference)
        if len(records) > MOST_ROWS and records.ledger.field(Role.MEASURE):
            records.report("not-reckoned", [], "", "", count=len(records), most=MOST_ROWS)


def long_totals(records: Records) -> Iterator[tuple[Row, list[Row], bool]]:
    """Each total of a long ledger by its name, the rows it is of, and whether they come to it."""
    if len(records) <= MOST_ROWS or not _names_totals(records):
        return
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows_of(records, most=len(records)):
        if not row.is_rate and row.quantity.origin is None:
            found[row.column, row.unit].append(row)
    for rows in found.values():
        parts = [row for row in rows if not row.is_total]
        yield from _in_one_pass(rows, parts) if parts else ()


def _names_totals(records: Records) -> bool:
    """Whether any name says that it is a total; each different name is looked at once."""
    ledger = records.ledger
    fields = {
        ledger.about,
        *ledger.fields(Role.MEASURE, Role.CLASS, Role.ITEM, Role.CIRCUMSTANCE),
        ledger.total_over,
    } - {"", None}
    return any("计" in name and SUMMED.search(name) for field in fields for name in records.coded(field).values)


def _in_one_pass(rows: list[Row], parts: list[Row]) -> Iterator[tuple[Row, list[Row], bool]]:
    everything = bounds_of(parts)
    since: list[Row] = []
    for row in rows:
        if not row.is_sum:
            since += [] if row.is_total else [row]
            continue
        if since and meet(row.bounds, bounds_of(since)):
            yield row, since, True
        elif meet(row.bounds, everything):
            yield row, parts, True
        else:
            yield row, since or parts, False
        since = []


CHECKS = (registers,)
