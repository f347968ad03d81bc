"""A ledger's total, which a sum does not count again beside its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fact import Fact

if TYPE_CHECKING:
    from .quantity import Quantity
    from .sources import Cell, Sources


class TotalFact(Fact):
    """A figure that others in its ledger come to, with those others by their cells.

    Whatever adds facts up (``rows["value"].sum()``, ``groupby().sum()``, ``+``) counts each case once: of a total and its
    parts together come the parts, of a total and some of
    them the total.
    """

    __slots__ = ("parts",)

    def __init__(
        self, quantity: Quantity, sources: Sources, derivation: str = "", *, parts: dict[Cell, Fact] | None = None
    ) -> None:
        super().__init__(quantity, sources, derivation)
        self.parts = parts or {}

    def __add__(self, other: object) -> Fact:
        if not isinstance(other, Fact):
            return super().__add__(other)
        counted = [self.parts[cell] for cell in other.sources.cells() if cell in self.parts]
        if counted and sum(part.value for part in counted) == self.value:
            return other
        added = super().__add__(other)
        for part in counted:
            added = added - part
        later = other.parts if isinstance(other, TotalFact) else {}
        total = self if counted and added == self else added
        return TotalFact(total.quantity, total.sources, total.derivation, parts={**self.parts, **later})

    __radd__ = __add__
