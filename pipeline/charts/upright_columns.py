"""Columns: one a month, a quarter or another step in time, each with its figure; what is below zero hangs."""

from __future__ import annotations

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
    Chart,
    canvas,
    ems,
    hatch_hedged,
)
from .prepared import Drawn, prepared, told
from .time_axis import under

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

_HEIGHT = 2.1  # inches
_PLOT = 100  # points of it, about, over what stands under the columns
_BAR = 0.62  # of the way from one column to the next
_MARGIN = 0.05  # of the columns, before and behind them
_SMALLEST, _GAP = 7.0, 0.2  # points of a figure; em between two


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


def _drawing(drawn: Drawn, width: float, once: str) -> Figure:
    """``once`` is the unit that a note says of all figures."""
    figure, axes = canvas(width, _HEIGHT)
    places, (numbers,) = range(len(drawn.labels)), drawn.numbers
    stated = [0.0 if number != number else number for number in numbers]
    hatch_hedged(axes.bar(places, stated, width=_BAR, color=SERIES[0]), drawn.series[0])
    words = ["—" if fact is None else str(fact).replace(once, "", 1) for fact in drawn.series[0]]
    pitch = width * 72 / (len(words) - 1 + _BAR) / (1 + 2 * _MARGIN)
    size = min(FIGURE, max(_SMALLEST, pitch / (max(map(ems, words)) + _GAP)))
    low, high = min(0.0, *stated), max(0.0, *stated)
    room = (high - low or 1) * 0.16
    for place in _clear(
        stated, [(ems(text) + _GAP) * size / pitch for text in words], (high - low + room) * size / _PLOT
    ):
        below = stated[place] < 0
        axes.annotate(
            words[place], (place, stated[place]), (0, -3 if below else 3), textcoords="offset points", ha="center",
            va="top" if below else "bottom", color=MUTED if drawn.series[0][place] is None else INK, fontsize=size, parse_math=False,
        )  # fmt: skip
    axes.spines["left"].set_visible(False)
    axes.yaxis.set_visible(False)
    axes.xaxis.set_visible(True)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    texts = under(drawn.labels, LABEL, pitch)
    axes.set_xticks(list(texts), list(texts.values()), parse_math=False)
    axes.tick_params(axis="x", length=0, labelcolor=INK, labelsize=LABEL)
    axes.margins(x=_MARGIN)
    axes.set_ylim(low - (room if low < 0 else 0), high + room)
    return figure


def _clear(numbers: list[float], widths: list[float], height: float) -> list[int]:
    """The places whose figures neither lie on a column beside theirs nor on the figure of a longer one.

    ``widths`` of the figures are in steps from one column to the next, their ``height`` is in units of the numbers.
    """
    found: list[int] = []
    for place in sorted(range(len(numbers)), key=lambda one: -abs(numbers[one])):
        end, half = abs(numbers[place]), widths[place] / 2
        beside = [at for at in range(len(numbers)) if at != place and (numbers[at] < 0) == (numbers[place] < 0)]
        on_column = any(abs(numbers[at]) > end and abs(at - place) < half + _BAR / 2 for at in beside)
        on_figure = any(
            abs(numbers[at]) < end + height and abs(at - place) < half + widths[at] / 2 for at in beside if at in found
        )
        if not (on_column or on_figure):
            found.append(place)
    return sorted(found)
