"""A chart that Word draws itself (DrawingML), in the style of our own drawings: bars, columns or lines, each with its figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.builder import ElementMaker

from ...document.chart_data import ChartData, DrawnSeries, Point
from .chart_workbook import column_letter, number_format
from .size import em_width
from .wordprocessing import RELATIONS, Element, legal, written

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_maker = ElementMaker(namespace=CHART, nsmap={"c": CHART, "a": _MAIN, "r": RELATIONS})
_a = ElementMaker(namespace=_MAIN)
_INK, _MUTED = "1F2328", "57606A"
_TONES = ("1F5F8B", "A9B8C4")  # as our own drawings
_LABEL, _FIGURE, _BASE_FIGURE = 1000, 950, 850  # hundredths of a point
_NEAR = 0.12  # of the plot's height: names at the ends of two lines would touch
_WIDTH = 442  # points of the text block
_LINE_WIDE = 0.79  # of it, the plot of a line
_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def chart_part(data: ChartData) -> str:
    """The chart part of ``data``; the workbook with its numbers is what its relationship ``rx1`` leads to."""
    series = [_series(data, place, one) for place, one in enumerate(data.series)]
    plot = _c("plotArea", _layout(data), _group(data, series), _names_axis(data), _values_axis(data))
    external = _c("externalData", _c("autoUpdate", 0))
    external.set(f"{{{RELATIONS}}}id", "rx1")
    space = _c(
        "chartSpace",
        _c("roundedCorners", 0),
        _c("chart", _c("autoTitleDeleted", 1), plot, _c("plotVisOnly", 1), _c("dispBlanksAs", "gap")),
        _c("spPr", _a.noFill(), _a.ln(_a.noFill())),
        _text(_LABEL, _INK),
        external,
    )
    return written(space)


def _c(name: str, /, *inside: Element | int | float | str) -> Element:
    """``c:NAME`` with elements inside, or with a value."""
    elements = [one for one in inside if isinstance(one, etree._Element)]
    return _maker(name, *elements) if len(elements) == len(inside) else _maker(name, val=str(inside[0]))


def _layout(data: ChartData) -> Element:
    """A line leaves room at its right for what stands beside its end; other plots are as large as they can be."""
    if data.kind != "line":
        return _c("layout")
    places = {"x": 0.05, "y": 0.12, "w": _LINE_WIDE, "h": 0.7}
    modes = (_c("layoutTarget", "inner"), _c("xMode", "edge"), _c("yMode", "edge"))
    return _c("layout", _c("manualLayout", *modes, *(_c(name, share) for name, share in places.items())))


def _group(data: ChartData, series: list[Element]) -> Element:
    """The series as one group; of bars two a place stand close to each other."""
    axes = (_c("axId", 1), _c("axId", 2))
    if data.kind == "line":
        return _c("lineChart", _c("grouping", "standard"), _c("varyColors", 0), *series, _c("marker", 1), *axes)
    direction = _c("barDir", "bar" if data.kind == "bars" else "col")
    gap = _c("gapWidth", 61 if len(series) == 1 else 43)
    return _c("barChart", direction, _c("grouping", "clustered"), _c("varyColors", 0), *series, gap, *axes)


def _series(data: ChartData, place: int, series: DrawnSeries) -> Element:
    tone, line = _TONES[place % len(_TONES)], data.kind == "line"
    look = [_line(tone, 25400 if place == 0 else 17780)] if line else [_filled(tone)]
    hedged = [number for number, point in enumerate(series.points) if point is not None and point.hedged]
    column, rows = column_letter(place + 2), len(data.labels) + 1
    return _c(
        "ser",
        _c("idx", place),
        _c("order", place),
        _c("tx", _strings(f"Sheet1!${column}$1", [series.legend or data.title])),
        _c("spPr", *look),
        _marker(tone, tone) if line else _c("invertIfNegative", 0),
        *(_hedged(number, tone, line=line) for number in hedged),
        _labels(data, place, series),
        _c("cat", _strings(f"Sheet1!$A$2:$A${rows}", list(data.labels))),
        _c("val", _numbers(f"Sheet1!${column}$2:${column}${rows}", series.points)),
        *([_c("smooth", 0)] if line else []),
    )


def _hedged(number: int, tone: str, *, line: bool) -> Element:
    """A point that is hedged is hatched, on a line hollow."""
    if line:
        return _c(
            "dPt",
            _c("idx", number),
            _marker("FFFFFF", tone, "diamond", 8),
            _c("bubble3D", 0),
            _c("spPr", _line(tone, 25400)),
        )
    colours = (_a.fgClr(_a.srgbClr(val="FFFFFF")), _a.bgClr(_a.srgbClr(val=tone)))
    hatch = _c("spPr", _a.pattFill(*colours, prst="wdUpDiag"), _line(tone, 9525))
    return _c("dPt", _c("idx", number), _c("invertIfNegative", 0), _c("bubble3D", 0), hatch)


def _labels(data: ChartData, place: int, series: DrawnSeries) -> Element:
    """The figures as they are said, by the number's format, so that they follow the number; the legend at one of them."""
    stated = [number for number, point in enumerate(series.points) if point is not None]
    named = (stated[-1] if data.kind == "line" else stated[0]) if series.legend and stated else -1
    look = _text(_FIGURE if place == 0 else _BASE_FIGURE, _INK if place == 0 else _MUTED, wrap="none")
    companion = data.kind == "line" and place > 0  # its figures stand in the table
    each, step = [], _step(data)
    for number in (number for number in stated if number == named or number % step == 0):
        said = number_format(series.points[number], f"　{series.legend}" if number == named else "")
        if companion and number == named:
            said = number_format(Point("", series.legend, hedged=False))
        if not companion or number == named:
            side = _side(data, place, number, named=number == named)
            shown = (_maker("numFmt", formatCode=said, sourceLinked="0"), _c("spPr"), deepcopy(look))
            each.append(_c("dLbl", _c("idx", number), *shown, _c("dLblPos", side), *_flags(shown=True)))
    return _c("dLbls", *each, *_flags(shown=False))


def _step(data: ChartData) -> int:
    """Every how many places have names and figures that do not touch where they stand side by side: names in two lines."""
    if data.kind == "bars":
        return 1
    said = [point.said for series in data.series for point in series.points if point is not None]
    figure = (max(map(em_width, said), default=0) + 0.4) * _FIGURE / 100
    name = (max(map(em_width, data.labels), default=0) / 2 + 0.4) * _LABEL / 100
    across = _WIDTH * (_LINE_WIDE if data.kind == "line" else 1)
    return max(1, math.ceil(max(figure, name) * len(data.labels) / across))


def _side(data: ChartData, place: int, number: int, *, named: bool) -> str:
    """Where a figure stands: at a bar's end, above a point or below one where a line turns upwards; at its right where it is named."""
    if data.kind != "line":
        return "outEnd"
    heights = [[None if point is None else float(point.value) for point in one.points] for one in data.series]
    height = heights[place][number] or 0.0
    if named:
        least, most = _limits(data)
        others = [other for other in (one[number] for one in heights[:place]) if other is not None]
        near = any(abs(height - other) < _NEAR * (most - least) for other in others)
        return "r" if not near else "b" if height < others[0] else "t"
    beside = [heights[place][at] for at in (number - 1, number + 1) if 0 <= at < len(data.labels)]
    turns = len(heights) == 1 and len(beside) == 2 and all(one is not None and one > height for one in beside)
    return "b" if turns else "t"


def _flags(*, shown: bool) -> Iterator[Element]:
    return (_c(name, int(shown and name == "showVal")) for name in _SHOWN)


def _names_axis(data: ChartData) -> Element:
    """What names the places, the first bar on top; names stand at the edge where figures are below zero."""
    bars = data.kind == "bars"
    return _c(
        "catAx",
        _c("axId", 1),
        _c("scaling", _c("orientation", "maxMin" if bars else "minMax")),
        _c("delete", 0),
        _c("axPos", "l" if bars else "b"),
        _maker("numFmt", formatCode="General", sourceLinked="0"),
        _c("majorTickMark", "none"),
        _c("minorTickMark", "none"),
        _c("tickLblPos", "low"),
        _c("spPr", _line(_MUTED, 9525)),
        _text(_LABEL - 100 if data.kind == "line" else _LABEL, _INK),
        _c("crossAx", 2),
        _c("crosses", "autoZero"),
        *([_c("tickLblSkip", step)] if (step := _step(data)) > 1 else []),
    )


def _values_axis(data: ChartData) -> Element:
    """Not shown; it ends where there is room for the figures beside the marks."""
    least, most = _limits(data)
    ends = (_c("max", f"{most:.6g}"), _c("min", f"{least:.6g}"))
    return _c(
        "valAx",
        _c("axId", 2),
        _c("scaling", _c("orientation", "minMax"), *ends),
        _c("delete", 1),
        _c("axPos", "t" if data.kind == "bars" else "l"),
        _maker("numFmt", formatCode="General", sourceLinked="0"),
        _c("majorTickMark", "none"),
        _c("minorTickMark", "none"),
        _c("tickLblPos", "nextTo"),
        _c("crossAx", 1),
        _c("crosses", "autoZero"),
        _c("crossBetween", "between"),
    )


def _limits(data: ChartData) -> tuple[float, float]:
    points = [point for series in data.series for point in series.points if point is not None]
    values = [float(point.value) for point in points]
    if data.kind == "line":
        spare = ((max(values) - min(values)) or abs(max(values)) or 1) * 0.28
        return min(values) - spare, max(values) + spare
    least, most = min(0.0, *values), max(0.0, *values)
    longest = max(
        em_width(point.said) + em_width(series.legend) for series in data.series for point in series.points if point
    )
    names = max(map(em_width, data.labels), default=0) * _LABEL / 100
    wide = _WIDTH - min(names, _WIDTH * 0.3) - 16
    room = 0.16 if data.kind == "columns" else min(0.35, (longest * _FIGURE / 100 + 16) / wide)
    sides = (least < 0) + (most > 0) or 1
    spare = ((most - least) or 1) * room / (1 - min(0.7, room * sides))
    return least - (spare if least < 0 else 0), most + (spare if most > 0 or not least else 0)


def _strings(formula: str, said: list[str]) -> Element:
    points = (_maker("pt", _maker("v", legal(one)), idx=str(place)) for place, one in enumerate(said))
    return _c("strRef", _maker("f", formula), _c("strCache", _c("ptCount", len(said)), *points))


def _numbers(formula: str, points: tuple[Point | None, ...]) -> Element:
    stated = (
        _maker("pt", _maker("v", point.value), idx=str(place), formatCode=number_format(point))
        for place, point in enumerate(points)
        if point is not None
    )
    count = _c("ptCount", len(points))
    return _c("numRef", _maker("f", formula), _c("numCache", _maker("formatCode", "General"), count, *stated))


def _marker(fill: str, tone: str, symbol: str = "circle", size: int = 5) -> Element:
    return _c("marker", _c("symbol", symbol), _c("size", size), _c("spPr", _filled(fill), _line(tone, 12700)))


def _filled(tone: str) -> Element:
    return _a.solidFill(_a.srgbClr(val=tone))


def _line(tone: str, width: int) -> Element:
    return _a.ln(_filled(tone), w=str(width))


def _text(size: int, tone: str, wrap: str = "square") -> Element:
    face = (_a.latin(typeface="黑体"), _a.ea(typeface="黑体"))
    look = _a.defRPr(_filled(tone), *face, sz=str(size), b="0")
    return _c("txPr", _a.bodyPr(rot="0", wrap=wrap), _a.lstStyle(), _a.p(_a.pPr(look), _a.endParaRPr(lang="zh-CN")))
