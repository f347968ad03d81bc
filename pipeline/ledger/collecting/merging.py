"""What the rows sent come to for each row of the ledgers, and where senders contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...facts.quantity import Quantity, StatedError
from ..columns import FIGURE, Ledger
from ..declared_ledgers import DeclaredLedgers
from ..roles import Role
from .sent import FILLED, Known, SentRow, rank

_NOT_KNOWN = "未注明"  # gives way to whoever knows


@dataclass(frozen=True)
class MergedRow:
    """All that senders say of one row: only of those who made the most of it."""

    ledger: Ledger
    sent: tuple[SentRow, ...]

    @property
    def rank(self) -> int:
        """How much was made of it."""
        return rank(self.ledger, self.sent[0].values)

    @property
    def fields(self) -> list[str]:
        """The fields that somebody says something of."""
        return list(dict.fromkeys(name for row in self.sent for name in row.values))

    def said(self, field: str) -> dict[str, SentRow]:
        """Each thing said of a field, and who said it first; equal figures are one thing, and so are all remarks."""
        found: dict[str, SentRow] = {}
        for row in self.sent:
            text = row.values.get(field, "")
            if text and not any(_same(self.ledger, field, text, other) for other in found):
                found[text] = row
        if len(found) > 1:
            found.pop(_NOT_KNOWN, None)
        if len(found) > 1 and self.ledger.column(field).role == Role.NOTE:
            return {"；".join(found): next(iter(found.values()))}
        return found

    def agreed(self, field: str) -> str:
        """What all who say something of it say; "" where they say nothing or contradict each other."""
        said = self.said(field)
        return next(iter(said)) if len(said) == 1 else ""


def merged(rows: Iterable[SentRow], ledgers: DeclaredLedgers) -> dict[Known, MergedRow]:
    """The rows by what they are known by."""
    by_key: dict[Known, list[SentRow]] = {}
    for row in rows:
        by_key.setdefault(row.known, []).append(row)
    return {known: _of_most(ledgers[known[0]], sent) for known, sent in by_key.items()}


def _of_most(ledger: Ledger, sent: Sequence[SentRow]) -> MergedRow:
    most = max(rank(ledger, row.values) for row in sent)
    return MergedRow(ledger, tuple(row for row in sent if rank(ledger, row.values) == most))


def replaced(
    earlier: Iterable[SentRow], now: Iterable[SentRow], ledgers: DeclaredLedgers
) -> tuple[list[SentRow], list[SentRow]]:
    """The rows that count now, and those of an earlier workbook that its sender's new one lacks or leaves blank: they stay.

    Of one who sends again, each row filled in takes the place of that row sent earlier. A row that somebody else filled in
    as well is given up by leaving it blank.
    """
    earlier, now = list(earlier), list(now)
    again = {row.sender for row in now}
    filled = {(row.sender, row.known) for row in now if _is_filled(row, ledgers)}
    others = [row for row in earlier if row.sender not in again]
    elsewhere = {row.known for row in (*others, *now) if _is_filled(row, ledgers)}
    lacking = [
        row
        for row in earlier
        if row.sender in again and (row.sender, row.known) not in filled
        if _is_filled(row, ledgers) and row.known not in elsewhere
    ]
    stay = {(row.sender, row.known) for row in lacking}
    return [*others, *lacking, *(row for row in now if (row.sender, row.known) not in stay)], lacking


def _is_filled(row: SentRow, ledgers: DeclaredLedgers) -> bool:
    return rank(ledgers[row.known[0]], row.values) == FILLED


def _same(ledger: Ledger, field: str, one: str, other: str) -> bool:
    if one == other or ledger.column(field).kind != FIGURE:
        return one == other
    try:
        return Quantity.parse(one) == Quantity.parse(other)
    except StatedError:
        return False
