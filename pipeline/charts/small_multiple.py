"""One line as a small chart: a column a period, text as text, a gap where nothing is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

from ..period import Period

WIDTH, HEIGHT = 280, 128
_LEFT, _RIGHT, _TOP, _BOTTOM = 2, 278, 34, 96
_LABEL, _TICK = 11.5, 10
_LINE = 13  # from one label to one above it
_PART, _YEAR = 110, 123


class Stated(NamedTuple):
    """A figure of one period, how it is written, and whether it is hedged (近, 余)."""

    period: Period
    value: Decimal
    words: str
    is_hedged: bool = False


@dataclass(frozen=True)
class Line:
    """The figures of one thing through the periods, the oldest first; of ranks (第1位) less is better."""

    called: str
    figures: tuple[Stated, ...]
    is_rank: bool = False

    @property
    def is_hatched(self) -> bool:
        """Whether the columns of some figures are marked as hedged."""
        return not self.is_rank and any(stated.is_hedged for stated in self.figures)


def small_multiple(line: Line, periods: Sequence[Period], name: str) -> str:
    """The chart of a line as SVG; all charts over the same ``periods`` have the same places.

    Columns stand on zero; ranks (第1位) are dots, the best on top. A period without a figure has no column and no
    piece of the base line, so that it cannot be taken for zero; zero has a line of its own. Columns of hedged figures
    are hatched, as in other charts. The first and the last figure are written, all of them where there is room.

    Args:
        name: an id of the page, for the chart's title, which says every figure.
    """
    slot = (_RIGHT - _LEFT) / len(periods)
    middles = {period: _LEFT + slot * (place + 0.5) for place, period in enumerate(periods)}
    heights = _heights(line)
    hatch = f"{name}-hatch"
    drawn = [_mark(line, stated, middles, slot, heights, hatch) for stated in line.figures]
    missing = [period for period in periods if period not in {stated.period for stated in line.figures}]
    gaps = [_text(middles[period], _BOTTOM, "—", "tick") for period in missing]
    parts = [
        _hatching(hatch) if line.is_hatched else "",
        *drawn,
        *gaps,
        *_labels(line, middles, slot, heights),
        *_ticks(periods, middles, slot),
    ]
    title = f'<title id="{name}">{escape(described(line, periods))}</title>'
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{name}" focusable="false">{title}'
        + "".join(parts)
        + "</svg>"
    )


def described(line: Line, periods: Sequence[Period]) -> str:
    """What the chart shows, in words, periods without a figure among them."""
    by_period = {stated.period: stated for stated in line.figures}
    said = (f"{period.label}{by_period[period].words if period in by_period else '无'}" for period in periods)
    return f"{line.called}：{'，'.join(said)}。"


def _heights(line: Line) -> dict[Decimal, float]:
    """Where each value stands in the drawing, zero among them; of ranks the best is on top."""
    values = {stated.value for stated in line.figures} | (set() if line.is_rank else {Decimal(0)})
    low, high = (max(values), min(values)) if line.is_rank else (min(values), max(values))
    span = float(high - low) or 1.0
    bottom = _BOTTOM - _LINE if low < 0 else _BOTTOM  # labels under the columns stand above the periods
    return {value: bottom - (bottom - _TOP) * float(value - low) / span for value in values}


def _mark(
    line: Line, stated: Stated, middles: dict[Period, float], slot: float, heights: dict[Decimal, float], hatch: str
) -> str:
    x, y = middles[stated.period], heights[stated.value]
    kind = "mark last" if stated is line.figures[-1] else "mark"
    if line.is_rank:
        return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    width, base = min(slot * 0.62, 34), heights[Decimal(0)]
    left, top, height = x - width / 2, min(y, base), abs(base - y)
    tall = f'<rect class="{kind}" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    if stated.is_hedged:
        tall += f'<path fill="url(#{hatch})" d="M{left:.1f} {top:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"/>'
    return f'{tall}<path class="base" d="M{x - slot / 2:.1f} {base:.1f}H{x + slot / 2:.1f}"/>'


def _hatching(name: str) -> str:
    size = 'width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<pattern id="{name}" {size}><path class="hatch" d="M2.5 0V5"/></pattern>'


def _labels(line: Line, middles: dict[Period, float], slot: float, heights: dict[Decimal, float]) -> list[str]:
    """The figures in words: all where each fits over its place, else the first and the last, clear of columns and each other."""
    said = [(stated, stated.words) for stated in line.figures]
    if max(_width(words) for _, words in said) > slot:
        said = [said[0], said[-1]]
    made: list[str] = []
    taken: list[_Box] = []
    for stated, words in reversed(said):
        half = _width(words) / 2
        x = min(max(middles[stated.period], _LEFT + half), _RIGHT - half)
        near = [stated] + [one for one in line.figures if abs(middles[one.period] - x) < half + slot / 3]
        reached = [heights[value] for one in near for value in (one.value, Decimal(0)) if value in heights]
        over = min(reached) - (8 if line.is_rank else 5)
        wanted = [max(reached) + _LABEL + 1] if stated.value < 0 else []
        places = (_Box(x, y, half) for y in (*wanted, *(over - step for step in range(_BOTTOM))))
        box = next(place for place in places if not any(place.meets(other) for other in taken))
        taken.append(box)
        made.append(_text(x, box.y, words, "value last" if stated is line.figures[-1] else "value"))
    return made[::-1]


class _Box(NamedTuple):
    """Where a label stands: the middle of its base line and half its width."""

    x: float
    y: float
    half: float

    def meets(self, other: _Box) -> bool:
        return abs(self.x - other.x) < self.half + other.half and abs(self.y - other.y) < _LINE


def _ticks(periods: Sequence[Period], middles: dict[Period, float], slot: float) -> list[str]:
    """上 or 下 under each period, the year under its periods; what would touch is left out."""
    parts = [(middles[period], _part(period)) for period in periods]
    room = slot >= max(_width(part) for _, part in parts)
    made = [_text(x, _PART, part, "tick") for x, part in parts if part and room]
    free = -1.0
    for year in dict.fromkeys(period.year for period in periods):
        places = [middles[period] for period in periods if period.year == year]
        half = _width(str(year)) / 2
        x = min(max(sum(places) / len(places), _LEFT + half), _RIGHT - half)
        if x - half >= free:
            made.append(_text(x, _YEAR, str(year), "tick"))
            free = x + half + 4
    return made


def _part(period: Period) -> str:
    """Which part of its year a period is, as short as can be."""
    number = period.number
    parts = {"half": "上下"[number - 1 : number], "quarter": "一二三四"[number - 1 : number], "month": f"{number}"}
    return {**parts, "months": f"1—{number}"}.get(period.kind, "")


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(words)}</text>'


def _width(words: str) -> float:
    """About how wide a label is: Chinese a full em, the rest little more than half."""
    return sum(_LABEL * (1 if east_asian_width(one) in "WF" else 0.58) for one in words)
