"""Dots on a scale of powers of ten: for figures so unequal that bars would show the largest alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .house_style import BASE_FIGURE, FIGURE, INK, LABEL, MUTED, SERIES, canvas, ems, row_height, row_label
from .prepared import Drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SCALE_TOLD = "横轴每格为十倍"
_UNEQUAL = 100  # times: the shorter bar would be a hair's breadth
_TICK = 32  # points that a power of ten takes under the scale


def very_unequal(drawn: Drawn) -> bool:
    """Whether the largest figure is more than a hundred times the smallest, zero aside; figures below zero have no such scale."""
    stated = [float(fact) for facts in drawn.series for fact in facts if fact is not None]
    sizes = [number for number in stated if number]
    return min(stated) >= 0 and len(sizes) > 1 and max(sizes) > _UNEQUAL * min(sizes)


def dots(drawn: Drawn, width: float, legend: Sequence[str]) -> Figure:
    """A dot a figure, a row a label; the left edge is half the smallest, and where zero stands."""
    two = len(drawn.series) > 1
    labels = [row_label(label, width) for label in drawn.labels]
    row = row_height(labels, len(drawn.series), width, 0.504 if two else 0.36)
    figure, axes = canvas(width, 0.42 + row * len(labels))
    sizes = [number for numbers in drawn.numbers for number in numbers if number > 0]
    least = min(sizes) / 2
    words = max(ems(word) for said in drawn.said(legend) for word in said) * FIGURE + 14
    names = max(ems(line) for label in labels for line in label.split("\n")) * LABEL
    room = min(0.6, words / (width * 72 - names - 16))
    most = max(sizes) * (max(sizes) / least) ** (room / (1 - room))
    axes.set_xscale("log")
    _scale(axes, least, max(sizes), most, (width * 72 - names - 16) * (1 - room))
    for number, said in enumerate(drawn.said(legend)):
        _series(axes, drawn, number, said, least, (0.0 if not two else (-0.17, 0.19)[number]))
    axes.set_yticks(range(len(labels)), labels, parse_math=False)
    axes.set_ylim(len(labels) - 0.45, -0.55)
    return figure


def _series(axes: Axes, drawn: Drawn, number: int, said: list[str], least: float, offset: float) -> None:
    main, tone = number == 0, SERIES[number]
    for place, (fact, word) in enumerate(zip(drawn.series[number], said, strict=True)):
        if fact is None:
            continue
        at, hedged = max(float(fact), least), bool(fact.quantity.qualifier)
        axes.plot([least, at], [place + offset] * 2, color=tone, linewidth=0.8, zorder=1)
        axes.plot(
            at, place + offset, marker="D" if hedged else "o", markersize=6 if main else 5, color=tone,
            markerfacecolor="white" if hedged else tone, clip_on=False,
        )  # fmt: skip
        axes.annotate(
            word, (at, place + offset), (7, 0), textcoords="offset points", va="center", parse_math=False,
            color=INK if main else MUTED, fontsize=FIGURE if main else BASE_FIGURE,
        )  # fmt: skip


def _scale(axes: Axes, least: float, greatest: float, most: float, points: float) -> None:
    """The powers of ten up to the greatest figure, each with its line; as many are written as ``points`` have room for."""
    from matplotlib.ticker import FixedLocator, NullLocator

    first = math.ceil(math.log10(least))
    powers = [10.0**exponent for exponent in range(first, math.floor(math.log10(greatest)) + 1)]
    axes.set_xlim(least, most)
    axes.xaxis.set_visible(True)
    axes.xaxis.set_major_locator(FixedLocator(powers))
    axes.xaxis.set_minor_locator(NullLocator())
    step = max(1, math.ceil(len(powers) * _TICK / points))
    axes.set_xticks(powers, [_in_words(one) if place % step == 0 else "" for place, one in enumerate(powers)])
    axes.tick_params(axis="x", length=0, labelcolor=MUTED, labelsize=BASE_FIGURE)
    axes.grid(axis="x", color=SERIES[1], linewidth=0.4, linestyle=":")


def _in_words(power: float) -> str:
    """1000, 1万, 1000万, 1亿."""
    size, word = next(
        ((size, word) for size, word in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")) if power >= size), (1.0, "")
    )
    return f"{power / size:g}{word}"
