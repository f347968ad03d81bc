"""Shares by themselves: outside 0 to 100 %, or more than the whole together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import numpy as np

from ...facts.quantity import Quantity
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .keys import key_part
from .opened_period import OpenedPeriod

_SHARE = re.compile(r"(?P<stem>.*?)(?:占比|比例|比重|率)")
_CHANGE = re.compile(r"增|降|同比|环比|升|减|提速|变化|完成")
_HUNDRED = Decimal(100)


def shares(opened: OpenedPeriod) -> None:
    """Report shares outside 0 to 100 %, and shares that sum to more."""
    for records, measure in opened.having(Role.MEASURE):
        for column in records.ledger.figures:
            if any(q and q.unit == "%" for q in records.figures(column.field).values):
                rows = _Rows(records, column.field, measure)
                for position in rows.rates():
                    rows.in_range(position)
                rows.together()


class _Rows:
    """The figures of one column row by row, found by what they are about."""

    def __init__(self, records: Records, figure: str, measure: str) -> None:
        self.records, self.figure, self.by = records, figure, measure
        self.value = records.figures(figure).spread()
        self.measure = records.coded(measure).spread()

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
            if len(positions) > 1 and _HUNDRED + slack < summed < 2 * _HUNDRED:  # more are of no one whole
                self.records.report("share-sum", positions, self.figure, sum=f"{summed:f}%")


def _exact(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.value is not None and not quantity.qualifier and not quantity.rank


CHECKS = (shares,)
