"""Facts made of facts: a share of a whole, a count of records, the sum of a column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from ..errors import FactError
from .fact import RATES, Fact
from .figure_text import decimals_needed
from .frame_cells import is_frame, records_of
from .quantity import Quantity
from .sources import Sources

if TYPE_CHECKING:
    import pandas


def share(part: Fact, whole: Fact, decimals: int = 1) -> Fact:
    """What part of ``whole`` is ``part``, in %, rounded half up; without value where one has none or the whole is 0.

    Raises:
        FactError: one of them is no fact.

    Example:
        >>> licences = disclosure.table("行政许可")
        >>> share(licences.granted.iloc[0], licences.accepted.iloc[0])
        <Fact 97.3% from tables/licences.csv#row=2;col=受理数量 tables/licences.csv#row=2;col=许可数量>
    """
    for one in (part, whole):
        if not isinstance(one, Fact):
            raise FactError("not-a-fact", value=one)
    if whole.stated and not whole:
        return Fact(Quantity(state="not-applicable"), part.sources | whole.sources, "share")
    ratio = part / whole
    return Fact(ratio.quantity.rounded(decimals, percent=True), ratio.sources, "share")


def count(rows: pandas.DataFrame | Iterable[Sources], unit: str) -> Fact:
    """How many records there are; the sources are the rows themselves.

    Args:
        rows: a ledger's frame or some of its rows, or one source a record.

    Raises:
        FactError: the frame's rows are no longer those of a ledger (merged, summed or numbered anew).

    Example:
        >>> count(law.table("outreach"), "场")
        <Fact 5场 from tables/outreach.csv#row=2-6>
    """
    if is_frame(rows):
        if rows.attrs.get("source") is None or rows.index.name != "row":
            raise FactError("rows-without-ledger")
        rows = records_of(rows)
    each = list(rows)
    return Fact(Quantity(value=Decimal(len(each)), unit=unit), Sources(parts=tuple(each)), "count")


def summed(cells: Sequence[object]) -> Fact | None:
    """What ``+`` makes of these from first to last, all at once; None where they are not plain figures of one unit.

    Nor where the order counts: 余 among decimals becomes 约 once a sum on the way has some.
    """
    if {*map(type, cells)} != {Fact}:
        return None
    stated = [fact for fact in cells if isinstance(fact, Fact) and fact.quantity.value is not None]
    quantities = [fact.quantity for fact in stated]
    distinct = {id(one): one for one in quantities}.values()  # of a million cells most share what was read once
    units = {one.unit for one in distinct} - {""}
    hedges = {one.qualifier for one in distinct} - {""}
    if len(stated) < 2 or len(units) > 1 or RATES & {fact.derivation for fact in stated}:
        return None
    if hedges == {"余"} and any(one.value is not None and decimals_needed(one.value) for one in distinct):
        return None
    value = reduce(add, [one.value for one in quantities if one.value is not None])
    hedge = "约" if len(hedges) > 1 else "".join(hedges)
    quantity = Quantity.calculated(value, "".join(units), hedge, decimals_needed(value))
    return Fact(quantity, Sources(parts=tuple(fact.sources for fact in stated)), "sum")
