"""The numbers of a chart, beside its drawing: a program that draws charts itself can draw this one, and go on from there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple, get_args

CHART_DATA = (
    "application/vnd.halfyear.chart+json"  # the form of a cell's output; an article's figure has it as data-chart
)
ChartKind = Literal["bars", "columns", "line"]


class Point(NamedTuple):
    """A figure: its value as a plain decimal number, how it is said with its unit and hedge, and whether it is hedged."""

    value: str
    said: str
    hedged: bool


class DrawnSeries(NamedTuple):
    """What is drawn in one colour: what is said beside it (本期), "" where it stands alone, and its points, None for a gap."""

    legend: str
    points: tuple[Point | None, ...]


@dataclass(frozen=True)
class ChartData:
    """A chart of bars, of columns or of lines: what it shows, what names each place, and its series with a point a place."""

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[DrawnSeries, ...]

    def as_output(self) -> dict[str, Any]:
        """As a cell's output holds it."""
        return asdict(self)


def read_chart_data(written: str) -> ChartData | None:
    """The chart data of an attribute; None where a foreign one says nothing of this kind."""
    try:
        given = json.loads(written)
        series = tuple(
            DrawnSeries(str(legend), tuple(None if point is None else Point(*point) for point in points))
            for legend, points in given["series"]
        )
        data = ChartData(given["kind"], str(given["title"]), tuple(map(str, given["labels"])), series)
    except (ValueError, TypeError, KeyError):
        return None
    whole = all(len(one.points) == len(data.labels) for one in series)
    return data if series and whole and data.kind in get_args(ChartKind) else None
