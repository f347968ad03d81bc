"""What the charts of a Word document say: their series, place by place, whoever saved the document last."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONS = "word/_rels/document.xml.rels"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LARGEST = 20_000_000  # bytes of one chart


class WordChart(NamedTuple):
    """What a chart says (办件量：一业一证322；一链办理190), and its numbers alone, series by series. A gap is left out."""

    said: str
    points: tuple[str, ...]


def charts_of(package: zipfile.ZipFile) -> dict[str, WordChart]:
    """Relationship → the chart it leads to."""
    there = {one.filename: one.file_size for one in package.infolist()}
    if there.get(_RELATIONS, _LARGEST) >= _LARGEST:
        return {}
    targets = {
        str(one.get("Id")): f"word/{one.get('Target', '').removeprefix('/word/')}"
        for one in _parsed(package.read(_RELATIONS))
        if str(one.get("Type")).endswith("/chart")
    }
    known = {name: part for name, part in targets.items() if there.get(part, _LARGEST) < _LARGEST}
    return {name: _chart(_parsed(package.read(part))) for name, part in known.items()}


def chart_in(drawing: _Element) -> str:
    """The relationship of the chart that a drawing shows; "" where it shows none."""
    found = next(drawing.iter(f"{_CHART}chart"), None)
    return "" if found is None else str(found.get(_ID))


def _chart(chart: _Element) -> WordChart:
    series = list(_series(chart))
    said = (f"{name}：{'；'.join(label + number for label, number in points)}" for name, points in series)
    return WordChart("。".join(said), tuple(number for _, points in series for _, number in points))


def _series(chart: _Element) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The name of each series, and its numbers with what names their places."""
    for series in chart.iter(f"{_CHART}ser"):
        labels, numbers = (_points(series.find(f"{_CHART}{name}")) for name in ("cat", "val"))
        points = [(labels.get(place, ""), f"{float(number):.12g}") for place, number in numbers.items()]
        yield "".join(_points(series.find(f"{_CHART}tx")).values()), points


def _points(part: _Element | None) -> dict[str, str]:
    found = part.iter(f"{_CHART}pt") if part is not None else ()
    return {str(one.get("idx")): one.findtext(f"{_CHART}v") or "" for one in found}


def _parsed(part: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
