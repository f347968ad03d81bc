"""What every kind of chart begins and ends with: rows without totals, facts of one unit, labels as text; two drawings made a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ..document.carried import carried, carried_words
from ..errors import FactError
from ..facts import Fact
from ..facts.frame_cells import refuse_missing, without_totals
from ..facts.stated_words import bare
from ..findings import Said
from .house_style import (
    PHONE_WIDTH,
    TEXT_WIDTH,
    Chart,
    drawn_as_chart,
    every_glyph,
    facts_behind,
    figures_of,
    house_style,
    know_face,
)

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure


class Drawn(NamedTuple):
    """What is drawn: what names each row, ``labelled`` as its cell has it and ``labels`` as text, and for each field its
    facts, None where nothing is stated."""

    labelled: list[object]
    labels: list[str]
    series: list[list[Fact | None]]

    @property
    def numbers(self) -> list[list[float]]:
        """The facts as matplotlib wants them; nan where nothing is stated."""
        return [[float("nan") if fact is None else float(fact) for fact in facts] for facts in self.series]

    def as_chart(
        self, drawing: Callable[[Drawn, float], Figure], *, name: str, caption: str, alt: str, note: str
    ) -> Chart:
        """The chart of what ``drawing`` draws in a width in inches, for paper and for telephones.

        Raises:
            FactError: no font has a character of a label.
        """
        with house_style(name), every_glyph(name):
            behind = carried(facts_behind(self.series, self.labelled), carried_words(self.labelled))
            wide, narrow = (drawing(self, width) for width in (TEXT_WIDTH, PHONE_WIDTH))
            return drawn_as_chart(wide, narrow, behind, name=name, caption=caption, alt=alt, note=note)


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
    return Drawn(list(rows[label]), [bare(one) for one in rows[label]], kept)
