"""Parts of a whole: one bar from end to end, each part as long as its share, with its name and figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document.markup import Prose
from ..errors import FactError
from ..facts import Fact
from ..facts.element import plain
from .house_style import (
    BASE_FIGURE,
    INK,
    TEXT_WIDTH,
    Chart,
    canvas,
    hatch_hedged,
)
from .prepared import Drawn, prepared, told

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

_TONES = ("#1f5f8b", "#a9b8c4", "#4d86ab", "#d5dde3", "#7ba5c1", "#c2a878")  # neighbours told apart in grey
_BAR, _LINE = 0.34, 0.2  # inches: the bar, a line of the list under it


def parts_chart(
    rows: pandas.DataFrame, *, label: str, value: str, name: str, caption: str, note: str = ""
) -> Chart | Prose:
    """One bar in as many parts as rows, and under it a line a part with its figure and its share in the drawing.

    Args:
        rows: one row a part; the whole itself (a 合计 that they come to) is none. label: the field that names it.
            value: the field of its fact. name, caption, note: as for ``bar_chart``.

    With fewer than two figures there is nothing to show.

    Raises:
        FactError: a part is below zero; else as ``bar_chart``.

    Example:
        >>> handled = reform.table("indicators", measure="办件量")
        >>> parts_chart(handled, label="subject", value="value", name="handled", caption="办件量")
        构成图：办件量。一业一证322件；一链办理190件；跨省通办67件。
    """
    drawn = prepared(rows, label, [value], name)
    if drawn is None or len(drawn.labels) < 2:
        return Prose("")
    below = next((fact for fact in drawn.series[0] if fact is not None and fact < 0), None)
    if below is not None:
        raise FactError("chart-part-below-zero", chart=name, value=str(below))
    said = "；".join(told(each, str(fact)) for each, fact in zip(drawn.labels, drawn.series[0], strict=True))
    alt = f"构成图：{plain(caption)}。{said}。"
    return drawn.as_chart(_drawing, name=name, caption=caption, alt=alt, note=note)


def _drawing(drawn: Drawn, width: float) -> Figure:
    (numbers,), (facts,) = drawn.numbers, drawn.series
    columns = 2 if width == TEXT_WIDTH and len(numbers) > 2 else 1
    lines = -(-len(numbers) // columns)
    height = _BAR + _LINE * lines + 0.12
    figure, axes = canvas(width, height)
    axes.set_axis_off()
    whole, left = sum(numbers) or 1.0, 0.0
    top = height - _BAR
    for place, number in enumerate(numbers):
        bar = axes.barh(top + _BAR / 2, number / whole, left=left / whole, height=_BAR, color=_TONES[place % len(_TONES)], edgecolor="white", linewidth=1)  # fmt: skip
        hatch_hedged(bar, [facts[place]])
        left += number
    for place, (label, fact) in enumerate(zip(drawn.labels, facts, strict=True)):
        column, line = divmod(place, lines)
        x, y = column / columns, top - _LINE * (line + 0.65)
        axes.barh(y, 0.014 * TEXT_WIDTH / width, left=x, height=_LINE * 0.55, color=_TONES[place % len(_TONES)], edgecolor=INK, linewidth=0.3)  # fmt: skip
        axes.text(x + 0.024 * TEXT_WIDTH / width, y, _line(label, fact), va="center", ha="left", color=INK, fontsize=BASE_FIGURE + 0.5, parse_math=False)  # fmt: skip
    axes.set_xlim(0, 1)
    axes.set_ylim(0, height)
    return figure


def _line(label: str, fact: Fact | None) -> str:
    return f"{label}　{fact!s}"
