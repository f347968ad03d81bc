"""Columns: one a month, a quarter or another step in time, each with its figure; what is below zero hangs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ..document.markup import Prose
from ..facts.element import plain
from .house_style import (
    FIGURE,
    INK,
    LABEL,
    MUTED,
    PHONE_WIDTH,
    SERIES,
    YEAR,
    Chart,
    canvas,
    ems,
    folded,
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
    units = {fact.unit for fact in drawn.series[0] if fact is not None}
    once = units.pop() if len(units) == 1 and _are_crowded(drawn) else ""
    note = "；".join(filter(None, (note, f"单位：{once}" if once else "")))
    return drawn.as_chart(
        partial(_drawing, once=once),
        name=name,
        caption=caption,
        alt=alt,
        note=note,
        data=drawn.data("columns", caption),
    )


def _are_crowded(drawn: Drawn) -> bool:
    """Whether figures with their units would run into each other on a telephone."""
    widest = max(ems(str(fact)) for fact in drawn.series[0] if fact is not None) * FIGURE
    return widest > PHONE_WIDTH * 72 / len(drawn.labels)


def _under(labels: Sequence[str], width: float) -> list[str]:
    """What stands under the columns, in lines as long as there is room; a year that all have stands once."""
    years = {match[0] if (match := YEAR.match(label)) else "" for label in labels}
    year = years.pop() if len(years) == 1 else ""
    room = max(2, int(width * 72 / len(labels) / LABEL))
    first, *others = (folded(label.removeprefix(year), room) for label in labels)
    return [f"{first}\n{year}" if year else first, *others]


def _drawing(drawn: Drawn, width: float, once: str) -> Figure:
    """``once`` is the unit that a note says of all figures."""
    figure, axes = canvas(width, _HEIGHT)
    places, (numbers,) = range(len(drawn.labels)), drawn.numbers
    stated = [0.0 if number != number else number for number in numbers]
    hatch_hedged(axes.bar(places, stated, width=0.62, color=SERIES[0]), drawn.series[0])
    for place, fact, number in zip(places, drawn.series[0], stated, strict=True):
        below = number < 0
        axes.annotate(
            "—" if fact is None else str(fact).replace(once, "", 1), (place, number), (0, -3 if below else 3), textcoords="offset points",
            ha="center", va="top" if below else "bottom", color=MUTED if fact is None else INK, fontsize=FIGURE, parse_math=False,
        )  # fmt: skip
    axes.spines["left"].set_visible(False)
    axes.yaxis.set_visible(False)
    axes.xaxis.set_visible(True)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.set_xticks(list(places), _under(drawn.labels, width), parse_math=False)
    axes.tick_params(axis="x", length=0, labelcolor=INK, labelsize=LABEL)
    low, high = min(0.0, *stated), max(0.0, *stated)
    room = (high - low or 1) * 0.16
    axes.set_ylim(low - (room if low < 0 else 0), high + room)
    return figure
