"""Shares of one whole, which come to 100 %."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

from .opened_period import OpenedPeriod
from .ratios import OF_WHOLE, chapters, is_share
from .stated_rows import Row, half_place, total_of
from .totals import already_told

_TOLD_ABOVE = re.compile(r"占比|比重")
_HUNDRED = Decimal(100)


def together(opened: OpenedPeriod) -> None:
    """Report shares of one thing that do not come to 100 %; more is told elsewhere of what is called 占比 or 比重."""
    for rows in chapters(opened):
        shares = [row for row in rows if is_share(row) and OF_WHOLE.search(row.measure) and "多选" not in row.note]
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in shares:
            grouped[row.measure, row.as_of].append(row)
        for found in grouped.values():
            summed, slack = total_of(row.value for row in found), total_of(half_place(row.quantity) for row in found)
            apart = summed - _HUNDRED
            is_told = apart > 0 and _TOLD_ABOVE.search(found[0].measure)
            if len(found) > 2 and slack < abs(apart) <= 20 and not is_told and not any(map(already_told, found)):
                found[0].report(
                    "share-not-whole",
                    found[1:],
                    sum=f"{summed.normalize():f}%",
                    difference=f"{apart.normalize():+f}",
                )


CHECKS = (together,)
