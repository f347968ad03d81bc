"""What the charts of a Word document say: their series, place by place, whoever saved the document last."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONS = "word/_rels/document.xml.rels"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LARGEST = 20_000_000  # bytes of one chart


def charts_of(package: zipfile.ZipFile) -> dict[str, str]:
    """Relationship → what the chart it leads to says: 办件量：一业一证322；一链办理190. A gap is left out."""
    there = {one.filename: one.file_size for one in package.infolist()}
    if there.get(_RELATIONS, _LARGEST) >= _LARGEST:
        return {}
    targets = {
        str(one.get("Id")): f"word/{one.get('Target', '').removeprefix('/word/')}"
        for one in _parsed(package.read(_RELATIONS))
        if str(one.get("Type")).endswith("/chart")
    }
    known = {name: part for name, part in targets.items() if there.get(part, _LARGEST) < _LARGEST}
    return {name: "。".join(_series(_parsed(package.read(part)))) for name, part in known.items()}


def chart_in(drawing: _Element) -> str:
    """The relationship of the chart that a drawing shows; "" where it shows none."""
    found = next(drawing.iter(f"{_CHART}chart"), None)
    return "" if found is None else str(found.get(_ID))


def _series(chart: _Element) -> Iterator[str]:
    for series in chart.iter(f"{_CHART}ser"):
        labels, numbers = (_points(series.find(f"{_CHART}{name}")) for name in ("cat", "val"))
        said = (f"{labels.get(place, '')}{float(number):.12g}" for place, number in numbers.items())
        yield f"{''.join(_points(series.find(f'{_CHART}tx')).values())}：{'；'.join(said)}"


def _points(part: _Element | None) -> dict[str, str]:
    found = part.iter(f"{_CHART}pt") if part is not None else ()
    return {str(one.get("idx")): one.findtext(f"{_CHART}v") or "" for one in found}


def _parsed(part: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
