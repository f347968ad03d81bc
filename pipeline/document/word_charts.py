"""What the charts of a Word document say: their series, place by place, whoever saved the document last."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONS = re.compile(r"word/_rels/document\d*\.xml\.rels")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_LARGEST = 20_000_000  # bytes of one chart


class WordChart(NamedTuple):
    """What a chart says (办件量：一业一证322；一链办理190), and its numbers alone, series by series. A gap is left out.

    Where the workbook in it has another number, which Word shows once its data are edited, both are said: 322≠323.
    """

    said: str
    points: tuple[str, ...]


def charts_of(package: zipfile.ZipFile) -> dict[str, WordChart]:
    """Relationship → the chart it leads to."""
    there = {one.filename: one.file_size for one in package.infolist()}
    relations = next(filter(_RELATIONS.fullmatch, there), "")
    if there.get(relations, _LARGEST) >= _LARGEST:
        return {}
    targets = {
        str(one.get("Id")): f"word/{one.get('Target', '').removeprefix('/word/')}"
        for one in _parsed(package.read(relations))
        if str(one.get("Type")).endswith("/chart")
    }
    known = {name: part for name, part in targets.items() if there.get(part, _LARGEST) < _LARGEST}
    return {name: _chart(_parsed(package.read(part)), _numbers_behind(package, part)) for name, part in known.items()}


def chart_in(drawing: _Element) -> str:
    """The relationship of the chart that a drawing shows; "" where it shows none."""
    found = next(drawing.iter(f"{_CHART}chart"), None)
    return "" if found is None else str(found.get(_ID))


def _chart(chart: _Element, workbook: list[str]) -> WordChart:
    series = list(_series(chart))
    drawn = [number for _, points in series for _, number in points]
    others = workbook if len(workbook) == len(drawn) else drawn
    numbers = [one if one == other else f"{one}≠{other}" for one, other in zip(drawn, others, strict=True)]
    left = iter(numbers)
    said = (f"{name}：{'；'.join(label + next(left) for label, _ in points)}" for name, points in series)
    return WordChart("。".join(said), tuple(numbers))


def _series(chart: _Element) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The name of each series, and its numbers with what names their places."""
    for series in chart.iter(f"{_CHART}ser"):
        labels, numbers = (_points(series.find(f"{_CHART}{name}")) for name in ("cat", "val"))
        points = [(labels.get(place, ""), _plain(number)) for place, number in numbers.items()]
        yield "".join(_points(series.find(f"{_CHART}tx")).values()), points


def _numbers_behind(package: zipfile.ZipFile, chart: str) -> list[str]:
    """The numbers of the workbook in a chart, column by column behind the first, which names them; none where it has none."""
    folder, _, name = chart.rpartition("/")
    try:
        related = _parsed(package.read(f"{folder}/_rels/{name}.rels"))
        target = next(str(one.get("Target")) for one in related if str(one.get("Type")).endswith("/package"))
        inside = package.getinfo(f"word/{target.removeprefix('../').removeprefix('/word/')}")
        with zipfile.ZipFile(io.BytesIO(package.read(inside) if inside.file_size < _LARGEST else b"")) as workbook:
            sheet = workbook.getinfo("xl/worksheets/sheet1.xml")
            cells = _parsed(workbook.read(sheet)).iter("{*}c") if sheet.file_size < _LARGEST else ()
            found = {(len(column), column, row): number for column, row, number in map(_cell, cells) if number}
    except (KeyError, StopIteration, zipfile.BadZipFile):
        return []
    return [found[place] for place in sorted(found) if place[1] != "A"]


def _cell(cell: _Element) -> tuple[str, int, str]:
    """The column and row of a cell, and its number; "" where it has none."""
    place = _PLACE.fullmatch(cell.get("r", ""))
    number = cell.findtext("{*}v") if cell.get("t", "n") == "n" else ""
    return (place[1], int(place[2]), _plain(number)) if place and number else ("", 0, "")


def _plain(number: str) -> str:
    return f"{float(number):.12g}"


def _points(part: _Element | None) -> dict[str, str]:
    found = part.iter(f"{_CHART}pt") if part is not None else ()
    return {str(one.get("idx")): one.findtext(f"{_CHART}v") or "" for one in found}


def _parsed(part: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
