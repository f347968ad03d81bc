"""The first few of a list taken together: 前三类 beside the kinds that they are of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ...facts.figure_words import ordinal
from .opened_period import OpenedPeriod
from .rate_parts import chapters
from .stated_rows import Row, bounds_of, meet, said, total_of
from .totals import rows_in_words

_FEW = re.compile(r"前(?P<many>[二三四五六七八九十]|[2-9]|10)[类项名位个大种]")


def first_few(opened: OpenedPeriod) -> None:
    """Report what the first few of a list come to, where that is not what is stated of them."""
    for rows in chapters(opened):
        for whole in rows:
            match = _FEW.search(whole.subject) or _FEW.search(whole.measure)
            if match and not whole.is_average and not whole.is_settled:
                many = int(match["many"]) if match["many"].isdecimal() else ordinal(match["many"]) or 0
                for parts in _parts(whole, rows, match[0]):
                    first = sorted(parts, key=lambda row: -row.value)[:many]
                    if len(first) == many and not meet(whole.bounds, bounds_of(first)):
                        difference = said(whole.value - total_of(row.value for row in first), whole)
                        whole.report(
                            "total-near", first, row=whole.line, parts=rows_in_words(first), difference=difference
                        )
                    break


def _parts(whole: Row, rows: list[Row], called: str) -> Iterator[list[Row]]:
    """The rows of its measure, or of its subject, in its unit."""
    of: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if (
            row is not whole
            and row.unit == whole.unit
            and not row.is_total
            and not _FEW.search(row.subject + row.measure)
        ):
            for name in ("subject", "measure"):
                if getattr(row, name) == getattr(whole, name).replace(called, ""):
                    of[name].append(row)
    yield from (of[name] for name in ("measure", "subject") if of[name])


CHECKS = (first_few,)
