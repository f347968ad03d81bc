"""A trend: a line through the periods, broken where nothing is stated, the year before as its light companion."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ..document.markup import Prose
from ..facts.element import plain
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
)
from .prepared import DIAMONDS, Drawn, prepared, told
from .time_axis import places_of, step_of, under

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEIGHT = 2.3  # inches
_UNDER = LABEL - 1
_MARGIN = 0.08  # of the line, before and behind it
_LEAST = 4  # periods; fewer are said in a sentence
_NEAR = 0.15  # of the height between the least and the greatest figure: names beside the ends would touch


def trend_chart(
    rows: pandas.DataFrame,
    *,
    value: str,
    name: str,
    caption: str,
    label: str = "period",
    base: str = "",
    legend: Sequence[str] = (),
    note: str = "",
) -> Chart | Prose:
    """A line through the rows, which are periods in time, each point with its figure.

    Args:
        rows: one row a period, as ``Section.history`` gives them. value: the field of its fact; a blank one breaks the line.
        base: a second field of facts (the year before's), a lighter line. legend: what the two are (本期, 上年同期), said at
            their ends. label: the field that names the period. name, caption, note: as for ``bar_chart``.

    With fewer than four periods that state a figure there is nothing to show: a sentence says it. Of many periods every so many are
    named and have their figures beside them, counted from the last; the alternative text has all.

    Raises:
        FactError: as ``bar_chart``.

    Example:
        >>> history = reform.history("indicators", subject="一业一证", measure="办件量")
        >>> trend_chart(history, value="value", base="year_before", name="trend", caption="办件量")
        <BLANKLINE>
    """
    drawn = prepared(rows, label, [value, *filter(None, [base])], name, gaps=True)
    if drawn is None or sum(fact is not None for fact in drawn.series[0]) < _LEAST:
        return Prose("")
    alt = f"折线图：{plain(caption)}。{'；'.join(_described(drawn, legend))}。"
    drawing = partial(_drawing, legend=legend)
    return drawn.as_chart(
        drawing,
        name=name,
        caption=caption,
        alt=alt,
        note=note,
        hedged=DIAMONDS,
        data=drawn.data("line", caption, legend),
    )


def _described(drawn: Drawn, legend: Sequence[str]) -> list[str]:
    said = []
    for place, label in enumerate(drawn.labels):
        parts = [
            f"{legend[number] if number < len(legend) else ''}{'未列' if facts[place] is None else str(facts[place])}"
            for number, facts in enumerate(drawn.series)
            if number == 0 or facts[place] is not None
        ]
        said.append(told(label, "，".join(parts)))
    return said


def _drawing(drawn: Drawn, width: float, legend: Sequence[str]) -> Figure:
    figure, axes = canvas(width, _HEIGHT)
    for number, colour in reversed(list(enumerate(SERIES[: len(drawn.series)]))):
        _line(axes, drawn, number, colour)
    _name_ends(axes, drawn, legend)
    pitch = _across(drawn, width, legend) / (len(drawn.labels) - 1)
    texts = under(drawn.labels, _UNDER, pitch)
    stated = drawn.stated(0)
    dated = list(texts)  # the last one always is
    apart = dated[-1] - dated[-2] if len(dated) > 1 else 1
    step = step_of([str(drawn.series[0][place]) for place in stated], FIGURE, pitch, of=apart)
    shown = stated if step == 1 else [place for place in stated if place in places_of(step, len(drawn.labels))]
    for place in shown:
        _figure_of(axes, drawn, place)
    axes.spines["left"].set_visible(False)
    axes.yaxis.set_visible(False)
    axes.xaxis.set_visible(True)
    axes.spines["bottom"].set_visible(True)
    axes.spines["bottom"].set_color(MUTED)
    axes.set_xticks(list(texts), list(texts.values()), parse_math=False)
    axes.tick_params(axis="x", length=0, labelcolor=INK, labelsize=_UNDER)
    axes.margins(x=_MARGIN, y=0.28)
    return figure


def _across(drawn: Drawn, width: float, legend: Sequence[str]) -> float:
    """About how many points are from the first point of the line to the last, beside which the names of the lines stand."""
    names = max((ems(words) for words in legend[: len(drawn.series)]), default=0.0) * BASE_FIGURE
    return (width * 72 - names) / (1 + 2 * _MARGIN)


def _line(axes: Axes, drawn: Drawn, number: int, colour: str) -> None:
    numbers, facts = drawn.numbers[number], drawn.series[number]
    axes.plot(numbers, color=colour, linewidth=2.0 if number == 0 else 1.4, marker="o", markersize=4)
    hedged = [place for place in drawn.stated(number) if (fact := facts[place]) is not None and fact.quantity.qualifier]
    at = [numbers[place] for place in hedged]
    axes.plot(hedged, at, linestyle="", marker="D", markersize=6, color=colour, markerfacecolor="white")


def _figure_of(axes: Axes, drawn: Drawn, place: int) -> None:
    """The figure of a point, above it; below it where a line that is alone turns upwards."""
    numbers = drawn.numbers[0]
    beside = [numbers[at] for at in (place - 1, place + 1) if 0 <= at < len(numbers)]
    below = len(drawn.series) == 1 and len(beside) == 2 and all(number > numbers[place] for number in beside)
    axes.annotate(
        str(drawn.series[0][place]), (place, numbers[place]), (0, -5 if below else 5), textcoords="offset points",
        ha="center", va="top" if below else "bottom", color=INK, fontsize=FIGURE, parse_math=False,
    )  # fmt: skip


def _name_ends(axes: Axes, drawn: Drawn, legend: Sequence[str]) -> None:
    """What each line is, beside its end; names that would touch give way to each other."""
    ends = [
        (drawn.stated(number)[-1], drawn.numbers[number][drawn.stated(number)[-1]])
        for number in range(len(drawn.series))
    ]
    heights = [number for numbers in drawn.numbers for number in numbers if number == number]
    near = len(ends) > 1 and abs(ends[0][1] - ends[1][1]) < _NEAR * ((max(heights) - min(heights)) or 1)
    for number, words in enumerate(legend[: len(ends)]):
        higher = number == max(range(len(ends)), key=lambda one: ends[one][1])
        axes.annotate(
            words, ends[number], (7, (6 if higher else -6) if near else 0), textcoords="offset points", ha="left", va="center",
            color=INK if number == 0 else MUTED, fontsize=BASE_FIGURE, parse_math=False, annotation_clip=False,
        )  # fmt: skip
