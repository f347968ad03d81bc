"""Columns: one a month, a quarter or another step in time, each with its figure; what is below zero hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document.markup import Prose
from ..facts.element import plain
from .house_style import (
    FIGURE,
    INK,
    LABEL,
    MUTED,
    SERIES,
    Chart,
    canvas,
    hatch_hedged,
)
from .prepared import Drawn, prepared, told

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

_HEIGHT = 2.1  # inches


def column_chart(
    rows: pandas.DataFrame, *, label: str, value: str, name: str, caption: str, note: str = ""
) -> Chart | Prose:
    """Columns in the order of the rows, as for the months of a period; a row that states nothing is a gap.

    Args:
        rows: one row a column; a 合计 that others come to is none. label: the field that names it. value: the field of its
            fact. name: what ``reference`` calls the chart. caption: what it shows, with unit. note: a remark under it.

    With no figure there is nothing to show.

    Raises:
        FactError: as ``bar_chart``.

    Example:
        >>> handled = reform.table("indicators", measure="办件量")
        >>> column_chart(handled, label="subject", value="value", name="handled", caption="办件量")
        柱形图：办件量。一业一证322件；一链办理190件；跨省通办67件。
    """
    drawn = prepared(rows, label, [value], name, gaps=True)
    if drawn is None:
        return Prose("")
    said = "；".join(
        told(each, "未列" if fact is None else str(fact))
        for each, fact in zip(drawn.labels, drawn.series[0], strict=True)
    )
    alt = f"柱形图：{plain(caption)}。{said}。"
    return drawn.as_chart(_drawing, name=name, caption=caption, alt=alt, note=note, data=drawn.data("columns", caption))


def _drawing(drawn: Drawn, width: float) -> Figure:
    figure, axes = canvas(width, _HEIGHT)
    places, (numbers,) = range(len(drawn.labels)), drawn.numbers
    stated = [0.0 if number != number else number for number in numbers]
    hatch_hedged(axes.bar(places, stated, width=0.62, color=SERIES[0]), drawn.series[0])
    for place, fact, number in zip(places, drawn.series[0], stated, strict=True):
        below = number < 0
        axes.annotate(
            "—" if fact is None else str(fact), (place, number), (0, -3 if below else 3), textcoords="offset points",
            ha="center", va="top" if below else "bottom", color=MUTED if fact is None else INK, fontsize=FIGURE, parse_math=False,
        )  # fmt: skip
    axes.spines["left"].set_visible(False)
    axes.yaxis.set_visible(False)
    axes.xaxis.set_visible(True)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.set_xticks(list(places), drawn.labels, parse_math=False)
    axes.tick_params(axis="x", length=0, labelcolor=INK, labelsize=LABEL)
    low, high = min(0.0, *stated), max(0.0, *stated)
    room = (high - low or 1) * 0.16
    axes.set_ylim(low - (room if low < 0 else 0), high + room)
    return figure
