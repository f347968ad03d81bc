"""What every kind of chart asks first: rows without totals, facts of one unit, labels as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..errors import FactError
from ..facts import Fact
from ..facts.frame_cells import refuse_missing, without_totals
from ..facts.stated_words import bare
from ..findings import Said
from .house_style import figures_of, know_face

if TYPE_CHECKING:
    import pandas


class Drawn(NamedTuple):
    """What is drawn: the ``rows``, their ``labels`` as text, and for each field its facts, None where nothing is stated."""

    rows: pandas.DataFrame
    labels: list[str]
    series: list[list[Fact | None]]

    @property
    def numbers(self) -> list[list[float]]:
        """The facts as matplotlib wants them; nan where nothing is stated."""
        return [[float("nan") if fact is None else float(fact) for fact in facts] for facts in self.series]


def prepared(rows: pandas.DataFrame, label: str, fields: list[str], name: str, *, gaps: bool = False) -> Drawn | None:
    """The rows that a chart shows; None where they state no figure.

    Args:
        fields: those of facts; one after the first that states nothing at all is left out. gaps: keep rows without a figure.

    Raises:
        FactError: the rows have no such field, hold something other than facts in it, or have different units.
    """
    know_face()
    refuse_missing(rows, [label, *fields], Said("chart-named", name=name))
    rows = without_totals(rows, fields[0])
    first = figures_of(rows, fields[0], name)
    units = {fact.unit for fact in first if fact is not None}
    if not units:
        return None
    if len(units) > 1:
        raise FactError("chart-units", chart=name, units=sorted(units))
    if not gaps:
        rows = rows[[fact is not None for fact in first]]
    series = [figures_of(rows, field, name) for field in fields]
    kept = [series[0], *(one for one in series[1:] if any(fact is not None for fact in one))]
    return Drawn(rows, [bare(one) for one in rows[label]], kept)
