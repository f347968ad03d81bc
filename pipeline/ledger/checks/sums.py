"""Totals against their parts, and shares against their base, where both are stated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from ...facts.quantity import Quantity
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .halfyear import HalfYear
from .keys import key_part
from .totals import total_rows

TOTALS = ("合计", "总计", "总数", "总量", "全部")
_SHARE = re.compile(r"(?P<stem>.*?)(?:占比|比例|比重|率)")
_CHANGE = re.compile(r"增|降|同比|环比|升|减|提速|变化|完成")
_HUNDRED = Decimal(100)


def totals(half_year: HalfYear) -> None:
    """Report a 合计 that is not the sum of the other rows of its kind."""
    for records in half_year.records.values():
        over = records.ledger.total_over
        if not over or len(records) < 3:
            continue
        is_total = records.coded(over).where(TOTALS.__contains__)
        if is_total.any():
            for column in records.ledger.figures:
                _total(records, column.field, over, is_total)


def _total(records: Records, name: str, over: str, is_total: np.ndarray) -> None:
    others = [key_part(records, field) for field in records.ledger.key if field != over]
    codes = combined(others).codes if others else np.zeros(len(records), int)
    figures = records.figures(name).spread()
    for position in np.flatnonzero(is_total):
        parts = figures[(codes == codes[position]) & ~is_total]
        whole = figures[position]
        if len(parts) < 2 or not all(map(_exact, [whole, *parts])) or len({q.unit for q in [whole, *parts]}) > 1:
            continue
        if whole.unit in ("%", "‰"):
            continue
        summed = sum(part.value for part in parts)
        if summed != whole.value and (name, int(position)) not in total_rows(records):
            details = {"parts": len(parts), "sum": f"{summed:f}", "difference": f"{whole.value - summed:+f}"}
            records.report("total-difference", [position], name, str(whole), **details)


def shares(half_year: HalfYear) -> None:
    """Report shares outside 0 to 100 %, shares that sum to more, and shares that their part and base do not give."""
    for records, measure in half_year.having(Role.MEASURE):
        for column in records.ledger.figures:
            if any(q and q.unit == "%" for q in records.figures(column.field).values):
                rows = _Rows(records, column.field, measure)
                for position in rows.rates():
                    rows.in_range(position)
                    rows.against_base(position)
                rows.together()


class _Rows:
    """The figures of one column row by row, found by what they are about."""

    def __init__(self, records: Records, figure: str, measure: str) -> None:
        self.records, self.figure, self.by = records, figure, measure
        self.value = records.figures(figure).spread()
        self.measure = records.coded(measure).spread()
        about = self._codes(*records.ledger.fields(Role.SECTION, Role.INITIATIVE, Role.SUBJECT, Role.AS_OF))
        self.about, self.by_measure = (
            about,
            {(a, m): i for i, (a, m) in enumerate(zip(about, self.measure, strict=True))},
        )
        self.rows_about: dict[int, list[int]] = defaultdict(list)
        for position, code in enumerate(about.tolist()):
            self.rows_about[code].append(position)

    def _codes(self, *names: str) -> np.ndarray:
        """One number a row, the same where the fields say the same."""
        parts = [key_part(self.records, name) for name in names]
        return combined(parts).codes if parts else np.zeros(len(self.records), int)

    def rates(self) -> Iterable[int]:
        """The positions of exact shares in per cent."""
        for position, quantity in enumerate(self.value):
            shared = _SHARE.fullmatch(self.measure[position]) and not _CHANGE.search(self.measure[position])
            if shared and _exact(quantity) and quantity.unit == "%":
                yield position

    def in_range(self, position: int) -> None:
        quantity = self.value[position]
        if not 0 <= quantity.value <= _HUNDRED:
            self.records.report("share-range", [position], self.figure, str(quantity))

    def against_base(self, position: int) -> None:
        share = _SHARE.fullmatch(self.measure[position])
        assert share, "one of the rates"
        stem = share["stem"]
        part = self._first(position, (stem, f"{stem}量", f"{stem}数", f"{stem}数量", f"{stem}件数", f"{stem}人数"))
        base = self._base(position)
        if part is None or part.value is None or base is None or not base.value:
            return
        quantity = self.value[position]
        given = (part.value / base.value * _HUNDRED).quantize(Decimal(1).scaleb(-quantity.decimals), ROUND_HALF_UP)
        if given != quantity.value:
            details = {"part": str(part), "base": str(base), "given": f"{given:f}%"}
            self.records.report("share-difference", [position], self.figure, str(quantity), **details)

    def together(self) -> None:
        """Shares of one measure over several subjects."""
        ledger = self.records.ledger
        codes = self._codes(*ledger.fields(Role.SECTION, Role.INITIATIVE), self.by, *ledger.fields(Role.AS_OF))
        groups: dict[int, list[int]] = defaultdict(list)
        for position in self.rates():
            if re.search("占比|比重", self.measure[position]):
                groups[int(codes[position])].append(position)
        for positions in groups.values():
            summed = sum(self.value[position].value for position in positions)
            slack = sum(Decimal(1).scaleb(-self.value[position].decimals) / 2 for position in positions)
            if len(positions) > 1 and summed > _HUNDRED + slack:
                self.records.report("share-sum", positions, self.figure, sum=f"{summed:f}%")

    def _first(self, position: int, names: Iterable[str]) -> Quantity | None:
        for name in names:
            found = self.by_measure.get((self.about[position], name))
            quantity: Quantity | None = self.value[found] if found is not None and name else None
            if _exact(quantity):
                return quantity
        return None

    def _base(self, position: int) -> Quantity | None:
        """The one total stated of the same subject."""
        found = [
            self.value[other]
            for other in self.rows_about[int(self.about[position])]
            if re.fullmatch(r".*(?:总量|总数|合计|总计)|总.*[量数]", self.measure[other]) and _exact(self.value[other])
        ]
        return found[0] if len(found) == 1 else None


def _exact(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.value is not None and not quantity.qualifier and not quantity.rank


CHECKS = (
    totals,
    shares,
)
