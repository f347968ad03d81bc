"""A picture in the line of text, with its alternative text; in its place a chart that Word draws, where its numbers are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import lxml.html
from lxml.builder import ElementMaker

from ...document.chart_data import ChartData, read_chart_data
from ...document.elements import around
from ...leftovers import temporary
from ..pictures import Picture, picture_of
from .chart_workbook import chart_workbook
from .context import Context, Place
from .line import run
from .native_chart import CHART, chart_part
from .size import picture_extent
from .wordprocessing import NAMESPACES, RELATIONS, Element, legal, w

_READ_BY_WORD = ("png", "jpg", "gif")
_KNOWS_CHARTS = (
    "wps"  # who knows shapes in Word (2010 and newer, WPS, LibreOffice) draws charts; c is in no program's list
)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_wp = ElementMaker(namespace=NAMESPACES["wp"], nsmap=NAMESPACES)
_mc = ElementMaker(namespace=NAMESPACES["mc"], nsmap=NAMESPACES)
_c = ElementMaker(namespace=CHART, nsmap={"c": CHART, "r": RELATIONS})
_a, _pic = (
    ElementMaker(namespace=f"{_DRAWING}/{name}", nsmap={prefix: f"{_DRAWING}/{name}", "r": RELATIONS})
    for prefix, name in (("a", "main"), ("pic", "picture"))
)


def picture_run(image: lxml.html.HtmlElement, context: Context, place: Place) -> list[Element]:
    """``w:drawing`` of an ``<img>`` that holds its data; its alternative text where Word cannot show the format."""
    picture = _stored(picture_of(image.get("data-raster", "") or image.get("src", "")))
    alternative = image.get("alt", "")
    if picture is None:
        return run(alternative)
    wide, high = picture_extent(picture, image, place.room - place.indent)
    identifier = context.parts.picture(picture.data, picture.suffix, context.part)
    named, size = _named("图片", alternative, context), {"cx": str(wide), "cy": str(high)}
    drawn = _inline("picture", _shown(identifier, named, size), named, size)
    data = read_chart_data(around(image).get("data-chart", ""))
    if data is None:
        return [w("r", drawn)]
    chart = _chart(data, _named("图表", alternative, context), size, context)
    return [w("r", _mc.AlternateContent(_mc.Choice(chart, Requires=_KNOWS_CHARTS), _mc.Fallback(drawn)))]


def _chart(data: ChartData, named: dict[str, str], size: dict[str, str], context: Context) -> Element:
    """``w:drawing`` of a chart with its numbers."""
    identifier = context.parts.chart(chart_part(data), chart_workbook(data), context.part)
    return _inline("chart", _c.chart({f"{{{RELATIONS}}}id": identifier}), named, size)


def _named(kind: str, alternative: str, context: Context) -> dict[str, str]:
    number = context.parts.drawing()
    return {"id": str(number), "name": f"{kind} {number}", "descr": legal(alternative)}


def _inline(kind: str, shown: Element, named: dict[str, str], size: dict[str, str]) -> Element:
    """``w:drawing`` of what is shown, in the line of text."""
    frame = _wp.inline(
        {f"dist{side}": "0" for side in "TBLR"},
        _wp.extent(size),
        _wp.docPr(named),
        _wp.cNvGraphicFramePr(_a.graphicFrameLocks(noChangeAspect="1")),
        _a.graphic(_a.graphicData({"uri": f"{_DRAWING}/{kind}"}, shown)),
    )
    return w("drawing", frame)


def _shown(identifier: str, named: dict[str, str], size: dict[str, str]) -> Element:
    return _pic.pic(
        _pic.nvPicPr(_pic.cNvPr(named), _pic.cNvPicPr()),
        _pic.blipFill(_a.blip({f"{{{RELATIONS}}}embed": identifier}), _a.stretch(_a.fillRect())),
        _pic.spPr(
            _a.xfrm(_a.off(x="0", y="0"), _a.ext(size)),
            _a.prstGeom(_a.avLst(), prst="rect"),
        ),
    )


def _stored(picture: Picture | None) -> Picture | None:
    """The picture in a format every Word reads; None where there is none or it cannot be made."""
    if picture is None or picture.suffix in _READ_BY_WORD:
        return picture
    data = _rasterised(picture.data) if picture.suffix == "svg" else _converted(picture.data)
    return replace(picture, data=data, suffix="png") if data else None


def _rasterised(svg: bytes) -> bytes:
    """A drawing that came without a picture beside it, drawn by Typst; nothing if it cannot be."""
    import typst
    from pylopdf_fonts_zh_cn import sans_path

    with temporary("picture") as folder:
        Path(folder, "drawing.svg").write_bytes(svg)
        source = '#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg")'
        Path(folder, "page.typ").write_text(source, encoding="utf-8")
        try:
            drawn = typst.compile(f"{folder}/page.typ", format="png", ppi=200, font_paths=[str(sans_path().parent)])
        except RuntimeError:
            return b""
    return drawn if isinstance(drawn, bytes) else drawn[0]


def _converted(data: bytes) -> bytes:
    """WebP and the like as PNG."""
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    target = BytesIO()
    try:
        Image.open(BytesIO(data)).save(target, "PNG")
    except (UnidentifiedImageError, OSError):
        return b""
    return target.getvalue()
