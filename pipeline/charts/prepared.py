"""What every kind of chart begins and ends with: rows without totals, facts of one unit, labels as text; two drawings made a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..document.carried import carried, carried_words
from ..document.chart_data import ChartData, ChartKind, DrawnSeries, Point
from ..errors import FactError
from ..facts import Fact
from ..facts.element import plain
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


HATCHED, DIAMONDS = "斜纹为概数", "菱形为概数"
_OF_TIME = "年月日号期0123456789"  # what ends a label that a figure behind it would go on


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

    def stated(self, number: int) -> list[int]:
        """The places at which a series states a figure."""
        return [place for place, fact in enumerate(self.series[number]) if fact is not None]

    def as_chart(
        self,
        drawing: Callable[[Drawn, float], Figure],
        *,
        name: str,
        caption: str,
        alt: str,
        note: str,
        hedged: str = HATCHED,
        data: ChartData | None = None,
    ) -> Chart:
        """The chart of what ``drawing`` draws in a width in inches, for paper and for telephones.

        ``hedged`` says how it marks hedged figures, which the note tells where there are any; ``data`` as :meth:`data` gives it.

        Raises:
            FactError: no font has a character of a label.
        """
        if any(fact is not None and fact.quantity.qualifier for facts in self.series for fact in facts):
            note = f"{note}；{hedged}" if note else hedged
        with house_style(name), every_glyph(name):
            behind = carried(facts_behind(self.series, self.labelled), carried_words(self.labelled))
            wide, narrow = (drawing(self, width) for width in (TEXT_WIDTH, PHONE_WIDTH))
            return drawn_as_chart(wide, narrow, behind, name=name, caption=caption, alt=alt, note=note, data=data)

    def said(self, legend: Sequence[str]) -> list[list[str]]:
        """What stands beside each mark, series by series: its figure, and at the first which series it is."""
        return [
            _said(facts, legend[number] if number < len(legend) else "") for number, facts in enumerate(self.series)
        ]

    def data(self, kind: ChartKind, caption: str, legend: Sequence[str] = ()) -> ChartData:
        """What Word draws of it, as a chart of that kind."""
        names = [*legend, *("" for _ in self.series)]
        series = (DrawnSeries(name, tuple(map(_point, facts))) for name, facts in zip(names, self.series, strict=False))
        return ChartData(kind, plain(caption), tuple(self.labels), tuple(series))


def _said(facts: list[Fact | None], legend: str) -> list[str]:
    first = next((fact for fact in facts if fact is not None), None)
    return ["" if fact is None else f"{fact!s}　{legend}" if legend and fact is first else str(fact) for fact in facts]


def _point(fact: Fact | None) -> Point | None:
    return None if fact is None else Point(fact.quantity.plain, str(fact), bool(fact.quantity.qualifier))


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


def told(label: str, said: str) -> str:
    """A label and what is said of it, apart where they would read as one number: 2021年6月：310余人次."""
    return f"{label}：{said}" if label[-1:] in _OF_TIME and said[:1].isdigit() else f"{label}{said}"
