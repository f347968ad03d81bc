"""A picture in the line of text, with its alternative text."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

import lxml.html

from ...leftovers import temporary
from ..pictures import Picture, picture_of
from .context import Context, Place
from .line import run
from .size import picture_extent

_READ_BY_WORD = ("png", "jpg", "gif")
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MAIN = f'xmlns:a="{_DRAWING}/main"'


def picture_run(image: lxml.html.HtmlElement, context: Context, place: Place) -> str:
    """``w:drawing`` of an ``<img>`` that holds its data; its alternative text where Word cannot show the format."""
    picture = _stored(picture_of(image.get("src", "")))
    alternative = image.get("alt", "")
    if picture is None:
        return run(alternative)
    wide, high = picture_extent(picture, image, place.room - place.indent)
    identifier = context.parts.picture(picture.data, picture.suffix, context.part)
    number = context.parts.drawing()
    properties = f'id="{number}" name="图片 {number}" descr="{escape(alternative)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr {properties}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks {_MAIN} noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic {_MAIN}><a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">'
        f"<pic:nvPicPr><pic:cNvPr {properties}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
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
