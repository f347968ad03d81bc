"""Bars: one a row, each with its figure at its end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ..document.markup import Prose
from ..facts import Fact
from ..facts.element import plain

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

from .dots import SCALE_TOLD, dots, very_unequal
from .house_style import (
    BASE_FIGURE,
    FIGURE,
    INK,
    LABEL,
    MUTED,
    SERIES,
    Chart,
    canvas,
    ems,
    hatch_hedged,
    row_height,
    row_label,
)
from .prepared import DIAMONDS, Drawn, prepared, told


def bar_chart(
    rows: pandas.DataFrame,
    *,
    label: str,
    value: str,
    name: str,
    caption: str,
    base: str = "",
    legend: Sequence[str] = (),
    note: str = "",
) -> Chart | Prose:
    """Horizontal bars, one a row, in the order of the rows, each with its figure at its end.

    Args:
        rows: one row a bar; a 合计 that others come to is none. label: the field that names it. value: the field of its fact; blank facts are left out.
        base: a second field of facts (an earlier period's), drawn as a thinner, lighter bar under the first.
        legend: what ``value`` and ``base`` are (本期, 上期); said once, beside the first pair of bars.
        name: what ``reference`` calls the chart. caption: what it shows, with unit and as-of date.
        note: a remark under it.

    With no figure there is nothing to show. Where ``base`` has none, the bars stand alone and need no legend. Figures more
    than a hundred times as large as others are dots on a scale of powers of ten, and the note says so.

    Raises:
        FactError: the rows have no such field, hold something other than facts in it, or have different units; or no
            font has a character of a label.

    Example:
        >>> handled = reform.table("indicators", measure="办件量")
        >>> bar_chart(handled, label="subject", value="value", name="handled", caption="办件量")
        条形图：办件量。一业一证322件；一链办理190件；跨省通办67件。
    """
    drawn = prepared(rows, label, [value, *filter(None, [base])], name)
    if drawn is None:
        return Prose("")
    legend = legend if len(drawn.series) > 1 else ()
    alt = _alt(caption, drawn.labels, drawn.series, legend)
    if very_unequal(drawn):
        note = f"{note}；{SCALE_TOLD}" if note else SCALE_TOLD
        alt = alt.replace("条形图", "点图", 1)
        return drawn.as_chart(
            partial(dots, legend=legend), name=name, caption=caption, alt=alt, note=note, hedged=DIAMONDS
        )
    drawing, data = partial(_drawing, legend=legend), drawn.data("bars", caption, legend)
    return drawn.as_chart(drawing, name=name, caption=caption, alt=alt, note=note, data=data)


def _drawing(drawn: Drawn, width: float, legend: Sequence[str]) -> Figure:
    labels = [row_label(label, width) for label in drawn.labels]
    row = row_height(labels, len(drawn.series), width, 0.54 if len(drawn.series) > 1 else 0.36)
    figure, axes = canvas(width, 0.22 + row * len(labels))
    _bars(axes, width, labels, drawn.series, drawn.said(legend))
    return figure


def _bars(axes: Axes, width: float, labels: list[str], series: list[list[Fact | None]], said: list[list[str]]) -> None:
    places = range(len(labels))
    heights, offsets = ((0.62,), (0.0,)) if len(series) == 1 else ((0.44, 0.26), (-0.2, 0.19))
    for facts, words, colour, height, offset in zip(series, said, SERIES, heights, offsets, strict=False):
        lengths = [0.0 if fact is None else float(fact) for fact in facts]
        hatch_hedged(axes.barh([place + offset for place in places], lengths, height=height, color=colour), facts)
        for place, word, length in zip(places, words, lengths, strict=True):
            axes.annotate(
                word, (length, place + offset), (-4 if length < 0 else 4, 0), textcoords="offset points",
                va="center", ha="right" if length < 0 else "left", parse_math=False, color=INK if colour == SERIES[0] else MUTED,
                fontsize=FIGURE if colour == SERIES[0] else BASE_FIGURE,
            )  # fmt: skip
    axes.set_yticks(list(places), labels, parse_math=False)
    axes.set_ylim(len(labels) - 0.45, -0.55)
    lengths = [float(fact) for facts in series for fact in facts if fact is not None]
    least, most = min(0.0, *lengths), max(0.0, *lengths)
    room = _room(width, labels, said)
    sides = 2 if least < 0 < most else 1
    end = ((most - least) or 1) * room / (1 - min(0.7, room * sides))
    axes.set_xlim(least - (end if least < 0 else 0), most + (end if most > 0 or not least else 0))
    if least < 0:
        axes.spines["left"].set_visible(False)
        axes.axvline(0, color=MUTED, linewidth=0.8)


def _room(width: float, labels: list[str], said: list[list[str]]) -> float:
    """The share of the drawing's width (in inches) that the figures at the bars' ends need."""
    names = max(ems(line) for label in labels for line in label.split("\n")) * LABEL
    figures = max(ems(word) for words in said for word in words) * FIGURE
    return min(0.6, (figures + 10) / (width * 72 - names - 16))


def _alt(caption: str, labels: list[str], series: list[list[Fact | None]], legend: Sequence[str]) -> str:
    """What the chart says, in words, from the very facts it was drawn from."""
    parts = []
    for index, label in enumerate(labels):
        said = [
            f"{legend[number] if legend else ''}{facts[index]!s}"
            for number, facts in enumerate(series)
            if facts[index] is not None
        ]
        parts.append(told(label, "，".join(said)))
    return f"条形图：{plain(caption)}。{'；'.join(parts)}。"
